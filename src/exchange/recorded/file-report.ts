import type { LineKind, McmReader } from "./mcm.js";
import { recordingsOf } from "./mcm.js";
import type { MarketRecording } from "./recording.js";
import type { Refusal, Rule } from "./rule.js";

/** Whether a market's history was known before this file: "different" when it was, but not like this. */
export type Novelty = "new" | "same" | "different";

export interface RecordedMarket {
  readonly marketId: string;
  readonly novelty: Novelty;
  readonly digest: string;
}

/** What became of one file. `lines` is the sum of `counts`, always. */
export interface FileReport {
  readonly path: string;
  /** Of the unpacked bytes; null for what was never unpacked. */
  readonly sha256: string | null;
  readonly lines: number;
  readonly counts: Readonly<Record<LineKind, number>>;
  /** Refused lines and parts of lines by rule, in the order of the rules' first use. */
  readonly refused: readonly (readonly [Rule, number])[];
  readonly refusals: readonly Refusal[];
  readonly markets: readonly RecordedMarket[];
  readonly warnings: readonly string[];
}

/** A file that was not even opened up, and why. */
export function refusedFile(path: string, why: string): FileReport {
  return {
    path,
    sha256: null,
    lines: 0,
    counts: { applied: 0, idle: 0, same: 0, blank: 0, quarantined: 0 },
    refused: [],
    refusals: [],
    markets: [],
    warnings: [`refused: ${why}`],
  };
}

/**
 * The report of a file that was read to its end, or to its `damage`.
 *
 * `known`: digests by market id of what was read before; the new ones are added. A market that is the same again is
 * reported and need not be kept twice: files named by their event repeat those named by their markets.
 */
export function reportFile(
  path: string,
  sha256: string,
  reader: McmReader,
  damage: string | null,
  known: Map<string, string>,
  digestOf: (recording: MarketRecording) => string,
): FileReport {
  const recordings = recordingsOf(reader);
  const markets = recordings.map((recording) => noveltyOf(recording, known, digestOf));
  return {
    path,
    sha256,
    lines: reader.lines,
    counts: { ...reader.counts },
    refused: [...reader.refused],
    refusals: reader.refusals,
    markets,
    warnings: [...fileWarnings(reader, damage), ...recordings.flatMap(marketWarnings)],
  };
}

function noveltyOf(
  recording: MarketRecording,
  known: Map<string, string>,
  digestOf: (recording: MarketRecording) => string,
): RecordedMarket {
  const { marketId } = recording;
  const digest = digestOf(recording);
  const before = known.get(marketId);
  if (before === undefined) known.set(marketId, digest);
  return {
    marketId,
    digest,
    novelty: before === undefined ? "new" : before === digest ? "same" : "different",
  };
}

function fileWarnings({ lines, markets, unreliable }: McmReader, damage: string | null): string[] {
  const warnings: string[] = [];
  if (damage !== null) warnings.push(`read up to its damage: ${damage}`);
  if (lines === 0) warnings.push("empty");
  else if (markets.size === 0) warnings.push("no market in it");
  if (unreliable > 0) warnings.push(`${unreliable} messages while the exchange called its prices unreliable`);
  return warnings;
}

function marketWarnings({ marketId, definitions }: MarketRecording): string[] {
  const last = definitions.at(-1);
  if (last === undefined) return [`${marketId}: no definition`];
  const warnings: string[] = [];
  if (last.status !== "CLOSED") warnings.push(`${marketId}: ends ${last.status}, without a result`);
  if (last.eventName === null) warnings.push(`${marketId}: no names`);
  return warnings;
}
