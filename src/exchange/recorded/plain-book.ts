/** Sizes by price, both the numbers of the file. */
export type PlainSizes = Map<number, number>;

/** One runner's cache in its plainest form. */
export interface PlainRunner {
  readonly ladders: Readonly<Record<PlainLadder, PlainSizes>>;
  /** By the place of its ladder in `PLAIN_LEVELS`, then by level: price and size. */
  readonly levels: readonly Map<number, readonly [number, number]>[];
  lastTraded: number | null;
  volume: number;
  near: number;
  far: number;
}

export const PLAIN_LADDERS = ["atb", "atl", "trd", "spb", "spl"] as const;
export const PLAIN_LEVELS = ["batb", "batl", "bdatb", "bdatl"] as const;
export type PlainLadder = (typeof PLAIN_LADDERS)[number];

/** A runner's part of a change, as the files hold it. */
export type RunnerChange = {
  readonly id: number;
  readonly hc?: number | null;
  readonly ltp?: number | null;
  readonly tv?: number | null;
  readonly spn?: number | string | null;
  readonly spf?: number | string | null;
} & { readonly [name in PlainLadder]?: readonly (readonly [number, number])[] | null } & {
  readonly [name in (typeof PLAIN_LEVELS)[number]]?: readonly (readonly [number, number, number])[] | null;
};

export function createPlainRunner(): PlainRunner {
  return {
    ladders: { atb: new Map(), atl: new Map(), trd: new Map(), spb: new Map(), spl: new Map() },
    levels: PLAIN_LEVELS.map(() => new Map()),
    lastTraded: null,
    volume: 0,
    near: Number.NaN,
    far: Number.NaN,
  };
}

/**
 * Apply what a change says of a runner, as the exchange's documentation tells it. Shares no code with the books of the
 * project, which are held against it. Source: Betfair Exchange Stream API, "Building a price cache".
 */
export function applyPlain(runner: PlainRunner, change: RunnerChange): void {
  for (const name of PLAIN_LADDERS) {
    const pairs = change[name];
    if (!pairs) continue;
    if (name === "trd" && pairs.length === 0) runner.ladders.trd.clear();
    for (const [price, size] of pairs) put(runner.ladders[name], price, size);
  }
  PLAIN_LEVELS.forEach((name, i) => {
    for (const [level, price, size] of change[name] ?? [])
      if (size === 0) runner.levels[i].delete(level);
      else runner.levels[i].set(level, [price, size]);
  });
  if (typeof change.ltp === "number") runner.lastTraded = change.ltp;
  if (typeof change.tv === "number") runner.volume = change.tv;
  if (change.spn !== undefined && change.spn !== null) runner.near = Number(change.spn);
  if (change.spf !== undefined && change.spf !== null) runner.far = Number(change.spf);
}

/** Half a hundredth or more is a size; less is none, as it is for whole minor units. */
function put(sizes: PlainSizes, price: number, size: number): void {
  if (Math.abs(size) < 0.005) sizes.delete(price);
  else sizes.set(price, size);
}
