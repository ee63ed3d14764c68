import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { addAbortSignal, type Readable } from "node:stream";
import { StatisticoError } from "../core/errors.js";
import { compareText } from "../domain/fixture.js";
import { MAX_BYTES, readCapped, reading, unpack } from "../files/read-capped.js";

/** A file to ingest, read when its turn comes. */
export interface Input {
  /** As the user named it: a path, an address, "-" for standard input. */
  readonly path: string;
  read(signal?: AbortSignal): Promise<Uint8Array>;
  /** Told once the bytes are safely in the archive. */
  kept?(sha256: string): void;
}

const CSV_FILES = /\.csv(\.gz)?$/i;

/**
 * Files behind what a user named: files as they are, folders with all their files whose name fits `wanted` in name
 * order, "-" for standard input. Throws StatisticoError for a path that is not there and a folder without any file.
 */
export function inputsOf(paths: readonly string[], stdin: Readable, wanted = CSV_FILES): Input[] {
  return paths.flatMap((path) => {
    if (path === "-")
      return [{ path, read: async (signal) => unpack(await readStream(stdin, signal), "standard input") }];
    if (!existsSync(path))
      throw new StatisticoError("usage", `no such file or folder, was ${path}`, `ls ${path}`);
    const files = statSync(path).isDirectory() ? filesUnder(path, wanted) : [path];
    if (files.length === 0)
      throw new StatisticoError(
        "data",
        `no ${wanted === CSV_FILES ? ".csv or .csv.gz" : "such"} file under ${path}`,
        `ls -R ${path}`,
      );
    return files.map((file) => ({ path: file, read: async () => readCapped(file) }));
  });
}

function filesUnder(folder: string, wanted: RegExp): string[] {
  return reading(folder, (path) => readdirSync(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(compareText);
}

/** An abort ends the wait for a stream that says nothing. */
async function readStream(stream: Readable, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (signal) addAbortSignal(signal, stream);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new StatisticoError("data", "standard input is too large", "split the file");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
