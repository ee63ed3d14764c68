import { invariant } from "../../core/assert.js";
import type { Instant } from "../../core/clock.js";
import { FINEST, type Ladder } from "../../domain/ladder.js";
import type { Minor } from "../../domain/money.js";
import { bookLadder, type DefinedRunner, type MarketDefinition } from "./definition.js";
import { bestTick, clearLevels, createLevels, type Levels } from "./levels.js";
import type { MarketRecording } from "./recording.js";

/** Best offers by level, 0 the best: what the exchange displays, virtual bets included, or its three best. */
export interface LevelLadder {
  /** -1 where a level is empty. */
  readonly ticks: Int32Array;
  readonly sizes: Float64Array;
}

export const LEVELS = 32;

/** One runner's side of a market's book. Ladders exist from their first entry on: 200 markets of 66 runners are common. */
export interface RunnerBook {
  readonly selectionId: number;
  readonly handicap: number;
  /** What the definition says of this runner; null before the first definition that has it. */
  defined: DefinedRunner | null;
  /** Available to back. */
  back: Levels | null;
  /** Available to lay. */
  lay: Levels | null;
  /** Traded, both sides counted. */
  traded: Levels | null;
  /** batb, batl, bdatb, bdatl; null before the first entry of any. */
  levels: (LevelLadder | null)[] | null;
  /** Tick last traded at, -1 before the first. */
  lastTick: number;
  volumeMinor: Minor;
  /** Projected starting price from the money on both sides, and on the waiting money alone; NaN where unknown. */
  near: number;
  far: number;
  /** Waiting for the starting price, size by limit price: backers, layers. Limits of unlimited bets are off any ladder. */
  startingBack: Map<number, Minor> | null;
  startingLay: Map<number, Minor> | null;
}

/** A market at one moment of its recording. Mutable: one object from the first update to the last. */
export interface MarketBook {
  readonly marketId: string;
  /** What its ticks are of. */
  ladder: Ladder;
  /** Whether nearly all its prices are on the CLASSIC ladder. */
  classic: boolean;
  definition: MarketDefinition | null;
  publishTime: Instant;
  volumeMinor: Minor;
  readonly runners: RunnerBook[];
}

export function createBook(marketId: string): MarketBook {
  return {
    marketId,
    ladder: FINEST,
    classic: true,
    definition: null,
    publishTime: Number.NEGATIVE_INFINITY,
    volumeMinor: 0,
    runners: [],
  };
}

/** The book of a runner by its index in the recording, made when it is new. */
export function runnerAt(book: MarketBook, recording: MarketRecording, index: number): RunnerBook {
  for (let i = book.runners.length; i <= index; i++) book.runners.push(createRunner(recording, i));
  return book.runners[index];
}

function createRunner({ runners }: MarketRecording, index: number): RunnerBook {
  invariant(index < runners.length, `runner ${index} of ${runners.length}`);
  return {
    selectionId: runners[index].selectionId,
    handicap: runners[index].handicap,
    defined: null,
    back: null,
    lay: null,
    traded: null,
    levels: null,
    lastTick: -1,
    volumeMinor: 0,
    near: Number.NaN,
    far: Number.NaN,
    startingBack: null,
    startingLay: null,
  };
}

/** Forget everything about a runner that an image restates. */
export function clearRunner(runner: RunnerBook): void {
  for (const levels of [runner.back, runner.lay, runner.traded]) if (levels !== null) clearLevels(levels);
  for (const levels of runner.levels ?? []) levels?.ticks.fill(-1);
  runner.lastTick = -1;
  runner.volumeMinor = 0;
  runner.near = Number.NaN;
  runner.far = Number.NaN;
  runner.startingBack?.clear();
  runner.startingLay?.clear();
}

/** Let a definition hold. `place` gives each of its runners' index in the recording. */
export function define(book: MarketBook, recording: MarketRecording, index: number): void {
  const definition = recording.definitions[index];
  const places = recording.places[index];
  if (book.definition === null) book.ladder = bookLadder(definition);
  book.classic = definition.ladderType === "CLASSIC";
  book.definition = definition;
  definition.runners.forEach((defined, i) => {
    runnerAt(book, recording, places[i]).defined = defined;
  });
}

export function createLevelLadder(): LevelLadder {
  return { ticks: new Int32Array(LEVELS).fill(-1), sizes: new Float64Array(LEVELS) };
}

/** Tick of the best price to back at, -1 with nothing on offer. Full ladder first, then levels, then displayed levels. */
export function bestBackTick({ back, levels }: RunnerBook): number {
  if (back !== null) return bestTick(back);
  return (levels?.[0] ?? levels?.[2])?.ticks[0] ?? -1;
}

/** Tick of the best price to lay at, -1 with nothing on offer. */
export function bestLayTick({ lay, levels }: RunnerBook): number {
  if (lay !== null) return bestTick(lay);
  return (levels?.[1] ?? levels?.[3])?.ticks[0] ?? -1;
}

/** The ladder of a runner that an operation writes to, made when it is new. */
export function ladderFor(book: MarketBook, runner: RunnerBook, op: number): Levels {
  if (op === 2) {
    runner.back ??= createLevels(1, book.classic);
    return runner.back;
  }
  if (op === 3) {
    runner.lay ??= createLevels(-1, book.classic);
    return runner.lay;
  }
  runner.traded ??= createLevels(1, book.classic);
  return runner.traded;
}
