import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { invariant } from "../../core/assert.js";
import { StatisticoError } from "../../core/errors.js";
import type { MarketDefinition } from "./definition.js";
import { trimmed } from "./event.js";
import type { MarketRecording, RunnerKey } from "./recording.js";

/**
 * A market's recording in one file, to be replayed without its JSON: magic, header length (u32) and zeros to 16 bytes;
 * the header, JSON padded with spaces to 8; the events, 8 bytes a slot, little-endian; sha256 of all before it.
 */
const MAGIC = "STMARKET";
const VERSION = 1;
const PREFIX = 16;
const HASH = 32;

interface LogHeader {
  readonly version: number;
  readonly marketId: string;
  /** sha256 of the unpacked file it was compiled from. */
  readonly source: string;
  readonly runners: readonly RunnerKey[];
  readonly definitions: readonly MarketDefinition[];
  readonly places: readonly (readonly number[])[];
}

/** A log read back, and the sha256 of the file it was compiled from. */
export interface CompiledMarket {
  readonly recording: MarketRecording;
  readonly source: string;
}

/** Compile a recording. Same recording and source, same bytes. */
export function encodeLog(recording: MarketRecording, source: string): Uint8Array {
  invariant(endianness() === "LE", "market logs are written on little-endian machines");
  const { marketId, runners, definitions, places, events } = recording;
  const header: LogHeader = {
    version: VERSION,
    marketId,
    source,
    runners,
    definitions,
    places: places.map((list) => [...list]),
  };
  const text = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = Buffer.alloc(PREFIX + padded + 8 * events.length + HASH, " ");
  bytes.fill(0, 0, PREFIX);
  bytes.write(MAGIC, 0, "latin1");
  bytes.writeUInt32LE(padded, 8);
  text.copy(bytes, PREFIX);
  bytes.set(new Uint8Array(trimmed(events).words.buffer), PREFIX + padded);
  bytes.set(hashOf(bytes.subarray(0, -HASH)), bytes.length - HASH);
  return bytes;
}

/** Read a log back. Throws StatisticoError for one that is damaged, cut short or of another version. */
export function decodeLog(bytes: Uint8Array, name: string): CompiledMarket {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < PREFIX + HASH || buffer.toString("latin1", 0, MAGIC.length) !== MAGIC)
    throw unusable(name, "no market log");
  if (!hashOf(buffer.subarray(0, -HASH)).equals(buffer.subarray(-HASH)))
    throw unusable(name, "damaged or cut short");
  const start = PREFIX + buffer.readUInt32LE(8);
  const header: LogHeader = JSON.parse(buffer.toString("utf8", PREFIX, start));
  if (header.version !== VERSION) throw unusable(name, `of version ${header.version}, this reads ${VERSION}`);
  // Copied, so that the doubles are aligned whatever the file was read into.
  const words = new Uint32Array((buffer.length - HASH - start) >> 2);
  new Uint8Array(words.buffer).set(buffer.subarray(start, -HASH));
  const recording: MarketRecording = {
    marketId: header.marketId,
    runners: [...header.runners],
    definitions: [...header.definitions],
    places: header.places.map((list) => Uint16Array.from(list)),
    events: { words, doubles: new Float64Array(words.buffer), length: words.length / 2 },
  };
  return { recording, source: header.source };
}

/** A digest of what a market did, whatever file it came from: two files of one market are compared by it. */
export function digestOf(recording: MarketRecording): string {
  return createHash("sha256").update(encodeLog(recording, "")).digest("hex");
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function unusable(name: string, why: string): StatisticoError {
  return new StatisticoError("data", `${name} is ${why}`, "statistico ingest betfair PATH");
}
