import { toMinor } from "../../../domain/money.js";
import type { Side } from "../../venue.js";
import type { Message } from "./market-feed.js";

/** An order as the order stream tells it: whole at every change. */
export interface StreamOrder {
  readonly betId: string;
  readonly marketId: string;
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  readonly price: number;
  readonly sizeMinor: number;
  readonly executable: boolean;
  readonly matchedMinor: number;
  readonly remainingMinor: number;
  readonly lapsedMinor: number;
  readonly cancelledMinor: number;
  readonly voidedMinor: number;
  /** Mean matched price; null while nothing is matched. */
  readonly averagePrice: number | null;
  readonly orderRef: string;
  readonly strategyRef: string;
  /** Why it lapsed, "" when it did not. */
  readonly lapseReason: string;
}

/** One order subscription. An image holds what is executable only: what was matched before it is looked up elsewhere. */
export interface OrderFeed {
  readonly orders: Map<string, StreamOrder>;
  initialClk: string | null;
  clk: string | null;
  ready: boolean;
  unreliable: boolean;
  /** Orders that could not be read. */
  refused: number;
}

export function createOrderFeed(): OrderFeed {
  return { orders: new Map(), initialClk: null, clk: null, ready: false, unreliable: false, refused: 0 };
}

/** Take in one `ocm`. Returns the orders that changed. Source: Betfair Exchange Stream API, OrderChangeMessage. */
export function readOrderMessage(feed: OrderFeed, message: Message): StreamOrder[] {
  const { ct, segmentType = null, status, oc } = message;
  feed.unreliable = status === 503;
  const ends = segmentType === null || segmentType === "SEG_END";
  if (ct === "SUB_IMAGE" && (segmentType === null || segmentType === "SEG_START")) {
    feed.orders.clear();
    feed.ready = false;
  }
  const changed = list(oc).flatMap((market) => readMarket(feed, market));
  if (ends && typeof message.initialClk === "string") feed.initialClk = message.initialClk;
  if (ends && typeof message.clk === "string") feed.clk = message.clk;
  if (ends && (ct === "SUB_IMAGE" || ct === "RESUB_DELTA")) feed.ready = true;
  return changed;
}

function readMarket(feed: OrderFeed, market: Message): StreamOrder[] {
  const { id, fullImage, closed } = market;
  if (typeof id !== "string") return [];
  if (fullImage === true) forget(feed, (order) => order.marketId === id);
  const changed = list(market.orc).flatMap((runner) => readRunner(feed, id, runner));
  if (closed === true) forget(feed, (order) => order.marketId === id);
  return changed;
}

function readRunner(feed: OrderFeed, marketId: string, runner: Message): StreamOrder[] {
  const selectionId = Number(runner.id);
  const handicap = Number(runner.hc ?? 0);
  if (runner.fullImage === true)
    forget(
      feed,
      (order) =>
        order.marketId === marketId && order.selectionId === selectionId && order.handicap === handicap,
    );
  return list(runner.uo).flatMap((json) => {
    const order = readOrder(json, marketId, selectionId, handicap);
    if (order === null) {
      feed.refused += 1;
      return [];
    }
    feed.orders.set(order.betId, order);
    return [order];
  });
}

function readOrder(
  json: Message,
  marketId: string,
  selectionId: number,
  handicap: number,
): StreamOrder | null {
  const { id, side, status } = json;
  const known = (side === "B" || side === "L") && (status === "E" || status === "EC");
  if (typeof id !== "string" || !known || !Number.isSafeInteger(selectionId)) return null;
  const matchedMinor = money(json.sm);
  return {
    betId: id,
    marketId,
    selectionId,
    handicap,
    side: side === "B" ? "back" : "lay",
    price: Number(json.p ?? 0),
    sizeMinor: money(json.s),
    executable: status === "E",
    matchedMinor,
    remainingMinor: money(json.sr),
    lapsedMinor: money(json.sl),
    cancelledMinor: money(json.sc),
    voidedMinor: money(json.sv),
    averagePrice: matchedMinor > 0 && typeof json.avp === "number" ? json.avp : null,
    orderRef: String(json.rfo ?? ""),
    strategyRef: String(json.rfs ?? ""),
    lapseReason: String(json.lsrc ?? ""),
  };
}

function forget({ orders }: OrderFeed, gone: (order: StreamOrder) => boolean): void {
  for (const [betId, order] of orders) if (gone(order)) orders.delete(betId);
}

function money(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? toMinor(value) : 0;
}

function list(value: unknown): readonly Message[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}
