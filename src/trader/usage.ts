import type { Instant } from "../core/clock.js";
import { DAY_MS, dayOfInstant, startOfDay } from "../core/day.js";
import type { Minor } from "../domain/money.js";
import type { Bet, BetIntent } from "./bet.js";
import { openRiskMinor, riskMinor } from "./exposure.js";

/** What is used of each limit, as seen by one further bet. All >= 0. */
export interface Usage {
  readonly selectionMinor: Minor;
  readonly marketMinor: Minor;
  readonly fixtureMinor: Minor;
  readonly strategyMinor: Minor;
  /** Risk of the bets intended on this UTC day, as it was when they were not denied. */
  readonly dayMinor: Minor;
  /** Ours and other hands'. */
  readonly accountMinor: Minor;
  /** Net loss of the bets settled on this UTC day; 0 when they won. */
  readonly dayLossMinor: Minor;
  readonly unknown: number;
  readonly unknownInMarket: number;
}

/** Add up what a further bet like `wish` would come on top of. */
export function usageFor(
  bets: Iterable<Bet>,
  wish: Pick<BetIntent, "marketId" | "selectionId" | "handicap" | "fixtureId" | "strategy">,
  now: Instant,
  externalMinor: Minor,
): Usage {
  const from = startOfDay(dayOfInstant(now));
  const isToday = (at: Instant): boolean => at >= from && at < from + DAY_MS;
  const sums = { selection: 0, market: 0, fixture: 0, strategy: 0, day: 0, account: externalMinor, won: 0 };
  let unknown = 0;
  let unknownInMarket = 0;
  for (const bet of bets) {
    const { intent, state } = bet;
    const open = openRiskMinor(intent, state);
    const sameMarket = intent.marketId === wish.marketId;
    const sameRunner = intent.selectionId === wish.selectionId && intent.handicap === wish.handicap;
    sums.account += open;
    if (sameMarket) sums.market += open;
    if (sameMarket && sameRunner) sums.selection += open;
    if (intent.fixtureId === wish.fixtureId) sums.fixture += open;
    if (intent.strategy === wish.strategy) sums.strategy += open;
    if (isToday(bet.intendedAt)) sums.day += dayRiskMinor(bet);
    if (state.settled !== null && isToday(state.settled.settledAt))
      sums.won += state.settled.profitMinor - (state.commissionMinor ?? 0);
    if (isUnresolved(bet)) {
      unknown += 1;
      if (sameMarket) unknownInMarket += 1;
    }
  }
  return {
    selectionMinor: sums.selection,
    marketMinor: sums.market,
    fixtureMinor: sums.fixture,
    strategyMinor: sums.strategy,
    dayMinor: sums.day,
    accountMinor: sums.account,
    dayLossMinor: Math.max(0, -sums.won),
    unknown,
    unknownInMarket,
  };
}

/** A reply to a bet's only attempt may still come; without one, and before one, it is as good as unknown. */
export function isUnresolved({ state }: Pick<Bet, "state">): boolean {
  return state.stage === "UNKNOWN" || state.stage === "ABSENT";
}

/** What a bet of today can lose, or could before it was settled; nothing for one that never stood. */
export function dayRiskMinor({ intent, state }: Bet): Minor {
  const open = openRiskMinor(intent, state);
  if (state.settled === null || open > 0) return open;
  return riskMinor(intent.side, state.settled.settledMinor, state.settled.priceMatched ?? intent.price);
}
