import type { Instant } from "../core/clock.js";
import type { Selection } from "../domain/market.js";
import { type Minor, toDecimal } from "../domain/money.js";
import type { Side, SourceCode } from "../domain/price.js";
import { bestOffer, saneSources } from "./book.js";
import { edgeOf } from "./edge.js";
import { inRange, judgeFilter } from "./filter.js";
import { type Room, roomsOf, stakeOf, type Used } from "./staking.js";
import type { Range, Strategy } from "./strategy.js";
import {
  type BookView,
  type Chance,
  fairProbability,
  type MarketView,
  type Offer,
  type RunnerView,
} from "./view.js";

/** A wish with a reason: nothing has been sent anywhere. */
export interface Intent extends Selection {
  readonly side: Side;
  readonly asOf: Instant;
  readonly price: number;
  readonly source: SourceCode;
  readonly observedAt: Instant;
  /** Ours that the runner wins (pushes and halves: see `fairProbability`), for backs and lays alike. */
  readonly probability: number;
  /** Expected profit per unit of stake after commission. */
  readonly edge: number;
  /** The backer's stake. */
  readonly stakeMinor: Minor;
  /** What the bet can lose: the stake of a back, (price - 1) x stake of a lay. */
  readonly liabilityMinor: Minor;
  readonly modelVersion: string;
  readonly because: string;
}

export type RefusalKind =
  | "filter"
  | "too-few-games"
  | "no-forecast"
  | "book"
  | "no-price"
  | "price"
  | "edge"
  | "stake"
  | "day-loss";

/** Why there was no bet, on the fixture or on one of its runners. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly text: string;
}

export interface Consideration {
  readonly intents: readonly Intent[];
  readonly refusals: readonly Refusal[];
}

/** Pure: no clock, no store, no network. Backtest and trader both call this and nothing else. */
export function decide(strategy: Strategy, view: MarketView): readonly Intent[] {
  return consider(strategy, view).intents;
}

/** `decide` with the reasons of the bets that were not struck. */
export function consider(strategy: Strategy, view: MarketView): Consideration {
  const state: State = {
    strategy,
    view,
    filtered: [],
    intents: [],
    refusals: [],
    used: { ...view.account, fixtureRiskMinor: 0 },
  };
  if (passesGates(state)) for (const book of view.books) considerBook(state, book);
  return { intents: state.intents, refusals: state.refusals };
}

interface State {
  readonly strategy: Strategy;
  readonly view: MarketView;
  readonly filtered: string[];
  readonly intents: Intent[];
  readonly refusals: Refusal[];
  used: Used;
}

/** What the fixture as a whole must pass. Every failing filter is named, not only the first. */
function passesGates(state: State): boolean {
  const { strategy, view, refusals } = state;
  if (view.refusal !== null) refusals.push({ kind: "no-forecast", text: view.refusal });
  const { perDayLossMinor } = strategy.limits;
  if (perDayLossMinor !== null && view.account.dayLossMinor >= perDayLossMinor)
    refusals.push({ kind: "day-loss", text: `${money(view.account.dayLossMinor)} lost on this day` });
  for (const filter of strategy.filters) {
    const verdict = judgeFilter(filter, view);
    if (verdict.kind === "holds") state.filtered.push(verdict.because);
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
      const offer = bestOffer(runner, side, strategy.prices.sources, sane);
      if (offer) considerOffer(state, book, runner, offer);
      else refusals.push({ kind: "no-price", text: `no ${side} price of ${runner.runner}` });
    }
  }
}

function sidesOf({ side }: Strategy): readonly Side[] {
  if (side === "both") return ["BACK", "LAY"];
  return side === "back" ? ["BACK"] : ["LAY"];
}

function considerOffer(state: State, book: BookView, runner: RunnerView, offer: Offer): void {
  const { strategy, refusals } = state;
  const { chance } = runner;
  if (chance === null) {
    refusals.push({ kind: "no-forecast", text: `the model does not price ${book.market} ${runner.runner}` });
    return;
  }
  if (!inRange(offer.price, strategy.entry.price)) {
    refusals.push({ kind: "price", text: `price ${offer.price} is not ${within(strategy.entry.price)}` });
    return;
  }
  const edge = edgeOf(offer.side, chance.shares, offer.price, strategy.commission);
  if (inRange(edge, strategy.entry.edge)) strike(state, book, runner, offer, chance, edge);
  else refusals.push({ kind: "edge", text: `edge ${edge.toFixed(4)} is not ${within(strategy.entry.edge)}` });
}

function strike(
  state: State,
  book: BookView,
  runner: RunnerView,
  offer: Offer,
  chance: Chance,
  edge: number,
): void {
  const { strategy, view, used } = state;
  const { bankMinor } = view.account;
  const { commission } = strategy;
  const proposition = { side: offer.side, price: offer.price, shares: chance.shares, commission, bankMinor };
  const rooms = [...roomsOf(strategy.limits, used), ...depthRoom(offer)];
  const stake = stakeOf(strategy.staking, proposition, rooms);
  if (stake.kind === "none") {
    state.refusals.push({ kind: "stake", text: stake.reason });
    return;
  }
  const probability = fairProbability(chance.shares);
  state.used = spend(used, stake.riskMinor);
  state.intents.push({
    fixtureId: view.fixture.id,
    market: book.market,
    runner: runner.runner,
    line: book.line,
    side: offer.side,
    asOf: view.asOf,
    price: offer.price,
    source: offer.source,
    observedAt: offer.observedAt,
    probability,
    edge,
    stakeMinor: stake.stakeMinor,
    liabilityMinor: stake.riskMinor,
    modelVersion: view.modelVersion,
    because: reason(state, offer, probability, edge, stake.cut),
  });
}

/** No more than was on offer, where the source says how much that was. */
function depthRoom({ side, price, size }: Offer): Room[] {
  if (size === null) return [];
  const riskMinor = Math.floor(size * 100 * (side === "BACK" ? 1 : price - 1));
  return [{ riskMinor, rule: "the size on offer" }];
}

function spend(used: Used, riskMinor: Minor): Used {
  return {
    ...used,
    openMinor: used.openMinor + riskMinor,
    fixtureRiskMinor: used.fixtureRiskMinor + riskMinor,
    dayRiskMinor: used.dayRiskMinor + riskMinor,
  };
}

/** No commas: the text goes into CSV files that people split by hand. */
function reason(state: State, offer: Offer, probability: number, edge: number, cut: string | null): string {
  const { strategy, filtered } = state;
  const parts = [
    `edge ${(100 * edge).toFixed(2)}% at ${offer.price} with ${offer.source}`,
    `ours ${probability.toFixed(4)} against ${(1 / offer.price).toFixed(4)}`,
    ...filtered,
    cut === null ? strategy.staking.method : `${strategy.staking.method} cut by ${cut}`,
  ];
  return parts.join("; ");
}

function within({ min, max }: Range): string {
  if (min === null) return `<= ${max}`;
  return max === null ? `>= ${min}` : `within ${min} to ${max}`;
}

function money(minor: Minor): string {
  return toDecimal(minor).toFixed(2);
}
