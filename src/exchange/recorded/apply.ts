import { invariant } from "../../core/assert.js";
import {
  clearRunner,
  createLevelLadder,
  define,
  ladderFor,
  type MarketBook,
  type RunnerBook,
  runnerAt,
} from "./book.js";
import { OP } from "./event.js";
import { clearLevels, setSize, sizeAt, ticksOf } from "./levels.js";
import type { MarketRecording } from "./recording.js";

/** Told of each traded size before it changes: what a simulated queue runs on. */
export interface TradeWatch {
  /** By runner index: whether anybody wants to know. */
  readonly wanted: Uint8Array;
  readonly before: (runner: number, tick: number, sizeMinor: number) => void;
}

const TICK = 0x1ffff;
const WORD = 0x1_0000_0000;

/**
 * Apply the update that begins at slot `at` of the recording to its book.
 *
 * Returns the slot of the next update; the end of the events after the last. Bugs and damage throw InvariantError.
 */
export function applyUpdate(
  book: MarketBook,
  recording: MarketRecording,
  at: number,
  watch: TradeWatch | null = null,
): number {
  const { words, doubles, length } = recording.events;
  // Asked here, not in `invariant`: its message would be put together for every update.
  if (words[2 * at] >>> 28 !== OP.update) invariant(false, `no update begins at slot ${at}`);
  book.publishTime = doubles[at + 1];
  let slot = at + 2;
  while (slot < length) {
    const head = words[2 * slot];
    const op = head >>> 28;
    if (op === OP.update) break;
    if (op === OP.marketVolume || op === OP.definition || op === OP.clear) {
      applyToMarket(book, recording, slot, watch);
      slot += 1;
      continue;
    }
    // Nearly all events are one of the five below: kept in one loop, without a call that could miss being inlined.
    const index = (head >>> 17) & 0x7ff;
    const tick = head & TICK;
    const value = words[2 * slot + 1];
    const runner = index < book.runners.length ? book.runners[index] : runnerAt(book, recording, index);
    if (op >= OP.back && op <= OP.traded) {
      if (op === OP.traded && watch !== null && watch.wanted[index] !== 0)
        watch.before(index, tick, sizeAt(runner.traded, tick));
      setSize(ladderFor(book, runner, op), tick, value);
      slot += 1;
    } else if (op === OP.runnerVolume) {
      runner.volumeMinor = tick * WORD + value;
      slot += 1;
    } else if (op === OP.lastTraded) {
      runner.lastTick = tick;
      slot += 1;
    } else slot = applyToRunner(book, recording, slot, runner, watch);
  }
  return slot;
}

function applyToMarket(
  book: MarketBook,
  recording: MarketRecording,
  slot: number,
  watch: TradeWatch | null,
): void {
  const { words } = recording.events;
  const op = words[2 * slot] >>> 28;
  const value = words[2 * slot + 1];
  if (op === OP.marketVolume) book.volumeMinor = (words[2 * slot] & TICK) * WORD + value;
  else if (op === OP.definition) define(book, recording, value);
  else clearBook(book, watch);
}

/** Everything else. Returns the slot after the event. */
function applyToRunner(
  book: MarketBook,
  recording: MarketRecording,
  slot: number,
  runner: RunnerBook,
  watch: TradeWatch | null,
): number {
  const { words, doubles } = recording.events;
  const index = (words[2 * slot] >>> 17) & 0x7ff;
  const tick = words[2 * slot] & TICK;
  const value = words[2 * slot + 1];
  switch (words[2 * slot] >>> 28) {
    case OP.emptied:
      watchAll(runner, index, watch);
      if (runner.traded !== null) clearLevels(runner.traded);
      return slot + 1;
    case OP.large:
      if (value === OP.traded && watch !== null && watch.wanted[index] !== 0)
        watch.before(index, tick, sizeAt(runner.traded, tick));
      setSize(ladderFor(book, runner, value), tick, doubles[slot + 1]);
      return slot + 2;
    case OP.projected:
      if (value === 0) runner.near = doubles[slot + 1];
      else runner.far = doubles[slot + 1];
      return slot + 2;
    case OP.level:
      setLevel(runner, tick >> 5, tick & 31, value, doubles[slot + 1]);
      return slot + 2;
    default:
      if (words[2 * slot] >>> 28 !== OP.starting) invariant(false, `unknown operation at slot ${slot}`);
      setStarting(runner, value, doubles[slot + 1], doubles[slot + 2]);
      return slot + 3;
  }
}

function clearBook(book: MarketBook, watch: TradeWatch | null): void {
  book.volumeMinor = 0;
  book.runners.forEach((runner, index) => {
    watchAll(runner, index, watch);
    clearRunner(runner);
  });
}

function watchAll({ traded }: RunnerBook, index: number, watch: TradeWatch | null): void {
  if (watch === null || watch.wanted[index] === 0 || traded === null) return;
  for (const tick of ticksOf(traded)) watch.before(index, tick, sizeAt(traded, tick));
}

function setLevel(runner: RunnerBook, ladder: number, level: number, tick: number, sizeMinor: number): void {
  runner.levels ??= [null, null, null, null];
  const target = runner.levels[ladder] ?? createLevelLadder();
  runner.levels[ladder] = target;
  target.ticks[level] = sizeMinor === 0 ? -1 : tick;
  target.sizes[level] = sizeMinor;
}

function setStarting(runner: RunnerBook, side: number, price: number, sizeMinor: number): void {
  const ladder = (side === 0 ? runner.startingBack : runner.startingLay) ?? new Map<number, number>();
  if (side === 0) runner.startingBack = ladder;
  else runner.startingLay = ladder;
  if (sizeMinor === 0) ladder.delete(price);
  else ladder.set(price, sizeMinor);
}
