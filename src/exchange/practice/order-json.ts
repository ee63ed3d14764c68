import { toDecimal } from "../../domain/money.js";
import { averageOf } from "../simulator/average.js";
import { remainingMinor } from "../simulator/order.js";
import type { Bet } from "./bet.js";

/** What has changed in one market, as the order stream writes it: orders whole, grouped by runner. */
export function orderChange(marketId: string, bets: readonly Bet[], fullImage: boolean): object {
  const runners = new Map<number, Bet[]>();
  for (const bet of bets) {
    const { selectionId } = bet.order.request;
    runners.set(selectionId, [...(runners.get(selectionId) ?? []), bet]);
  }
  return {
    id: marketId,
    ...(fullImage ? { fullImage: true } : {}),
    orc: [...runners].map(([id, mine]) => ({
      id,
      ...(fullImage ? { fullImage: true } : {}),
      uo: mine.map(orderJson),
      ...matchedOf(mine),
    })),
  };
}

const TYPES = { LIMIT: "L", LIMIT_ON_CLOSE: "LOC", MARKET_ON_CLOSE: "MOC" } as const;
const PERSISTENCES = { LAPSE: "L", PERSIST: "P", MARKET_ON_CLOSE: "MOC" } as const;
const LAPSES: Readonly<Record<string, string>> = {
  MARKET_SUSPENDED: "MKT_SUSPENDED",
  TURNED_IN_PLAY: "MKT_SUSPENDED",
  MARKET_VERSION: "MKT_VERSION",
  STARTING_PRICE_LIABILITY: "SMALL_STAKE",
  STARTING_PRICE_LIMIT: "SP_IN_PLAY",
};

function orderJson(bet: Bet): object {
  const { order } = bet;
  const { matchedMinor, hundredths } = averageOf(order.fills);
  return {
    id: bet.betId,
    p: order.request.price ?? 0,
    s: toDecimal(order.sizeMinor),
    side: order.request.side === "BACK" ? "B" : "L",
    status: bet.endedAt === null ? "E" : "EC",
    pt: PERSISTENCES[order.persistence],
    ot: TYPES[order.request.type],
    pd: bet.placedAt,
    ...(bet.matchedAt === null ? {} : { md: bet.matchedAt }),
    ...(order.lapsedMinor > 0 ? { ld: bet.endedAt, lsrc: LAPSES[order.reason ?? ""] ?? "MKT_UNKNOWN" } : {}),
    ...(matchedMinor > 0 ? { avp: hundredths / 100 } : {}),
    sm: toDecimal(matchedMinor),
    sr: toDecimal(Math.max(0, remainingMinor(order))),
    sl: toDecimal(order.lapsedMinor),
    sc: toDecimal(order.cancelledMinor),
    sv: toDecimal(order.voidedMinor),
    ...(bet.orderRef === "" ? {} : { rfo: bet.orderRef }),
    ...(bet.strategyRef === "" ? {} : { rfs: bet.strategyRef }),
  };
}

/** Matched size by price, backs and lays apart. */
function matchedOf(bets: readonly Bet[]): object {
  const sides = { BACK: new Map<number, number>(), LAY: new Map<number, number>() };
  for (const { order } of bets)
    for (const { hundredths, sizeMinor } of order.fills) {
      const side = sides[order.request.side];
      side.set(hundredths, (side.get(hundredths) ?? 0) + sizeMinor);
    }
  const list = (side: ReadonlyMap<number, number>) =>
    [...side].map(([price, size]) => [price / 100, size / 100]);
  return {
    ...(sides.BACK.size > 0 ? { mb: list(sides.BACK) } : {}),
    ...(sides.LAY.size > 0 ? { ml: list(sides.LAY) } : {}),
  };
}
