import type { Minor } from "../domain/money.js";
import { type Intent, intentOf } from "./intent.js";
import { jointRisks } from "./joint-kelly.js";
import type { Picker } from "./pick.js";
import type { Refusal } from "./refusal.js";
import { kellyStake, type Proposition, roomsOf, stakeOf, type Used } from "./staking.js";
import type { Fills, Strategy } from "./strategy.js";
import type { MarketView, Offer } from "./view.js";
import { type Wish, wishesOf } from "./wish.js";

export type { Intent } from "./intent.js";
export type { Refusal, RefusalKind } from "./refusal.js";

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
    if (wishes.length === 0) return { intents: NONE, refusals };
    used = { ...(used ?? views[index].account), fixtureRiskMinor: 0 };
    const struck = strikeAll(strategy, wishes, wanted, used);
    used = struck.used;
    return { intents: struck.intents, refusals: [...refusals, ...struck.refusals] };
  });
}

const NONE: readonly Intent[] = [];

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
    const depth = depthMinor(wish.offer, wish.price, strategy.fills);
    const rooms = roomsOf(strategy.limits, used);
    if (depth !== null) rooms.push({ riskMinor: depth, rule: "the size on offer" });
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

/**
 * What a bet may lose on the share taken of what was on offer, minor units; null where the source does not say how much
 * that was.
 */
export function depthMinor({ side, size }: Offer, price: number, { sizeShare }: Fills): Minor | null {
  if (size === null) return null;
  return Math.floor(sizeShare * size * 100 * (side === "BACK" ? 1 : price - 1) + 1e-6);
}

function spend(used: Used, riskMinor: Minor): Used {
  return {
    ...used,
    openMinor: used.openMinor + riskMinor,
    fixtureRiskMinor: used.fixtureRiskMinor + riskMinor,
    dayRiskMinor: used.dayRiskMinor + riskMinor,
  };
}
