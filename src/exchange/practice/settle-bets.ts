import type { Instant } from "../../core/clock.js";
import { averageOf } from "../simulator/average.js";
import { isLive } from "../simulator/order.js";
import { commissionOf, endingOf, settleOrder } from "../simulator/settle.js";
import type { Bet } from "./bet.js";
import { BASE_RATE } from "./definition-json.js";
import type { Exchange } from "./exchange-state.js";
import { countEnded } from "./exposure.js";
import { currentPhase, type PracticeMarket } from "./market.js";

/** After an update: bets that were matched further, or that have come to their end. */
export function endBets(exchange: Exchange, market: PracticeMarket, at: Instant): void {
  if (market.open.length === 0) return;
  const changed = market.open.filter((bet) => bet.told !== stateOf(bet));
  for (const bet of changed) {
    if (bet.order.fills.length > 0) bet.matchedAt = bet.order.fills.at(-1)?.at ?? null;
    tellBet(exchange, bet, at);
  }
  if (changed.length === 0) return;
  market.open = market.open.filter(({ order }) => isLive(order));
  exchange.listeners.bets(market, changed, at);
}

/** Remember a bet's state as told, in the event hash too. */
export function tellBet(exchange: Exchange, bet: Bet, at: Instant): void {
  bet.told = stateOf(bet);
  if (!isLive(bet.order) && bet.endedAt === null) {
    bet.endedAt = at;
    const market = exchange.markets.get(bet.marketId);
    if (market !== undefined) countEnded(market, bet.order);
  }
  exchange.hashes.get(bet.marketId)?.update(`${at} ${bet.betId} ${bet.orderRef} ${bet.told}\n`);
}

function stateOf({ order }: Bet): string {
  const { hundredths } = averageOf(order.fills);
  const { status, matchedMinor, lapsedMinor, cancelledMinor, voidedMinor, persistence } = order;
  return `${status} ${matchedMinor}@${hundredths} ${lapsedMinor} ${cancelledMinor} ${voidedMinor} ${persistence}`;
}

/** At the close: each bet's profit, the market's commission, and the account's balance. */
export function settleBets(exchange: Exchange, market: PracticeMarket, at: Instant): void {
  if (currentPhase(market).status !== "CLOSED" || market.settledAt !== null) return;
  market.settledAt = at;
  const { definition } = market.simulation.book;
  let profitMinor = 0;
  for (const bet of market.bets) {
    bet.profitMinor = settleOrder(bet.order, endingOf(definition, bet.order)).profitMinor;
    bet.settledAt = at;
    bet.endedAt ??= at;
    profitMinor += bet.profitMinor;
    exchange.hashes.get(market.marketId)?.update(`${at} ${bet.betId} settled ${bet.profitMinor}\n`);
  }
  const commissionMinor = commissionOf(profitMinor, BASE_RATE);
  exchange.balanceMinor += profitMinor - commissionMinor;
  exchange.settled.set(market.marketId, { profitMinor, commissionMinor });
  market.exposureMinor = 0;
  exchange.listeners.bets(market, market.bets, at);
}
