import { invariant } from "../../core/assert.js";

/**
 * What happens to a market, as slots of 8 bytes: a head word (operation 4 bits, runner 11, tick 17) and a value word.
 *
 * A slot marked + is followed by as many plain doubles. Ticks are of the market's ladder: FINEST for odds of every
 * kind, because starting prices trade off the CLASSIC ladder; line ticks for LINE_RANGE. Sizes are minor units.
 */
export const OP = {
  /** +1: a message begins; the double is its publish time. */
  update: 0,
  /** Value: index of the definition that holds from now on. */
  definition: 1,
  /** Available to back at a tick: value is the size, 0 removes. */
  back: 2,
  lay: 3,
  /** Traded at a tick, both sides counted. */
  traded: 4,
  /** +1: a size beyond 32 bits; value: 2, 3 or 4, the operation it belongs to. */
  large: 5,
  /** +1: one place of a ladder by level; tick field: ladder (0 batb, 1 batl, 2 bdatb, 3 bdatl) x 32 + level; value: tick. */
  level: 6,
  /** Tick last traded at. */
  lastTraded: 7,
  /** Traded on a runner; high bits in the tick field, low 32 in the value. */
  runnerVolume: 8,
  marketVolume: 9,
  /** +1: projected starting price; value 0 near, 1 far. May be NaN or infinite, as the exchange sends it. */
  projected: 10,
  /** +2, price and size: money waiting for the starting price; value 0 to back, 1 to lay. */
  starting: 11,
  /** An image: everything but the definition is forgotten. */
  clear: 12,
  /** A runner's traded volume is empty: at the close. */
  emptied: 13,
} as const;

export const MAX_RUNNERS = 2048;
export const MAX_TICKS = 131_072;
const WORD = 0x1_0000_0000;

/** A growing list of slots. */
export interface EventLog {
  words: Uint32Array;
  doubles: Float64Array;
  /** Slots in use. */
  length: number;
}

export function createEventLog(slots = 256): EventLog {
  const doubles = new Float64Array(slots);
  return { doubles, words: new Uint32Array(doubles.buffer), length: 0 };
}

/** Append one slot. `tick` in [0, 131072), `runner` in [0, 2048), `value` an unsigned 32-bit number. */
export function pushEvent(log: EventLog, op: number, runner: number, tick: number, value: number): void {
  if (log.length === log.doubles.length) grow(log);
  const at = 2 * log.length++;
  log.words[at] = (op << 28) | (runner << 17) | tick;
  log.words[at + 1] = value;
}

/** Append a double that belongs to the event before. */
export function pushDouble(log: EventLog, value: number): void {
  if (log.length === log.doubles.length) grow(log);
  log.doubles[log.length++] = value;
}

/** Append the size of one tick of a ladder; `op` is `OP.back`, `OP.lay` or `OP.traded`. */
export function pushSize(log: EventLog, op: number, runner: number, tick: number, sizeMinor: number): void {
  if (sizeMinor < WORD) {
    pushEvent(log, op, runner, tick, sizeMinor);
    return;
  }
  pushEvent(log, OP.large, runner, tick, op);
  pushDouble(log, sizeMinor);
}

/** Append a volume: up to 2^49 minor units, far beyond any market. */
export function pushVolume(log: EventLog, op: number, runner: number, volumeMinor: number): void {
  if (volumeMinor < WORD) {
    pushEvent(log, op, runner, 0, volumeMinor);
    return;
  }
  const high = Math.floor(volumeMinor / WORD);
  invariant(high < MAX_TICKS, `a volume must be below 2^49, was ${volumeMinor}`);
  pushEvent(log, op, runner, high, volumeMinor % WORD);
}

/** A copy with nothing to spare. */
export function trimmed(log: EventLog): EventLog {
  const words = log.words.slice(0, 2 * log.length);
  return { words, doubles: new Float64Array(words.buffer), length: log.length };
}

function grow(log: EventLog): void {
  const doubles = new Float64Array(2 * log.doubles.length);
  // Copied as words: a slot that holds no double may look like a NaN, whose bits a copy of doubles need not keep.
  const words = new Uint32Array(doubles.buffer);
  words.set(log.words);
  log.doubles = doubles;
  log.words = words;
}
