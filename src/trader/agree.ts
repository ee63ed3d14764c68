import type { Instant } from "../core/clock.js";
import type { Minor } from "../domain/money.js";
import type { ClearedMarket, ClearedOrder } from "../exchange/venue.js";
import type { Bet } from "./bet.js";
import type { Told } from "./bet-book.js";
import { shareOut } from "./share-out.js";

/** A market whose total is not what its orders come to. */
export interface Disagreement {
  readonly marketId: string;
  /** Of its orders, ours and other hands', as the venue lists them. */
  readonly ordersMinor: Minor;
  /** Of our bets, as the ledger has them. */
  readonly ledgerMinor: Minor;
  /** As the venue gives it for the market. */
  readonly marketMinor: Minor;
}

export interface Agreement {
  readonly told: readonly Told[];
  readonly disagreements: readonly Disagreement[];
}

/**
 * Hold our settled bets against the venue's total of their market, and give each its share of the commission: winners
 * carry it by their winnings, those of other hands theirs.
 *
 * A market agrees when its orders add up to its total, before or after commission as the venue may show it, and ours in
 * the ledger to ours at the venue, to the minor unit.
 */
export function agreeMarkets(
  settled: readonly Bet[],
  cleared: readonly ClearedOrder[],
  markets: readonly ClearedMarket[],
  now: Instant,
): Agreement {
  const told: Told[] = [];
  const disagreements: Disagreement[] = [];
  const betsOf = grouped(settled, ({ intent }) => intent.marketId);
  const ordersOf = grouped(cleared, ({ marketId }) => marketId);
  for (const market of markets) {
    const ours = betsOf.get(market.marketId) ?? [];
    if (ours.length === 0) continue;
    const orders = ordersOf.get(market.marketId) ?? [];
    const ordersMinor = sum(orders.map(({ profitMinor }) => profitMinor));
    const ledgerMinor = sum(ours.map(profitOf));
    const atVenue = sum(orders.filter((order) => isOurs(order, ours)).map(({ profitMinor }) => profitMinor));
    const { profitMinor: marketMinor, commissionMinor } = market;
    const agrees = marketMinor === ordersMinor || marketMinor === ordersMinor - commissionMinor;
    if (agrees && ledgerMinor === atVenue) told.push(...shares(ours, orders, commissionMinor, now));
    else disagreements.push({ marketId: market.marketId, ordersMinor, ledgerMinor, marketMinor });
  }
  return { told, disagreements };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function shares(
  ours: readonly Bet[],
  orders: readonly ClearedOrder[],
  commissionMinor: Minor,
  at: Instant,
): Told[] {
  const others = orders.filter((order) => !isOurs(order, ours));
  const winnings = [...ours.map(profitOf), ...others.map(({ profitMinor }) => profitMinor)];
  const parts = shareOut(
    commissionMinor,
    winnings.map((profit) => Math.max(0, profit)),
  );
  return ours.map(({ intent: { key } }, index) => ({
    key,
    event: { kind: "reconciled", at, commissionMinor: parts[index] ?? 0 },
  }));
}

function isOurs({ betId }: ClearedOrder, ours: readonly Bet[]): boolean {
  return ours.some(({ state }) => state.settled?.betId === betId);
}

function profitOf({ state }: Bet): Minor {
  return state.settled?.profitMinor ?? 0;
}

function sum(amounts: readonly Minor[]): Minor {
  return amounts.reduce((total, amount) => total + amount, 0);
}
