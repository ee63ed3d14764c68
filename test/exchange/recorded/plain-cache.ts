import type { MarketBook, RunnerBook } from "../../../src/exchange/recorded/book.js";
import { type Levels, sizeAt, ticksOf } from "../../../src/exchange/recorded/levels.js";

/**
 * The cache of the exchange's documentation in its plainest form, straight from JSON into Maps: what the books of the
 * project are held against. Shares no code with them; prices and sizes stay the numbers of the file.
 */
export interface PlainRunner {
  readonly ladders: Record<string, Map<number, number>>;
  readonly levels: Record<string, Map<number, readonly [number, number]>>;
  ltp: number | null;
  tv: number;
  spn: number;
  spf: number;
}

export interface PlainMarket {
  runners: Map<string, PlainRunner>;
  tv: number;
  definition: unknown;
  pt: number;
}

const LADDERS = ["atb", "atl", "trd", "spb", "spl"] as const;
const LEVELS = ["batb", "batl", "bdatb", "bdatl"] as const;

type Pairs = readonly (readonly [number, number])[];
type Triples = readonly (readonly [number, number, number])[];
type RunnerChange = { readonly id: number; readonly hc?: number } & {
  readonly [name in (typeof LADDERS)[number]]?: Pairs;
} & {
  readonly [name in (typeof LEVELS)[number]]?: Triples;
} & { readonly [name in "ltp" | "tv"]?: number } & { readonly [name in "spn" | "spf"]?: number | string };

/** A message as the files hold them; what is not used here is left out. */
export interface Message {
  readonly pt: number;
  readonly mc?: readonly {
    readonly id: string;
    readonly img?: boolean;
    readonly tv?: number;
    readonly marketDefinition?: unknown;
    readonly rc?: readonly RunnerChange[];
  }[];
}

type View = { readonly key: string; readonly ltp: number | null; readonly tv: number } & {
  readonly [name in (typeof LADDERS)[number] | (typeof LEVELS)[number]]?: readonly unknown[];
};

const freshRunner = (): PlainRunner => ({
  ladders: Object.fromEntries(LADDERS.map((name) => [name, new Map()])),
  levels: Object.fromEntries(LEVELS.map((name) => [name, new Map()])),
  ltp: null,
  tv: 0,
  spn: Number.NaN,
  spf: Number.NaN,
});
export function applyPlain(markets: Map<string, PlainMarket>, message: Message): string[] {
  const changed: string[] = [];
  for (const change of message.mc ?? []) {
    const market = markets.get(change.id) ?? { runners: new Map(), tv: 0, definition: null, pt: 0 };
    markets.set(change.id, market);
    changed.push(change.id);
    market.pt = message.pt;
    if (change.img === true) {
      market.runners = new Map();
      market.tv = 0;
    }
    if (change.marketDefinition) market.definition = change.marketDefinition;
    if (change.tv !== undefined) market.tv = change.tv;
    for (const rc of change.rc ?? []) applyRunner(market, rc);
  }
  return changed;
}
function applyRunner(market: PlainMarket, rc: RunnerChange): void {
  const key = `${rc.id}/${rc.hc ?? 0}`;
  const runner = market.runners.get(key) ?? freshRunner();
  market.runners.set(key, runner);
  for (const name of LADDERS) {
    const ladder = runner.ladders[name];
    if (name === "trd" && rc.trd?.length === 0) ladder.clear();
    for (const [price, size] of rc[name] ?? []) {
      if (size === 0) ladder.delete(price);
      else ladder.set(price, size);
    }
  }
  for (const name of LEVELS)
    for (const [level, price, size] of rc[name] ?? []) {
      if (size === 0) runner.levels[name].delete(level);
      else runner.levels[name].set(level, [price, size]);
    }
  if (rc.ltp !== undefined) runner.ltp = rc.ltp;
  if (rc.tv !== undefined) runner.tv = rc.tv;
  if (rc.spn !== undefined) runner.spn = Number(rc.spn);
  if (rc.spf !== undefined) runner.spf = Number(rc.spf);
}

/** The plain market as comparable data. Runners without anything in them are left out: an image may not restate them. */
export function plainView(market: PlainMarket) {
  const runners = [...market.runners].map(([key, runner]) => {
    const view = {
      key,
      ...Object.fromEntries(LADDERS.map((name) => [name, sorted(runner.ladders[name])])),
      ...Object.fromEntries(
        LEVELS.map((name) => [
          name,
          [...runner.levels[name]].sort(([a], [b]) => a - b).map(([level, pair]) => [level, ...pair]),
        ]),
      ),
      ltp: runner.ltp,
      tv: runner.tv,
      spn: String(runner.spn),
      spf: String(runner.spf),
    };
    return view;
  });
  return { pt: market.pt, tv: market.tv, runners: runners.filter(hasContent).sort(byKey) };
}

/** A book of the project in the same shape, read through its public functions. */
export function bookView(book: MarketBook) {
  const runners = book.runners.map((runner) => ({
    key: `${runner.selectionId}/${runner.handicap}`,
    atb: ladderView(book, runner.back),
    atl: ladderView(book, runner.lay),
    trd: ladderView(book, runner.traded),
    spb: startingView(runner.startingBack),
    spl: startingView(runner.startingLay),
    batb: levelView(book, runner, 0),
    batl: levelView(book, runner, 1),
    bdatb: levelView(book, runner, 2),
    bdatl: levelView(book, runner, 3),
    ltp: runner.lastTick < 0 ? null : book.ladder.price(runner.lastTick),
    tv: runner.volumeMinor / 100,
    spn: String(runner.near),
    spf: String(runner.far),
  }));
  return {
    pt: book.publishTime,
    tv: book.volumeMinor / 100,
    runners: runners.filter(hasContent).sort(byKey),
  };
}

const sorted = (ladder: Map<number, number>) => [...ladder].sort(([a], [b]) => a - b);

const ladderView = ({ ladder }: MarketBook, levels: Levels | null) =>
  [...ticksOf(levels)].sort((a, b) => a - b).map((tick) => [ladder.price(tick), sizeAt(levels, tick) / 100]);

const startingView = (waiting: Map<number, number> | null) =>
  sorted(waiting ?? new Map()).map(([price, size]) => [price, size / 100]);

function levelView({ ladder }: MarketBook, runner: RunnerBook, which: number) {
  const levels = runner.levels?.[which];
  if (!levels) return [];
  return [...levels.ticks].flatMap((tick, level) =>
    tick < 0 ? [] : [[level, ladder.price(tick), levels.sizes[level] / 100]],
  );
}
const hasContent = (view: View) =>
  [...LADDERS, ...LEVELS].some((name) => (view[name]?.length ?? 0) > 0) || view.ltp !== null || view.tv !== 0;

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
