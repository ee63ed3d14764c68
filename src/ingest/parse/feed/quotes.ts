import type { Instant } from "../../../core/clock.js";
import { MARKETS, type Market, type QuarterLine, type Runner, totalLine } from "../../../domain/market.js";
import type { PriceSource, Quote, QuoteKind, Side } from "../../../domain/price.js";
import { type Draft, remark, setAside, shown } from "./draft.js";
import { numberOf } from "./field.js";
import type { FeedCellRule } from "./rule.js";

/** A price as a feed tells it. */
export interface ToldPrice {
  readonly book: PriceSource;
  readonly market: Market;
  readonly runner: Runner;
  readonly line?: QuarterLine;
  readonly side?: Side;
  readonly price: unknown;
  readonly size?: number | null;
  readonly observedAt: Instant;
  /** Where in the row it stands. */
  readonly path: string;
}

const HIGHEST = 1001;

/** Add a price to `quotes`; one that is no price is set aside. A feed's price is an observation at its instant. */
export function addQuote(draft: Draft, quotes: Quote[], told: ToldPrice): void {
  const price = numberOf(told.price);
  const fault = faultOf(price, told.price);
  if (price === null || fault !== null) {
    const { rule, text } = fault ?? NOT_NUMERIC;
    setAside(draft, told.path, rule, text);
    return;
  }
  draft.sources.set(told.book.code, told.book);
  const { line = 0, size = null, observedAt } = told;
  quotes.push({ kind: kindOf(draft, told), line, price, size, observedAt });
}

interface Fault {
  readonly rule: FeedCellRule;
  readonly text: string;
}

const NOT_NUMERIC: Fault = { rule: "price-not-numeric", text: "no price" };

function faultOf(price: number | null, told: unknown): Fault | null {
  if (price === null) return { ...NOT_NUMERIC, text: `no price, was ${shown(told)}` };
  if (price <= 1) return { rule: "price-not-above-one", text: `a price above 1, was ${price}` };
  return price > HIGHEST ? { rule: "price-above-1001", text: `a price up to 1001, was ${price}` } : null;
}

/** Say once a row that it was priced after its kick-off. */
export function remarkInPlay(draft: Draft, quotes: readonly Quote[], kickOff: Instant | null): void {
  const late = kickOff === null ? 0 : quotes.filter(({ observedAt }) => observedAt >= kickOff).length;
  if (late > 0) remark(draft, "", "in-play-price", `${late} prices observed after the kick-off`);
}

function kindOf({ kinds }: Draft, { book, market, runner, side = "BACK" }: ToldPrice): QuoteKind {
  const key = `${book.code} ${market} ${runner} ${side}`;
  const known = kinds.get(key);
  if (known) return known;
  const kind: QuoteKind = { source: book.code, market, runner, side, moment: "tick" };
  kinds.set(key, kind);
  return kind;
}

/** The market and line of a total of goals: a market of its own from 0.5 to 8.5, else a line in quarters. */
export function totalMarket(points: number): { readonly market: Market; readonly line: QuarterLine } | null {
  const quarters = points * 4;
  if (!Number.isInteger(quarters) || points <= 0 || points > 20) return null;
  const named = MARKETS.find((market) => totalLine(market) === points);
  if (named) return { market: named, line: 0 };
  return { market: "ALT_TOTAL_GOALS", line: quarters };
}

/** A handicap on the home side in quarters; null when it is off the grid or beyond ten goals. */
export function handicapLine(goals: number): QuarterLine | null {
  const quarters = goals * 4;
  return Number.isInteger(quarters) && Math.abs(goals) <= 10 ? quarters + 0 : null;
}
