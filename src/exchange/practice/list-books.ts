import { bookWeight, MOST_WEIGHT, type PriceData } from "../betfair/weights.js";
import { ApiError, type Params, recordOf, textsOf } from "./api-error.js";
import { betDelayOf, iso } from "./definition-json.js";
import type { Exchange } from "./exchange-state.js";
import { currentPhase, type PracticeMarket, versionOf } from "./market.js";
import { scoreAt } from "./match-script.js";

const PRICE_DATA: readonly PriceData[] = [
  "SP_AVAILABLE",
  "SP_TRADED",
  "EX_BEST_OFFERS",
  "EX_ALL_OFFERS",
  "EX_TRADED",
];
const DEPTH = 3;

/** listMarketBook: the crowd's offers, without what the account itself offers. */
export function listMarketBook(
  exchange: Exchange,
  params: Params,
): { markets: PracticeMarket[]; books: object[] } {
  const ids = textsOf(params, "marketIds");
  if (ids === null) throw new ApiError("INVALID_INPUT_DATA", "marketIds");
  const data = priceData(params);
  if (bookWeight(data) * ids.length > MOST_WEIGHT) throw new ApiError("TOO_MUCH_DATA");
  const markets = [...new Set(ids)]
    .map((id) => exchange.markets.get(id))
    .filter((market) => market !== undefined);
  return { markets, books: markets.map((market) => bookOf(market, data)) };
}

function priceData(params: Params): PriceData[] {
  const asked = textsOf(recordOf(params, "priceProjection"), "priceData") ?? [];
  return asked.map((name) => {
    const known = PRICE_DATA.find((one) => one === name);
    if (known === undefined) throw new ApiError("INVALID_INPUT_DATA", "priceData");
    return known;
  });
}

function bookOf(market: PracticeMarket, data: readonly PriceData[]): object {
  const { status, inPlay } = currentPhase(market);
  const { book } = market.simulation;
  const active = status === "CLOSED" ? 0 : market.runnerIds.length;
  return {
    marketId: market.marketId,
    isMarketDataDelayed: false,
    status,
    betDelay: betDelayOf(market),
    bspReconciled: book.definition?.bspReconciled ?? false,
    complete: true,
    inplay: inPlay,
    numberOfWinners: 1,
    numberOfRunners: market.runnerIds.length,
    numberOfActiveRunners: active,
    lastMatchTime: iso(Math.max(0, book.publishTime)),
    totalMatched: market.crowd.total,
    totalAvailable: totalAvailable(market),
    crossMatching: true,
    runnersVoidable: false,
    version: versionOf(market),
    runners: market.runnerIds.map((_, i) => runnerOf(market, i, data)),
  };
}

function totalAvailable({ crowd }: PracticeMarket): number {
  const sizes = crowd.offers.flatMap(({ back, lay }) => [...back.values(), ...lay.values()]);
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) * 100) / 100;
}

function runnerOf(market: PracticeMarket, i: number, data: readonly PriceData[]): object {
  const { last, total, at } = market.crowd.traded[i];
  const { back, lay } = market.crowd.offers[i];
  const depth = data.includes("EX_ALL_OFFERS") ? Number.POSITIVE_INFINITY : DEPTH;
  const exchange = data.some((name) => name.startsWith("EX_"));
  return {
    selectionId: market.runnerIds[i],
    handicap: 0,
    status: runnerStatus(market, i),
    ...(last > 0 ? { lastPriceTraded: last } : {}),
    totalMatched: total,
    ...(exchange
      ? {
          ex: {
            availableToBack: sizes(back, -1).slice(0, depth),
            availableToLay: sizes(lay, 1).slice(0, depth),
            tradedVolume: data.includes("EX_TRADED") ? sizes(at, 1) : [],
          },
        }
      : {}),
  };
}

function runnerStatus({ kind, script, settledAt }: PracticeMarket, i: number): string {
  if (settledAt === null) return "ACTIVE";
  return kind.winner(...scoreAt(script, settledAt)) === i ? "WINNER" : "LOSER";
}

function sizes(offers: ReadonlyMap<number, number>, direction: 1 | -1): { price: number; size: number }[] {
  return [...offers]
    .map(([price, size]) => ({ price, size }))
    .sort((a, b) => (a.price - b.price) * direction);
}
