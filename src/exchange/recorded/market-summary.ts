import type { Instant } from "../../core/clock.js";
import { type Closing, closingOf } from "./closing.js";
import type { DefinedRunner, MarketDefinition, MarketStatus } from "./definition.js";
import type { MarketRecording } from "./recording.js";
import { type Timeline, timelineOf } from "./timeline.js";

/** A stretch of one status, version and in-play flag. */
export interface StatusChange {
  readonly at: Instant;
  readonly status: MarketStatus;
  readonly inPlay: boolean;
  readonly version: number;
}

/** What is known of a market once its file is read. */
export interface MarketSummary {
  readonly marketId: string;
  readonly updates: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The last definition; null when the file has none. */
  readonly definition: MarketDefinition | null;
  /** Names as they came, each once: they change, and self-recorded files have none. */
  readonly eventNames: readonly string[];
  readonly names: readonly string[];
  /** Planned starts as they came. */
  readonly marketTimes: readonly Instant[];
  readonly statuses: readonly StatusChange[];
  /** First `inPlay: true`. */
  readonly inPlayAt: Instant | null;
  /** By the last definition; null before it is CLOSED. */
  readonly result: MarketResult | null;
  readonly closing: Closing;
}

export interface MarketResult {
  readonly settledAt: Instant | null;
  readonly runners: readonly DefinedRunner[];
  readonly winners: readonly number[];
}

/** Summarise a recording. Pure. */
export function summarise(recording: MarketRecording): MarketSummary {
  const timeline = timelineOf(recording);
  const definitions = timeline.defined.map(({ definition }) => definition);
  const definition = definitions.at(-1) ?? null;
  return {
    marketId: recording.marketId,
    updates: timeline.updates,
    firstAt: timeline.firstAt,
    lastAt: timeline.lastAt,
    definition,
    eventNames: distinct(definitions.flatMap(({ eventName }) => eventName ?? [])),
    names: distinct(definitions.flatMap(({ name }) => name ?? [])),
    marketTimes: changes(definitions.map(({ marketTime }) => marketTime)),
    statuses: statusesOf(timeline),
    inPlayAt: timeline.defined.find((defined) => defined.definition.inPlay)?.at ?? null,
    result: resultOf(definition),
    closing: closingOf(recording, timeline),
  };
}

function statusesOf({ defined }: Timeline): StatusChange[] {
  const all = defined.map(({ at, definition: { status, inPlay, version } }) => ({
    at,
    status,
    inPlay,
    version,
  }));
  return all.filter((now, i) => {
    const before = all[i - 1];
    return before?.status !== now.status || before.inPlay !== now.inPlay || before.version !== now.version;
  });
}

function resultOf(definition: MarketDefinition | null): MarketResult | null {
  if (definition?.status !== "CLOSED") return null;
  const { runners, settledTime } = definition;
  const winners = runners.filter(({ status }) => status === "WINNER").map(({ selectionId }) => selectionId);
  return { settledAt: settledTime, runners, winners };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** Values without immediate repeats. */
function changes<T>(values: readonly T[]): T[] {
  return values.filter((value, i) => i === 0 || value !== values[i - 1]);
}
