import type { Instant } from "../core/clock.js";
import type { Selection } from "../domain/market.js";
import type { Minor } from "../domain/money.js";
import type { Side, SourceCode } from "../domain/price.js";
import { jointRisks } from "./joint-kelly.js";
import type { Picker } from "./pick.js";
import type { Refusal } from "./refusal.js";
import {
  kellyStake,
  type Proposition,
  type Room,
  roomsOf,
  type Stake,
  stakeOf,
  type Used,
} from "./staking.js";
import type { Fills, Strategy } from "./strategy.js";
import { fairProbability, type MarketView, type Offer } from "./view.js";
import { type Wish, wishesOf } from "./wish.js";

export type { Refusal, RefusalKind } from "./refusal.js";

/** A wish with a reason: nothing has been sent anywhere. */
export interface Intent extends Selection {
  readonly side: Side;
  readonly asOf: Instant;
  /** The worst price that will do: what was quoted, less slippage and what it may move. */
  readonly price: number;
  /** As the source had it. */
  readonly quotedPrice: number;
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

export interface Consideration {
  readonly intents: readonly Intent[];
  readonly refusals: readonly Refusal[];
}

/** Pure: no clock, no store, no network. Backtest and trader both call this, or `considerSlot`, and nothing else. */
export function decide(
  strategy: Strategy,
  view: MarketView,
  picker: Picker | null = null,
): readonly Intent[] {
  return consider(strategy, view, picker).intents;
}

/** `decide` with the reasons of the bets that were not struck. */
export function consider(strategy: Strategy, view: MarketView, picker: Picker | null = null): Consideration {
  return considerSlot(strategy, [view], picker)[0];
}

/**
 * Decide all fixtures of one instant together: they share the bank, the day's limits and, where the strategy says so,
 * the staking. The account is that of the first view: the bets struck here are counted on top of it, in order.
 */
export function considerSlot(
  strategy: Strategy,
  views: readonly MarketView[],
  picker: Picker | null = null,
): Consideration[] {
  const found = views.map((view) => wishesOf(strategy, view, picker));
  const wanted = wantedStakes(
    strategy,
    found.flatMap(({ wishes }) => wishes),
  );
  let used: Used | null = null;
  return found.map(({ wishes, refusals }, index) => {
    used = { ...(used ?? views[index].account), fixtureRiskMinor: 0 };
    const struck = strikeAll(strategy, wishes, wanted, used);
    used = struck.used;
    return { intents: struck.intents, refusals: [...refusals, ...struck.refusals] };
  });
}

/** Stakes before any cap, by wish; a wish without an entry is staked by itself. */
function wantedStakes(strategy: Strategy, wishes: readonly Wish[]): ReadonlyMap<Wish, number> {
  const { staking } = strategy;
  const own = new Map(wishes.flatMap((wish) => (wish.stakeMinor === null ? [] : [[wish, wish.stakeMinor]])));
  if (staking.method !== "kelly" || staking.together === "single") return own;
  const open = wishes.filter((wish) => !own.has(wish));
  const risks = jointRisks(
    open.map((wish) => ({ ...wish, side: wish.offer.side, group: groupOf(wish) })),
    staking.together,
  );
  for (const [index, wish] of open.entries())
    own.set(wish, kellyStake(staking.fraction, propositionOf(wish), risks[index]));
  return own;
}

function groupOf({ view, book }: Wish): string {
  return `${view.fixture.id} ${book.market} ${book.line}`;
}

interface Struck extends Consideration {
  readonly used: Used;
}

function strikeAll(
  strategy: Strategy,
  wishes: readonly Wish[],
  wanted: ReadonlyMap<Wish, number>,
  before: Used,
): Struck {
  const intents: Intent[] = [];
  const refusals: Refusal[] = [];
  let used = before;
  for (const wish of wishes) {
    const rooms = [...roomsOf(strategy.limits, used), ...depthRoom(wish.offer, wish.price, strategy.fills)];
    const stake = stakeOf(strategy.staking, propositionOf(wish), rooms, wanted.get(wish));
    if (stake.kind === "none") refusals.push({ kind: "stake", text: stake.reason });
    else {
      used = spend(used, stake.riskMinor);
      intents.push(intentOf(strategy, wish, stake));
    }
  }
  return { intents, refusals, used };
}

function propositionOf({ view, offer, price, shares, commission }: Wish): Proposition {
  return { side: offer.side, price, shares, commission, bankMinor: view.account.bankMinor };
}

function intentOf(
  strategy: Strategy,
  wish: Wish,
  { stakeMinor, riskMinor, cut }: Extract<Stake, { kind: "stake" }>,
): Intent {
  const { view, book, runner, offer, price, edge } = wish;
  const probability = fairProbability(wish.shares);
  return {
    fixtureId: view.fixture.id,
    market: book.market,
    runner: runner.runner,
    line: book.line,
    side: offer.side,
    asOf: view.asOf,
    price,
    quotedPrice: offer.price,
    source: offer.source,
    observedAt: offer.observedAt,
    probability,
    edge,
    stakeMinor,
    liabilityMinor: riskMinor,
    modelVersion: view.modelVersion,
    because: reason(strategy, wish, probability, cut),
  };
}

/** No more than the share taken of what was on offer, where the source says how much that was. */
function depthRoom({ side, size }: Offer, price: number, { sizeShare }: Fills): Room[] {
  if (size === null) return [];
  const riskMinor = Math.floor(sizeShare * size * 100 * (side === "BACK" ? 1 : price - 1) + 1e-6);
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
function reason(
  { staking }: Strategy,
  { offer, price, edge, reasons, stakeMinor }: Wish,
  probability: number,
  cut: string | null,
): string {
  const method = stakeMinor === null ? staking.method : "stake of the code";
  const parts = [
    `edge ${(100 * edge).toFixed(2)}% at ${price} with ${offer.source}`,
    `ours ${probability.toFixed(4)} against ${(1 / price).toFixed(4)}`,
    ...(price === offer.price ? [] : [`quoted ${offer.price}`]),
    ...reasons,
    cut === null ? method : `${method} cut by ${cut}`,
  ];
  return parts.join("; ");
}
