import { type Minor, toDecimal, toMinor } from "../domain/money.js";
import type { Side } from "../domain/price.js";
import { bestOffer, saneSources } from "./book.js";
import { edgeOf } from "./edge.js";
import { inRange, judgeFilter } from "./filter.js";
import type { Pick, Picker } from "./pick.js";
import type { Refusal } from "./refusal.js";
import { secondDoubt } from "./second-doubt.js";
import { commissionOf, type Range, type Strategy } from "./strategy.js";
import { takenPrice, worstPrice } from "./taken-price.js";
import {
  type BookView,
  type MarketView,
  type Offer,
  type OutcomeShares,
  plainShares,
  type RunnerView,
} from "./view.js";

/** A bet worth striking, without a stake yet. */
export interface Wish {
  readonly view: MarketView;
  readonly book: BookView;
  readonly runner: RunnerView;
  readonly offer: Offer;
  /** The worst price that will do, after slippage and what the price may move. */
  readonly price: number;
  readonly shares: OutcomeShares;
  readonly commission: number;
  readonly edge: number;
  /** Asked for by the strategy's code; null leaves it to the staking. */
  readonly stakeMinor: Minor | null;
  /** What else spoke for it. */
  readonly reasons: readonly string[];
}

export interface Wishes {
  readonly wishes: readonly Wish[];
  readonly refusals: readonly Refusal[];
}

interface State {
  readonly strategy: Strategy;
  readonly view: MarketView;
  readonly picks: readonly Pick[] | null;
  readonly filtered: string[];
  readonly wishes: Wish[];
  readonly refusals: Refusal[];
}

/** Every bet of a fixture that gates, books, prices and edges allow, and why the others are none. */
export function wishesOf(strategy: Strategy, view: MarketView, picker: Picker | null): Wishes {
  const state: State = { strategy, view, picks: null, filtered: [], wishes: [], refusals: [] };
  if (!passesGates(state)) return state;
  const asked: State = picker === null ? state : { ...state, picks: picker(view) };
  for (const book of view.books) considerBook(asked, book);
  return state;
}

/** What the fixture as a whole must pass. Every failing filter is named, not only the first. */
function passesGates({ strategy, view, refusals, filtered }: State): boolean {
  if (view.refusal !== null) refusals.push({ kind: "no-forecast", text: view.refusal });
  const { perDayLossMinor } = strategy.limits;
  if (perDayLossMinor !== null && view.account.dayLossMinor >= perDayLossMinor)
    refusals.push({ kind: "day-loss", text: `${money(view.account.dayLossMinor)} lost on this day` });
  for (const filter of strategy.filters) {
    const verdict = judgeFilter(filter, view);
    if (verdict.kind === "holds") filtered.push(verdict.because);
    else
      refusals.push({ kind: verdict.kind === "too-few" ? "too-few-games" : "filter", text: verdict.because });
  }
  return refusals.length === 0;
}

function considerBook(state: State, book: BookView): void {
  const { strategy, refusals } = state;
  if (!strategy.markets.includes(book.market)) return;
  const { sane, refusals: books } = saneSources(book, strategy.prices);
  for (const text of books) refusals.push({ kind: "book", text });
  for (const runner of book.runners) {
    if (strategy.runners !== null && !strategy.runners.includes(runner.runner)) continue;
    for (const side of sidesOf(strategy)) {
      const pick = pickOf(state, book, runner, side);
      if (pick === "not-picked") continue;
      const offer = bestOffer(runner, side, strategy, sane);
      if (offer) considerOffer(state, book, runner, offer, pick);
      else refusals.push({ kind: "no-price", text: `no ${side} price of ${runner.runner}` });
    }
  }
}

/** What the code says of a selection; null where no code is asked. */
function pickOf(
  { picks }: State,
  book: BookView,
  { runner }: RunnerView,
  side: Side,
): Pick | null | "not-picked" {
  if (picks === null) return null;
  return (
    picks.find(
      (pick) =>
        pick.market === book.market &&
        pick.line === book.line &&
        pick.runner === runner &&
        pick.side === side,
    ) ?? "not-picked"
  );
}

function sidesOf({ side }: Strategy): readonly Side[] {
  if (side === "both") return ["BACK", "LAY"];
  return side === "back" ? ["BACK"] : ["LAY"];
}

function considerOffer(
  state: State,
  book: BookView,
  runner: RunnerView,
  offer: Offer,
  pick: Pick | null,
): void {
  const { strategy, view, filtered } = state;
  const terms = termsOf(strategy, runner, offer, pick);
  if ("kind" in terms) {
    state.refusals.push(terms);
    return;
  }
  const doubt = secondDoubt(strategy, runner, offer.side, terms.price, terms.commission);
  if (doubt.kind === "doubted") {
    state.refusals.push({ kind: "unconfirmed", text: doubt.text });
    return;
  }
  const stakeMinor = pick?.stake == null ? null : toMinor(pick.stake);
  const reasons = [...doubt.reasons, ...filtered, ...(pick?.because ? [pick.because] : [])];
  state.wishes.push({ view, book, runner, offer, ...terms, stakeMinor, reasons });
}

interface Terms {
  readonly shares: OutcomeShares;
  readonly price: number;
  readonly commission: number;
  readonly edge: number;
}

/** What a bet at an offer would come to, or why it is none: range on the price seen, edge on the price that is had. */
function termsOf(strategy: Strategy, runner: RunnerView, offer: Offer, pick: Pick | null): Terms | Refusal {
  const { entry, fills } = strategy;
  const own = pick?.probability ?? null;
  const shares = own === null ? (runner.chance?.shares ?? null) : plainShares(own);
  if (shares === null) return { kind: "no-forecast", text: `the model does not price ${runner.runner}` };
  if (!inRange(offer.price, entry.price))
    return { kind: "price", text: `price ${offer.price} is not ${within(entry.price)}` };
  const had = takenPrice(offer.side, offer.price, fills);
  const price = had === 0 ? 0 : worstPrice(offer.side, had, fills);
  if (price === 0) return { kind: "price", text: `nothing is left of price ${offer.price} after slippage` };
  const commission = commissionOf(strategy, offer.source);
  const edge = edgeOf(offer.side, shares, price, commission);
  if (!inRange(edge, entry.edge))
    return { kind: "edge", text: `edge ${edge.toFixed(4)} is not ${within(entry.edge)}` };
  return { shares, price, commission, edge };
}

function within({ min, max }: Range): string {
  if (min === null) return `<= ${max}`;
  return max === null ? `>= ${min}` : `within ${min} to ${max}`;
}

function money(minor: Minor): string {
  return toDecimal(minor).toFixed(2);
}
