import { invariant } from "../../core/assert.js";
import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import { applyUpdate } from "./apply.js";
import { bestBackTick, bestLayTick, createBook, type MarketBook, type RunnerBook } from "./book.js";
import { sizeAt, ticksOf } from "./levels.js";
import type { MarketRecording } from "./recording.js";
import { timelineOf } from "./timeline.js";

/** A runner at each of the series' times; null where there is no price. */
export interface RunnerSeries {
  readonly selectionId: number;
  readonly handicap: number;
  readonly back: readonly (number | null)[];
  readonly lay: readonly (number | null)[];
  readonly lastTraded: readonly (number | null)[];
  /** Traded so far, both sides counted: what the exchange says, or the sum over prices where it says nothing. */
  readonly volumeMinor: readonly Minor[];
}

/** A market at evenly spaced times, each as of its last update by then. */
export interface MarketSeries {
  readonly times: readonly Instant[];
  readonly runners: readonly RunnerSeries[];
  /** Of all runners. */
  readonly volumeMinor: readonly Minor[];
  /** When the market was suspended, from and to, cut to the times; the last may last to the end. */
  readonly suspended: readonly (readonly [from: Instant, to: Instant])[];
}

type Growing = {
  -readonly [Key in keyof RunnerSeries]: RunnerSeries[Key] extends readonly (infer T)[]
    ? T[]
    : RunnerSeries[Key];
};

/** Sample a market at `points` times from `from` to `to`, both included. Throws InvariantError for fewer than 2 points. */
export function seriesOf(
  recording: MarketRecording,
  { from, to, points }: { readonly from: Instant; readonly to: Instant; readonly points: number },
): MarketSeries {
  invariant(
    points >= 2 && to > from,
    `a series needs two points and a span, was ${points} from ${from} to ${to}`,
  );
  const times = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
  const book = createBook(recording.marketId);
  const runners = recording.runners.map(emptySeries);
  const { events } = recording;
  let at = 0;
  for (const time of times) {
    while (at < events.length && events.doubles[at + 1] <= time) at = applyUpdate(book, recording, at);
    for (const [index, series] of runners.entries()) sample(series, book, book.runners[index]);
  }
  return {
    times,
    runners,
    volumeMinor: times.map((_, i) =>
      runners.reduce((sum, { volumeMinor }) => sum + (volumeMinor[i] ?? 0), 0),
    ),
    suspended: suspensions(recording, from, to),
  };
}

function emptySeries({ selectionId, handicap }: MarketRecording["runners"][number]): Growing {
  return { selectionId, handicap, back: [], lay: [], lastTraded: [], volumeMinor: [] };
}

function sample(series: Growing, book: MarketBook, runner: RunnerBook | undefined): void {
  const price = (tick: number): number | null => (tick < 0 ? null : book.ladder.price(tick));
  series.back.push(runner ? price(bestBackTick(runner)) : null);
  series.lay.push(runner ? price(bestLayTick(runner)) : null);
  series.lastTraded.push(runner ? price(runner.lastTick) : null);
  // The traded volume is emptied at the close: what was traded stays traded.
  series.volumeMinor.push(Math.max(series.volumeMinor.at(-1) ?? 0, runner ? volumeOf(runner) : 0));
}

function volumeOf({ volumeMinor, traded }: RunnerBook): Minor {
  if (volumeMinor > 0 || traded === null) return volumeMinor;
  let sum = 0;
  for (const tick of ticksOf(traded)) sum += sizeAt(traded, tick);
  return sum;
}

function suspensions(recording: MarketRecording, from: Instant, to: Instant): [Instant, Instant][] {
  const spells: [Instant, Instant][] = [];
  let since: Instant | null = null;
  for (const { at, definition } of timelineOf(recording).defined) {
    const suspended = definition.status === "SUSPENDED";
    if (suspended && since === null) since = at;
    if (!suspended && since !== null) {
      spells.push([since, at]);
      since = null;
    }
  }
  if (since !== null) spells.push([since, to]);
  return spells
    .filter(([start, end]) => end >= from && start <= to)
    .map(([start, end]) => [Math.max(start, from), Math.min(end, to)]);
}
