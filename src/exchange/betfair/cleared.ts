import type { ClearedMarket, ClearedOrder, ClearedStatus, OrderQuery } from "../venue.js";
import { isoOf } from "./catalogue.js";
import {
  idOf,
  instantOf,
  type Json,
  moneyOf,
  objectOf,
  optionalNumber,
  optionalText,
  textOf,
} from "./json.js";
import { ORDER_PAGE, sideOf } from "./orders.js";

export const CLEARED_STATUSES: readonly ClearedStatus[] = ["SETTLED", "VOIDED", "LAPSED", "CANCELLED"];

/** Commission is told by market and above, not by bet. */
export function clearedParams(
  { orderRefs, marketIds, settledFrom }: OrderQuery,
  betStatus: ClearedStatus,
  groupBy: "BET" | "MARKET",
  fromRecord: number,
): Json {
  return {
    betStatus,
    ...(orderRefs === undefined ? {} : { customerOrderRefs: orderRefs }),
    ...(marketIds === undefined ? {} : { marketIds }),
    ...(settledFrom === undefined ? {} : { settledDateRange: { from: isoOf(settledFrom) } }),
    groupBy,
    fromRecord,
    recordCount: ORDER_PAGE,
  };
}

/** One order of listClearedOrders at groupBy BET. */
export function readCleared(item: unknown, status: ClearedStatus): ClearedOrder {
  const json = objectOf(item, "clearedOrder");
  const settledMinor = moneyOf(json, "sizeSettled", 0);
  const matched = optionalNumber(json, "priceMatched", 0);
  return {
    betId: textOf(json, "betId"),
    marketId: textOf(json, "marketId"),
    selectionId: idOf(json, "selectionId"),
    handicap: optionalNumber(json, "handicap", 0),
    side: sideOf(json),
    status,
    orderRef: optionalText(json, "customerOrderRef"),
    strategyRef: optionalText(json, "customerStrategyRef"),
    placedAt: instantOf(json, "placedDate"),
    settledAt: instantOf(json, "settledDate"),
    priceRequested: optionalNumber(json, "priceRequested", 0),
    priceMatched: matched > 0 ? matched : null,
    settledMinor,
    sizeCancelledMinor: moneyOf(json, "sizeCancelled", 0),
    profitMinor: moneyOf(json, "profit", 0),
  };
}

/** One market at groupBy MARKET: its profit is before commission. */
export function readClearedMarket(item: unknown): ClearedMarket {
  const json = objectOf(item, "clearedMarket");
  return {
    marketId: textOf(json, "marketId"),
    settledAt: instantOf(json, "settledDate"),
    profitMinor: moneyOf(json, "profit"),
    commissionMinor: moneyOf(json, "commission", 0),
  };
}
