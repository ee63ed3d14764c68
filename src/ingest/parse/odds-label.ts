import type { Market, Runner } from "../../domain/market.js";
import type { Moment, SourceCode } from "../../domain/price.js";
import { bookCode, isKnownBook } from "./book.js";

/** What a column of prices is about: the odds grammar of football-data.co.uk. */
export interface OddsLabel {
  readonly index: number;
  readonly label: string;
  readonly source: SourceCode;
  readonly market: Market;
  readonly runner: Runner;
  readonly moment: Moment;
  /** The book and C part of the label: what stands before H, >2.5 or AHH. */
  readonly stem: string;
}

/** A label taken apart, before anybody knows whether its stem is a book. */
interface Shape {
  readonly index: number;
  readonly label: string;
  readonly market: Market;
  readonly runner: Runner;
  readonly stem: string;
}

/**
 * The columns of prices among header names, in order.
 *
 * Grammar  `<book>[C](H|D|A)`, `<book>[C](>|<)n.5`, `<book>[C]AH(H|A)`; C is the last price before kick-off. A book
 *          that the catalogue does not know is kept under its own code when all runners of a market are there.
 * Source   football-data.co.uk notes.txt.
 * Option   `allClose`: the extra-leagues files hold closing prices whatever their columns are called.
 */
export function oddsLabels(positions: ReadonlyMap<string, number>, allClose: boolean): OddsLabel[] {
  const shapes = [...positions].flatMap(([label, index]) => shapeOf(label, index) ?? []);
  const stems = new Map<string, Set<Runner>>();
  for (const { market, stem, runner } of shapes) {
    const key = `${market} ${stem}`;
    stems.set(key, (stems.get(key) ?? new Set()).add(runner));
  }
  const isWhole = (market: Market, stem: string): boolean =>
    stems.get(`${market} ${stem}`)?.size === runnerCount(market);
  return shapes.flatMap((shape) => {
    const book = bookOfStem(shape.stem, (stem) => isWhole(shape.market, stem));
    if (!isKnownBook(book.code) && !isWhole(shape.market, shape.stem)) return [];
    return [{ ...shape, source: bookCode(book.code), moment: allClose ? "close" : book.moment }];
  });
}

function runnerCount(market: Market): number {
  return market === "MATCH_ODDS" ? 3 : 2;
}

function shapeOf(label: string, index: number): Shape | null {
  const total = /^(.{1,20})([<>])([0-8])\.5$/.exec(label);
  if (total) {
    const market = TOTALS[Number(total[3])];
    return { index, label, market, runner: total[2] === ">" ? "OVER" : "UNDER", stem: total[1] };
  }
  const handicap = /^(.{1,20})AH([HA])$/.exec(label);
  if (handicap)
    return { index, label, market: "ASIAN_HANDICAP", runner: OUTCOMES[handicap[2]], stem: handicap[1] };
  const outcome = /^(.{1,20})([HDA])$/.exec(label);
  return outcome && { index, label, market: "MATCH_ODDS", runner: OUTCOMES[outcome[2]], stem: outcome[1] };
}

const OUTCOMES: Readonly<Record<string, Runner>> = { H: "HOME", D: "DRAW", A: "AWAY" };
const TOTALS = [
  "OVER_UNDER_05",
  "OVER_UNDER_15",
  "OVER_UNDER_25",
  "OVER_UNDER_35",
  "OVER_UNDER_45",
  "OVER_UNDER_55",
  "OVER_UNDER_65",
  "OVER_UNDER_75",
  "OVER_UNDER_85",
] as const satisfies readonly Market[];

/**
 * Book and moment of a stem. VC is a book and VCC its close; of an unknown stem that ends in C one cannot be sure, and
 * takes it for a close: a closing price read as early would let a backtest look ahead, the reverse only loses a price.
 */
function bookOfStem(stem: string, isWhole: (stem: string) => boolean): { code: string; moment: Moment } {
  const isClose = stem.length > 1 && stem.endsWith("C") && !isKnownBook(stem) && !isWhole(`${stem}C`);
  return isClose ? { code: stem.slice(0, -1), moment: "close" } : { code: stem, moment: "early" };
}
