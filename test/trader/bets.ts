import { CLASSIC } from "../../src/domain/ladder.js";
import type { BetIntent } from "../../src/trader/bet.js";
import { orderRef } from "../../src/trader/intent-key.js";
import type { OrderFacts } from "../../src/trader/order-facts.js";

/** 2025-01-04T12:00:00Z, a Saturday. */
export const NOON = 1_735_992_000_000;

/** 10.00 on a home win at 3.00 or better, in market 1.1, except as told. */
export function intent(told: Partial<BetIntent> = {}): BetIntent {
  const key = told.key ?? "paper|sample|1.1|47|0|back|early";
  const price = told.price ?? 3;
  return {
    key,
    orderRef: orderRef(key),
    strategyRef: "sample-00000",
    strategy: "sample",
    slot: "early",
    venue: "paper",
    marketId: "1.1",
    selectionId: 47,
    handicap: 0,
    ladder: "CLASSIC",
    side: "back",
    tick: CLASSIC.tick(price),
    price,
    sizeMinor: 1000,
    marketVersion: 1,
    fixtureId: 1,
    fixture: "Arsenal v Burnley",
    league: "E0",
    startsAt: NOON + 3 * 3_600_000,
    market: "MATCH_ODDS",
    runner: "HOME",
    line: 0,
    why: {
      asOf: NOON,
      modelVersion: "poisson",
      source: "BFE",
      quotedPrice: price,
      observedAt: NOON,
      probability: 0.4,
      edge: 0.2,
      because: "edge 20%",
    },
    ...told,
  };
}

/** An order of 10.00 of which `matched` is matched at 3 and the rest remains. */
export function order(betId: string, matchedMinor = 0, told: Partial<OrderFacts> = {}): OrderFacts {
  return {
    betId,
    placedAt: NOON,
    sizeMinor: 1000,
    matchedMinor,
    averagePrice: matchedMinor > 0 ? 3 : null,
    remainingMinor: 1000 - matchedMinor,
    lapsedMinor: 0,
    cancelledMinor: 0,
    voidedMinor: 0,
    ...told,
  };
}
