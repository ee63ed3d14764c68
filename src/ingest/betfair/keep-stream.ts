import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { threadId } from "node:worker_threads";
import { createGunzip, createGzip } from "node:zlib";
import { isStatisticoError } from "../../core/errors.js";
import { writeFailure } from "../../files/write-whole.js";
import { archivedPath } from "../archive.js";

/** Bytes that lie in the raw archive under their sha256. */
export interface KeptStream {
  readonly sha256: string;
  readonly bytes: number;
  /** What was wrong where the chunks ended too early, null when they ended well; what came before is kept. */
  readonly damage: string | null;
}

/** Half the time of the archive's usual 6, and files a sixth larger: measured on a horse race. */
const LEVEL = 3;
let parts = 0;

/**
 * Keep chunks in the raw archive as they come, without ever holding them all: packed into a neighbour, synced, renamed.
 *
 * Throws StatisticoError when the disk says no, and what `chunks` throws when `isFinal` says so of it.
 */
export async function keepStream(
  folder: string,
  chunks: AsyncIterable<Uint8Array>,
  isFinal: () => boolean,
): Promise<KeptStream> {
  const part = join(folder, `${process.pid}-${threadId}-${parts++}.part`);
  const hash = createHash("sha256");
  const seen = { bytes: 0, damage: null as string | null };
  async function* upToDamage(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        seen.bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      if (!isStatisticoError(error) || isFinal()) throw error;
      seen.damage = error.message;
    }
  }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await pipeline(
      Readable.from(upToDamage(), { objectMode: false }),
      createGzip({ level: LEVEL }),
      createWriteStream(part, { mode: 0o600 }),
    );
    const sha256 = hash.digest("hex");
    await settle(part, archivedPath(folder, sha256));
    return { sha256, ...seen };
  } catch (error) {
    rmSync(part, { force: true });
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : writeFailure(part, error);
  }
}

async function settle(part: string, path: string): Promise<void> {
  if (existsSync(path)) {
    rmSync(part);
    return;
  }
  const file = await open(part, "r+");
  await file.sync();
  await file.close();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  renameSync(part, path);
}

/** The kept bytes of a sha256, unpacked, as they come. */
export function readStream(folder: string, sha256: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(archivedPath(folder, sha256));
  const pipe = createGunzip();
  file.on("error", (error) => pipe.destroy(error));
  return file.pipe(pipe);
}
