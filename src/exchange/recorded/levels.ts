import { CLASSIC, FINEST } from "../../domain/ladder.js";
import type { Minor } from "../../domain/money.js";
import { getSparse, type SparseLevels, setSparse, slotOf } from "./sparse-levels.js";

/** Which end of a ladder is the best: the highest price for a backer, the lowest for a layer. */
export type Direction = 1 | -1;

/**
 * Sizes by tick. Ticks are those of the book's ladder.
 *
 * A sorted list while it is short. A longer one of a CLASSIC market is kept densely by place, 0 the worst and 349 the
 * best there can be, so that a change is one store; what is off CLASSIC (trades at a starting price) stays in the list.
 */
export interface Levels {
  readonly direction: Direction;
  /** Whether the market is on CLASSIC; it decides how sizes are kept, never what is kept. */
  readonly classic: boolean;
  /** 350 integer sizes by place, or none. */
  dense: Float64Array;
  /** The best place with a size; -1 with none. */
  best: number;
  /** Sizes by `tick x direction`. */
  sparse: SparseLevels | null;
}

/** Prices that a list holds before it is spread out: a dense ladder costs more to make than to keep. */
const MOST_LISTED = 12;
const NONE = new Float64Array(0);
const PLACES = CLASSIC.ticks;
const LAST = PLACES - 1;
/** Place on CLASSIC by tick on FINEST, -1 off it; and the way back. */
const CLASSIC_OF = Int16Array.from({ length: FINEST.ticks }, (_, tick) => CLASSIC.tick(FINEST.price(tick)));
const FINEST_OF = Int32Array.from({ length: PLACES }, (_, tick) => FINEST.tick(CLASSIC.price(tick)));

export function createLevels(direction: Direction, classic: boolean): Levels {
  return { direction, classic, dense: NONE, best: -1, sparse: null };
}

/** Make `sizeMinor` what stands at a tick; 0 removes it. Sizes are absolute, as the exchange sends them. */
export function setSize(levels: Levels, tick: number, sizeMinor: Minor): void {
  const { dense, direction } = levels;
  const classic = dense.length === 0 ? -1 : CLASSIC_OF[tick];
  if (classic < 0) {
    setListed(levels, tick, sizeMinor);
    return;
  }
  const place = direction === 1 ? classic : LAST - classic;
  dense[place] = sizeMinor;
  if (place >= levels.best) {
    let best = place;
    while (best >= 0 && dense[best] === 0) best -= 1;
    levels.best = best;
  }
}

function setListed(levels: Levels, tick: number, sizeMinor: Minor): void {
  const key = tick * levels.direction;
  if (levels.sparse !== null) setSparse(levels.sparse, key, sizeMinor);
  else if (sizeMinor !== 0) levels.sparse = [key, sizeMinor];
  if (levels.classic && levels.dense === NONE && (levels.sparse?.length ?? 0) > 2 * MOST_LISTED)
    spread(levels);
}

/** Go over from the list to the dense ladder. */
function spread(levels: Levels): void {
  const listed = levels.sparse ?? [];
  levels.dense = new Float64Array(PLACES);
  levels.sparse = null;
  for (let i = 0; i < listed.length; i += 2) setSize(levels, listed[i] * levels.direction, listed[i + 1]);
}

/** The size at a tick, 0 where there is none. */
export function sizeAt(levels: Levels | null, tick: number): Minor {
  if (levels === null) return 0;
  const { dense, direction, sparse } = levels;
  const classic = dense.length === 0 ? -1 : CLASSIC_OF[tick];
  if (classic >= 0) return dense[direction === 1 ? classic : LAST - classic];
  return sparse === null ? 0 : getSparse(sparse, tick * direction);
}

/** Tick of the best price, -1 with nothing on offer. */
export function bestTick(levels: Levels): number {
  const { best, direction, sparse } = levels;
  if (sparse === null || sparse.length === 0) return best < 0 ? -1 : tickOfPlace(best, direction);
  const last = sparse[sparse.length - 2] * direction;
  return best < 0 ? last : better(tickOfPlace(best, direction), last, direction);
}

/** Tick of the next price after `tick` in the direction of worse ones, -1 with none. */
export function nextWorseTick(levels: Levels, tick: number): number {
  const { direction, sparse } = levels;
  const place = worsePlace(levels, tick);
  const dense = place < 0 ? -1 : tickOfPlace(place, direction);
  const below = sparse === null ? 0 : slotOf(sparse, tick * direction);
  if (sparse === null || below === 0) return dense;
  const other = sparse[below - 2] * direction;
  return dense < 0 ? other : better(dense, other, direction);
}

/** Nothing stands at any tick any more. */
export function clearLevels(levels: Levels): void {
  levels.dense.fill(0);
  levels.best = -1;
  if (levels.sparse !== null) levels.sparse.length = 0;
}

/** Ticks with a size, best first. */
export function* ticksOf(levels: Levels | null): Generator<number> {
  if (levels === null) return;
  for (let tick = bestTick(levels); tick >= 0; tick = nextWorseTick(levels, tick)) yield tick;
}

/** The best dense place whose tick is worse than `tick`; -1 with none. */
function worsePlace({ dense, best, direction }: Levels, tick: number): number {
  let place = best;
  while (place >= 0 && (dense[place] === 0 || (tickOfPlace(place, direction) - tick) * direction >= 0))
    place -= 1;
  return place;
}

function tickOfPlace(place: number, direction: Direction): number {
  return FINEST_OF[direction === 1 ? place : LAST - place];
}

function better(a: number, b: number, direction: Direction): number {
  return (a - b) * direction > 0 ? a : b;
}
