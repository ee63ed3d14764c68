import { invariant } from "../core/assert.js";

/** The exchange's names for the prices a market may be bet at (`priceLadderDefinition.type`). */
export type LadderType = "CLASSIC" | "FINEST" | "LINE_RANGE";

/** The lines of a LINE_RANGE market: from `min` to `max` in steps of `interval`, in units of the line. */
export interface LineRange {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** A finite set of prices, ascending; a tick is a place in it, from 0. */
export interface Ladder {
  readonly type: LadderType;
  readonly ticks: number;
  /** The price of a tick in [0, ticks), the very double its decimal notation reads to. Throws InvariantError outside. */
  price(tick: number): number;
  /** The tick of a price; -1 when the price is not on the ladder. */
  tick(price: number): number;
}

/** Lowest price, highest price (exclusive) and step of each band, in hundredths. Source: Betfair, "Betfair price increments". */
const BANDS = [
  [101, 200, 1],
  [200, 300, 2],
  [300, 400, 5],
  [400, 600, 10],
  [600, 1000, 20],
  [1000, 2000, 50],
  [2000, 3000, 100],
  [3000, 5000, 200],
  [5000, 10_000, 500],
  [10_000, 100_001, 1000],
] as const;

const LOWEST = 101;
const HIGHEST = 100_000;
/** How far a double may lie from the hundredth it stands for: a decimal literal is off by less than 1e-11. */
const SLACK = 1e-7;

const CLASSIC_HUNDREDTHS = Uint32Array.from(
  BANDS.flatMap(([from, to, step]) =>
    Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step),
  ),
);
const CLASSIC_TICKS = new Int16Array(HIGHEST + 1).fill(-1);
CLASSIC_HUNDREDTHS.forEach((hundredths, tick) => {
  CLASSIC_TICKS[hundredths] = tick;
});

/** 350 prices from 1.01 to 1000: every market without a ladder of its own. */
export const CLASSIC: Ladder = {
  type: "CLASSIC",
  ticks: CLASSIC_HUNDREDTHS.length,
  price: (tick) => CLASSIC_HUNDREDTHS[checked(tick, CLASSIC_HUNDREDTHS.length)] / 100,
  tick(price) {
    const hundredths = hundredthsOf(price);
    return hundredths < 0 ? -1 : CLASSIC_TICKS[hundredths];
  },
};

/** 99,900 prices from 1.01 to 1000 in steps of 0.01: Asian handicaps and goal lines. Every CLASSIC price is on it. */
export const FINEST: Ladder = {
  type: "FINEST",
  ticks: HIGHEST - LOWEST + 1,
  price: (tick) => (LOWEST + checked(tick, HIGHEST - LOWEST + 1)) / 100,
  tick(price) {
    const hundredths = hundredthsOf(price);
    return hundredths < 0 ? -1 : hundredths - LOWEST;
  },
};

/** Ladder of a line market. Its "prices" are lines; every bet is at even money. Throws InvariantError for an empty range. */
export function lineLadder({ min, max, interval }: LineRange): Ladder {
  invariant(
    interval > 0 && max >= min && Number.isFinite(max - min),
    `a line range must ascend, was ${min} to ${max} by ${interval}`,
  );
  const ticks = Math.floor((max - min) / interval + SLACK) + 1;
  return {
    type: "LINE_RANGE",
    ticks,
    price: (tick) => decimal(min + checked(tick, ticks) * interval),
    tick(line) {
      const steps = (line - min) / interval;
      const tick = Math.round(steps);
      return tick >= 0 && tick < ticks && Math.abs(steps - tick) < SLACK ? tick : -1;
    },
  };
}

/** Nearest tick of the CLASSIC ladder at or below a price in [1.01, 1000]; 0 below it, the last above it. */
export function classicFloor(price: number): number {
  let low = 0;
  let high = CLASSIC_HUNDREDTHS.length - 1;
  const hundredths = price * 100 + SLACK;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (CLASSIC_HUNDREDTHS[middle] <= hundredths) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A price in [1.01, 1000] as a whole number of hundredths; -1 for any other number, NaN included. */
function hundredthsOf(price: number): number {
  const scaled = price * 100;
  const hundredths = Math.round(scaled);
  return hundredths >= LOWEST && hundredths <= HIGHEST && Math.abs(scaled - hundredths) < SLACK
    ? hundredths
    : -1;
}

function checked(tick: number, ticks: number): number {
  // Asked here, not in `invariant`: its message would be put together for every price of a replay.
  if (!Number.isInteger(tick) || tick < 0 || tick >= ticks)
    invariant(false, `a tick is in [0, ${ticks}), was ${tick}`);
  return tick;
}

/** The double that a line of at most six decimals is written as: 0.1 + 2 x 0.1 is 0.3. */
function decimal(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
