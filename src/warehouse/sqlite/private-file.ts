import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Make an empty file that only its owner can read, and the folders above it, unless it is there already.
 *
 * SQLite gives a database's -wal, -shm and journal the mode of the database itself, so this covers all of them.
 */
export function createPrivate(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
}

/** Wait until a file's content is on the disk: `VACUUM INTO` does not. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
