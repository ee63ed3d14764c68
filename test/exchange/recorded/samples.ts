import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createMcmReader, type McmReader, readLine } from "../../../src/exchange/recorded/mcm.js";
import { decodeBzip2 } from "../../../src/exchange/recorded/unpack/bzip2-decode.js";
import { sharedPath } from "../../support/shared.js";

/** The lines of a real market file below `data/betfair-stream`, or of a zip's only member. */
export function sampleLines(name: string): string[] {
  const path = sharedPath("data", "betfair-stream", name);
  return unpacked(path).toString("utf8").split("\n");
}

function unpacked(path: string): Buffer {
  const bytes = readFileSync(path);
  if (bytes[0] === 0x1f) return gunzipSync(bytes);
  if (bytes.toString("latin1", 0, 3) === "BZh") return bunzip(path, bytes);
  return bytes;
}

function bunzip(path: string, bytes: Buffer): Buffer {
  const { status, stdout } = spawnSync("bzip2", ["-dc", path], { maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  return Buffer.concat(
    [...decodeBzip2(bytes)].map((step) => (step.kind === "block" ? step.bytes : Buffer.alloc(0))),
  );
}

export function readLines(lines: readonly string[]): McmReader {
  const reader = createMcmReader();
  for (const line of lines) readLine(reader, line);
  return reader;
}

export const readSample = (name: string): McmReader => readLines(sampleLines(name));
