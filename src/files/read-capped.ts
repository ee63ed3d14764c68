import { readFileSync, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { isStatisticoError, StatisticoError } from "../core/errors.js";

/** No file of any source comes near this: what is larger is a mistake or a bomb. */
export const MAX_BYTES = 512 * 1024 * 1024;
const MAX_RATIO = 200;
const SMALL = 16 * 1024 * 1024;

/** Read a whole file of bounded size, unpacked when it is gzip. Throws StatisticoError naming the file. */
export function readCapped(path: string): Uint8Array {
  return unpack(reading(path, readBounded), path);
}

function readBounded(path: string): Uint8Array {
  const size = statSync(path).size;
  if (size > MAX_BYTES)
    throw new StatisticoError("data", `${path} is too large, was ${size} bytes`, "split the file");
  return readFileSync(path);
}

/** Run `read` on a path; what the system refuses is the operator's problem. */
export function reading<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path);
  } catch (error) {
    throw isStatisticoError(error) ? error : readFailure(path, error);
  }
}

function readFailure(path: string, error: unknown): StatisticoError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === "EISDIR") return new StatisticoError("data", `${path} is a folder, not a file`, `ls ${path}`);
  if (code === "EACCES" || code === "EPERM")
    return new StatisticoError("data", `not allowed to read ${path}`, `ls -l ${path}`);
  return new StatisticoError("data", `cannot read ${path}, was ${code}`, `ls -l ${path}`);
}

/**
 * Bytes as they are, or unpacked when they begin as gzip does.
 *
 * `name` is used in messages. Throws StatisticoError for a truncated or damaged archive, and for one that grows more
 * than 200 times beyond 16 MiB or past 512 MiB: 1 GiB of zeros fits in a kilobyte.
 */
export function unpack(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, {
      maxOutputLength: Math.min(MAX_BYTES, Math.max(SMALL, bytes.length * MAX_RATIO)),
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw new StatisticoError(
        "data",
        `${name} unpacks to more than its size allows, was ${bytes.length} bytes packed`,
        `gzip -l ${name}`,
      );
    throw new StatisticoError("data", `${name} is a damaged or truncated gzip file`, `gzip -t ${name}`);
  }
}
