import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CompiledMarket, decodeLog, encodeLog } from "../../exchange/recorded/log.js";
import type { MarketRecording } from "../../exchange/recorded/recording.js";
import { reading } from "../../files/read-capped.js";
import { writeWhole } from "../../files/write-whole.js";

/**
 * Where the log of a digest is kept, or would be. A digest, never the market's id: what a file says of itself must not
 * choose where we write.
 */
export function logPath(folder: string, digest: string): string {
  return join(folder, digest.slice(0, 2), `${digest}.market`);
}

/** Write a log whole, unless there is one; its length in bytes. */
export function keepLog(folder: string, digest: string, recording: MarketRecording, source: string): number {
  const bytes = encodeLog(recording, source);
  const path = logPath(folder, digest);
  if (!existsSync(path)) writeWhole(path, bytes, 0o600);
  return bytes.length;
}

/** Read a log back. Throws StatisticoError for one that is missing or damaged. */
export function readLog(folder: string, digest: string): CompiledMarket {
  const path = logPath(folder, digest);
  return decodeLog(
    reading(path, (file) => readFileSync(file)),
    path,
  );
}
