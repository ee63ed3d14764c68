import type { PriceSource, SourceCode } from "../../domain/price.js";

/** How a source comes to its prices, which decides what its book may sum to. */
export type Quoting = "book" | "exchange" | "maximum" | "average";

/** Sums of 1/price over a market's runners that are believed; above `thin` the book is kept but flagged. */
export interface BookGate {
  readonly low: number;
  readonly high: number;
  readonly thin: number;
}

/** Books that football-data.co.uk names in its notes, by its own codes. P is how it shortens PS beside OU and AH. */
const BOOKS: ReadonlyMap<SourceCode, readonly [name: string, quoting: Quoting]> = new Map([
  ["B365", ["Bet365", "book"]],
  ["1XB", ["1xBet", "book"]],
  ["BF", ["Betfair Sportsbook", "book"]],
  ["BFD", ["Betfred", "book"]],
  ["BFE", ["Betfair Exchange", "exchange"]],
  ["BMGM", ["BetMGM", "book"]],
  ["BS", ["Blue Square", "book"]],
  ["BV", ["BetVictor", "book"]],
  ["BW", ["Bet&Win", "book"]],
  ["CL", ["Coral", "book"]],
  ["GB", ["Gamebookers", "book"]],
  ["IW", ["Interwetten", "book"]],
  ["LB", ["Ladbrokes", "book"]],
  ["PS", ["Pinnacle", "book"]],
  ["SB", ["Sportingbet", "book"]],
  ["SJ", ["Stan James", "book"]],
  ["SO", ["Sporting Odds", "book"]],
  ["SY", ["Stanleybet", "book"]],
  ["VC", ["VC Bet", "book"]],
  ["WH", ["William Hill", "book"]],
  ["Max", ["Market maximum", "maximum"]],
  ["Avg", ["Market average", "average"]],
  ["BbMx", ["Betbrain maximum", "maximum"]],
  ["BbAv", ["Betbrain average", "average"]],
]);

const SHORT_CODES: ReadonlyMap<string, SourceCode> = new Map([["P", "PS"]]);

/** The one code of a book whatever column family names it. */
export function bookCode(code: string): SourceCode {
  return SHORT_CODES.get(code) ?? code;
}

export function isKnownBook(code: string): boolean {
  return BOOKS.has(bookCode(code));
}

/** A source by its code; a code nobody knows is a bookmaker of that name. */
export function describeSource(code: SourceCode): PriceSource {
  const [name, quoting] = BOOKS.get(code) ?? [code, "book"];
  return { code, name, kind: SOURCE_KINDS[quoting] };
}

const SOURCE_KINDS = {
  book: "bookmaker",
  exchange: "exchange",
  maximum: "aggregate",
  average: "aggregate",
} as const satisfies Record<Quoting, PriceSource["kind"]>;

/**
 * The gate for a source's books.
 *
 * A single book sums to 0.95 to 1.25, and so does an average of books. A maximum of fifty books is under 1 in a third
 * of all matches, but under 0.85 one of the fifty is a slip. A thin exchange asks any price above: those books are
 * kept, because a strategy must be able to see and refuse them, and flagged beyond 1.15.
 */
export function bookGate(code: SourceCode): BookGate {
  return GATES[BOOKS.get(code)?.[1] ?? "book"];
}

const GATES: Readonly<Record<Quoting, BookGate>> = {
  book: { low: 0.95, high: 1.25, thin: Number.POSITIVE_INFINITY },
  average: { low: 0.95, high: 1.25, thin: Number.POSITIVE_INFINITY },
  maximum: { low: 0.85, high: 1.25, thin: Number.POSITIVE_INFINITY },
  exchange: { low: 0.95, high: Number.POSITIVE_INFINITY, thin: 1.15 },
};
