import { createLineCutter, cutLines, endLines, type LineSink } from "../../exchange/recorded/lines.js";
import { digestOf } from "../../exchange/recorded/log.js";
import { type MarketSummary, summarise } from "../../exchange/recorded/market-summary.js";
import {
  createMcmReader,
  type LineKind,
  type McmReader,
  readLine,
  recordingsOf,
  refuseLong,
} from "../../exchange/recorded/mcm.js";
import type { MarketRecording } from "../../exchange/recorded/recording.js";
import type { Refusal, Rule } from "../../exchange/recorded/rule.js";
import { createVerdicts } from "../../exchange/recorded/verdicts.js";
import { checkLine, createLogCheck, type Difference, finishCheck } from "../../exchange/recorded/verify.js";
import { readStream } from "./keep-stream.js";
import { keepLog, readLog } from "./market-log.js";

/** Where files and logs are kept. */
export interface Folders {
  /** The raw archive. */
  readonly raw: string;
  readonly logs: string;
}

/** One market of a file, compiled. */
export interface MarketReading {
  readonly digest: string;
  readonly logBytes: number;
  readonly summary: MarketSummary;
}

/** What a kept file came to. `lines` is the sum of `counts`, always. */
export interface EntryReading {
  readonly lines: number;
  readonly counts: Readonly<Record<LineKind, number>>;
  /** Refused lines and parts of lines by rule, in the order of the rules' first use. */
  readonly refused: readonly (readonly [Rule, number])[];
  readonly refusals: readonly Refusal[];
  /** Messages under status 503. */
  readonly unreliable: number;
  readonly markets: readonly MarketReading[];
  /** Updates that were compared in the second pass, and the markets that are left out because they differ. */
  readonly checked: number;
  readonly differences: readonly Difference[];
}

/**
 * Compile every market of a kept file into a log of its own, and hold the logs against the file in a second pass.
 *
 * What is compared is what was read back from the disk. A market that differs is left out and named: that is a bug of
 * ours, but the other markets are sound.
 */
export async function readEntry(sha256: string, { raw, logs }: Folders): Promise<EntryReading> {
  const verdicts = createVerdicts();
  const reader = createMcmReader(verdicts);
  await eachLine(readStream(raw, sha256), (line) => {
    if (line === null) refuseLong(reader);
    else readLine(reader, line);
  });
  const markets = recordingsOf(reader).map((recording) => compileMarket(recording, sha256, logs));
  const check = createLogCheck(
    markets.map(({ digest }) => readLog(logs, digest).recording),
    verdicts,
  );
  if (markets.length > 0) await eachLine(readStream(raw, sha256), (line) => checkLine(check, line));
  const differences = finishCheck(check);
  const sound = markets.filter(({ summary }) =>
    differences.every(({ marketId }) => marketId !== summary.marketId),
  );
  return { ...linesOf(reader), markets: sound, checked: check.updates, differences };
}

async function eachLine(chunks: AsyncIterable<Uint8Array>, sink: LineSink): Promise<void> {
  const cutter = createLineCutter(sink);
  for await (const chunk of chunks) cutLines(cutter, chunk);
  endLines(cutter);
}

function compileMarket(recording: MarketRecording, source: string, logs: string): MarketReading {
  const digest = digestOf(recording);
  const logBytes = keepLog(logs, digest, recording, source);
  return { digest, logBytes, summary: summarise(recording) };
}

function linesOf({ lines, counts, refused, refusals, unreliable }: McmReader) {
  return { lines, counts, refused: [...refused], refusals, unreliable };
}
