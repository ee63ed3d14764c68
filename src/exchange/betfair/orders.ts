import type { OrderQuery, Side, VenueOrder } from "../venue.js";
import {
  idOf,
  instantOf,
  type Json,
  moneyOf,
  objectOf,
  oneOf,
  optionalNumber,
  optionalText,
  textOf,
} from "./json.js";
import { ORDER_STATUSES } from "./place.js";
import { chunked } from "./weights.js";

export const ORDER_PAGE = 1000;
/** Ids of each kind in one query. */
const MOST_IDS = 250;

/** A query split so that no part asks for more ids than the venue takes; a part of nothing asks for everything. */
export function queryParts({ orderRefs, marketIds, ...rest }: OrderQuery): OrderQuery[] {
  const refs = orderRefs === undefined ? [undefined] : chunked(orderRefs, MOST_IDS);
  const markets = marketIds === undefined ? [undefined] : chunked(marketIds, MOST_IDS);
  return refs.flatMap((some) => markets.map((few) => ({ ...rest, orderRefs: some, marketIds: few })));
}

export function currentParams({ orderRefs, marketIds }: OrderQuery, fromRecord: number): Json {
  return {
    ...(orderRefs === undefined ? {} : { customerOrderRefs: orderRefs }),
    ...(marketIds === undefined ? {} : { marketIds }),
    orderProjection: "ALL",
    // Oldest first: an order that comes in between two pages is on the last one.
    orderBy: "BY_PLACE_TIME",
    sortDir: "EARLIEST_TO_LATEST",
    fromRecord,
    recordCount: ORDER_PAGE,
  };
}

/** One order of listCurrentOrders, of our hand or another's. */
export function readOrder(item: unknown): VenueOrder {
  const json = objectOf(item, "order");
  const priceSize = objectOf(json.priceSize ?? {}, "priceSize");
  const matchedMinor = moneyOf(json, "sizeMatched", 0);
  const average = optionalNumber(json, "averagePriceMatched", 0);
  return {
    betId: textOf(json, "betId"),
    marketId: textOf(json, "marketId"),
    selectionId: idOf(json, "selectionId"),
    handicap: optionalNumber(json, "handicap", 0),
    side: sideOf(json),
    // An order for the starting price alone has neither.
    price: optionalNumber(priceSize, "price", 0),
    sizeMinor: moneyOf(priceSize, "size", 0) || moneyOf(json, "bspLiability", 0),
    status: oneOf(json, "status", ORDER_STATUSES),
    placedAt: instantOf(json, "placedDate"),
    matchedMinor,
    averagePrice: matchedMinor > 0 && average > 0 ? average : null,
    remainingMinor: moneyOf(json, "sizeRemaining", 0),
    lapsedMinor: moneyOf(json, "sizeLapsed", 0),
    cancelledMinor: moneyOf(json, "sizeCancelled", 0),
    voidedMinor: moneyOf(json, "sizeVoided", 0),
    orderRef: optionalText(json, "customerOrderRef"),
    strategyRef: optionalText(json, "customerStrategyRef"),
  };
}

/** "BACK" or "LAY". */
export function sideOf(json: Json): Side {
  return oneOf(json, "side", ["BACK", "LAY"]) === "BACK" ? "back" : "lay";
}
