import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { StatisticoError } from "../core/errors.js";

/**
 * Write a file completely or not at all: a neighbour is written, synced and renamed over it. Missing folders are made.
 *
 * `mode` is the file's permission: 0o600 for what is private. Throws StatisticoError when the disk says no.
 */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o644): void {
  const neighbour = `${path}.${process.pid}.part`;
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 });
    writeSynced(neighbour, bytes, mode);
    renameSync(neighbour, path);
  } catch (error) {
    rmSync(neighbour, { force: true });
    throw writeFailure(path, error);
  }
}

function writeSynced(path: string, bytes: Uint8Array, mode: number): void {
  const file = openSync(path, "w", mode);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What the system refused, in words: one place, so that every writer says it alike. */
export function writeFailure(path: string, error: unknown): StatisticoError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
    return new StatisticoError("failed", `disk full while writing ${path}`, "df -h .");
  if (code === "EACCES" || code === "EROFS" || code === "EPERM")
    return new StatisticoError("failed", `not allowed to write ${path}`, `ls -ld ${dirname(path)}`);
  return new StatisticoError("failed", `cannot write ${path}, was ${code}`, `ls -ld ${dirname(path)}`);
}
