import { createHash } from "node:crypto";
import type { Clock, Instant } from "../../core/clock.js";
import { liabilityMinor, type Minor, roundHalfEven } from "../../domain/money.js";
import type {
  ClearedMarket,
  ClearedOrder,
  OrderInstruction,
  OrderQuery,
  PlaceOutcome,
  PlaceRequest,
  Venue,
  VenueAnswer,
  VenueBook,
  VenueOrder,
} from "../venue.js";
import { fillFrom, ladderPrice, type Taken } from "./fill.js";
import {
  averagePrice,
  matchedMinor,
  type PaperLine,
  type PaperOrder,
  type PaperState,
  remainingMinor,
} from "./order.js";
import type { PaperOrders } from "./order-file.js";

/** How an order on paper ended: what its matched part won or lost before commission. */
export interface PaperEnding {
  readonly settledAt: Instant;
  readonly profitMinor: Minor;
  /** The match never had a result: the stake comes back. */
  readonly voided: boolean;
}

export interface PaperOptions {
  /** Where the prices come from: stored ones, or a venue that is only looked at. */
  readonly prices: Pick<Venue, "catalogue" | "books">;
  readonly orders: PaperOrders;
  /** The endings of those orders whose result is known, by bet id. */
  readonly endings: (orders: readonly PaperState[]) => Promise<ReadonlyMap<string, PaperEnding>>;
  readonly clock: Clock;
  readonly bankMinor: Minor;
  readonly currency: string;
}

const SAME_REQUEST_MS = 60_000;

/**
 * A venue of paper: real prices, no money. It answers as the exchange does, fills at the best prices shown and no more
 * than was on offer, and settles from results. What it cannot know is whether the bet would have been taken.
 */
export function paperVenue(options: PaperOptions): Venue {
  const { prices, orders, clock, bankMinor, currency } = options;
  const taken: Taken = new Map();
  const starts = new Map<string, Instant>();
  const ok = <T>(value: T): VenueAnswer<T> => ({ kind: "ok", value, at: clock.now() });
  return {
    name: "paper",
    live: false,
    open: async () => ok({ name: "paper", currency, discount: 0 }),
    funds: async () => ok(await fundsOf(options, bankMinor)),
    async catalogue(filter) {
      const answer = await prices.catalogue(filter);
      if (answer.kind === "ok")
        for (const { marketId, startsAt } of answer.value) starts.set(marketId, startsAt);
      return answer;
    },
    books: (marketIds) => prices.books(marketIds),
    place: (request) => place(request, options, taken, starts),
    async cancel(marketId, betIds) {
      const outcomes = betIds.map((betId) => {
        const state = orders.get(betId);
        const left = state && state.order.marketId === marketId ? remainingMinor(state) : 0;
        if (left === 0) return { betId, cancelledMinor: null, code: "BET_TAKEN_OR_LAPSED" };
        orders.append([{ kind: "gone", betId, as: "cancelled", sizeMinor: left }]);
        return { betId, cancelledMinor: left, code: "SUCCESS" };
      });
      return ok(outcomes);
    },
    async currentOrders(query) {
      await goOn(options, taken);
      const endings = await endingsOf(options);
      return ok(
        asked(orders, query)
          .filter(({ order }) => !endings.has(order.betId))
          .map(currentOrder),
      );
    },
    async clearedOrders(query) {
      const endings = await endingsOf(options);
      return ok(
        asked(orders, query).flatMap((state) => {
          const ending = endings.get(state.order.betId);
          return ending && ending.settledAt >= (query.settledFrom ?? 0) ? [clearedOrder(state, ending)] : [];
        }),
      );
    },
    async clearedMarkets(query) {
      const endings = await endingsOf(options);
      return ok(marketsOf(asked(orders, query), endings));
    },
    heartbeat: async () => ok("NONE"),
    close: async () => {},
  };
}

async function place(
  request: PlaceRequest,
  { prices, orders, clock }: PaperOptions,
  taken: Taken,
  starts: ReadonlyMap<string, Instant>,
): Promise<readonly PlaceOutcome[]> {
  const now = clock.now();
  const before = [...orders.all()].find(
    ({ order }) => order.customerRef === request.customerRef && now - order.placedAt < SAME_REQUEST_MS,
  );
  if (before)
    return request.orders.map(() => ({ kind: "look-first", code: "DUPLICATE_TRANSACTION", detail: "" }));
  const answer = await prices.books([request.marketId]);
  if (answer.kind !== "ok")
    return request.orders.map(() => ({ kind: "not-sent", code: answer.code, detail: answer.detail }));
  const [book] = answer.value;
  if (book?.status !== "OPEN" || book.inPlay)
    return request.orders.map(() => ({ kind: "rejected", code: "MARKET_NOT_OPEN_FOR_BETTING", detail: "" }));
  return request.orders.map((instruction) => {
    const startsAt = starts.get(request.marketId) ?? Number.MAX_SAFE_INTEGER;
    const order = paperOrder(request, instruction, book, { now, startsAt });
    const fills = fillFrom(book, order, taken);
    orders.append([
      { kind: "order", order },
      ...fills.map((fill): PaperLine => ({ kind: "fill", betId: order.betId, ...fill })),
    ]);
    return placed(orders.get(order.betId), order);
  });
}

function paperOrder(
  { marketId, customerRef, strategyRef, ladder }: PlaceRequest,
  { orderRef, selectionId, handicap, side, tick, sizeMinor }: OrderInstruction,
  { marketBaseRate }: VenueBook,
  { now, startsAt }: { readonly now: Instant; readonly startsAt: Instant },
): PaperOrder {
  return {
    betId: `P${createHash("sha256").update(`${orderRef} ${customerRef} ${now}`).digest("hex").slice(0, 16)}`,
    marketId,
    selectionId,
    handicap,
    side,
    ladder,
    tick,
    sizeMinor,
    orderRef,
    strategyRef,
    customerRef,
    placedAt: now,
    startsAt,
    commission: (marketBaseRate ?? 0) / 100,
  };
}

function placed(state: PaperState | undefined, { betId, placedAt, sizeMinor }: PaperOrder): PlaceOutcome {
  const matched = state ? matchedMinor(state) : 0;
  return {
    kind: "placed",
    betId,
    placedAt,
    status: matched === sizeMinor ? "EXECUTION_COMPLETE" : "EXECUTABLE",
    matchedMinor: matched,
    averagePrice: state ? averagePrice(state) : null,
  };
}

/** Time goes on for what is not matched: later prices may match it, and at the start it lapses. */
async function goOn({ prices, orders, clock }: PaperOptions, taken: Taken): Promise<void> {
  const resting = [...orders.all()].filter((state) => remainingMinor(state) > 0);
  const late = resting.filter(({ order }) => order.startsAt <= clock.now());
  orders.append(
    late.map((state) => ({
      kind: "gone",
      betId: state.order.betId,
      as: "lapsed",
      sizeMinor: remainingMinor(state),
    })),
  );
  const open = resting.filter((state) => remainingMinor(state) > 0 && !late.includes(state));
  if (open.length === 0) return;
  const answer = await prices.books([...new Set(open.map(({ order }) => order.marketId))]);
  if (answer.kind !== "ok") return;
  for (const state of open) {
    const book = answer.value.find(({ marketId }) => marketId === state.order.marketId);
    if (!book) continue;
    const fills = fillFrom(book, { ...state.order, sizeMinor: remainingMinor(state) }, taken);
    orders.append(fills.map((fill): PaperLine => ({ kind: "fill", betId: state.order.betId, ...fill })));
  }
}

async function endingsOf({ orders, endings }: PaperOptions): Promise<ReadonlyMap<string, PaperEnding>> {
  const all = [...orders.all()];
  return all.length === 0 ? new Map() : endings(all);
}

async function fundsOf(options: PaperOptions, bankMinor: Minor) {
  const endings = await endingsOf(options);
  const states = [...options.orders.all()];
  const open = states.filter(({ order }) => !endings.has(order.betId));
  const exposureMinor = open.reduce((sum, state) => sum + riskOf(state), 0);
  const won = marketsOf(states, endings).reduce(
    (sum, market) => sum + market.profitMinor - market.commissionMinor,
    0,
  );
  return { availableMinor: bankMinor + won - exposureMinor, exposureMinor };
}

function riskOf(state: PaperState): Minor {
  const { side, ladder, tick } = state.order;
  const rest = remainingMinor(state);
  if (side === "back") return matchedMinor(state) + rest;
  const fills = state.fills.reduce((sum, { price, sizeMinor }) => sum + liabilityMinor(sizeMinor, price), 0);
  return fills + liabilityMinor(rest, ladderPrice(ladder, tick));
}

function asked(orders: PaperOrders, { orderRefs, marketIds }: OrderQuery): PaperState[] {
  const refs = orderRefs && new Set(orderRefs);
  const markets = marketIds && new Set(marketIds);
  return [...orders.all()].filter(
    ({ order }) => (!refs || refs.has(order.orderRef)) && (!markets || markets.has(order.marketId)),
  );
}

function currentOrder(state: PaperState): VenueOrder {
  const { betId, marketId, selectionId, handicap, side, ladder, tick, sizeMinor } = state.order;
  const { placedAt, orderRef, strategyRef } = state.order;
  const rest = remainingMinor(state);
  return {
    betId,
    marketId,
    selectionId,
    handicap,
    side,
    price: ladderPrice(ladder, tick),
    sizeMinor,
    status: rest === 0 ? "EXECUTION_COMPLETE" : "EXECUTABLE",
    placedAt,
    matchedMinor: matchedMinor(state),
    averagePrice: averagePrice(state),
    remainingMinor: rest,
    lapsedMinor: state.lapsedMinor,
    cancelledMinor: state.cancelledMinor,
    voidedMinor: 0,
    orderRef,
    strategyRef,
  };
}

function clearedOrder(state: PaperState, { settledAt, profitMinor, voided }: PaperEnding): ClearedOrder {
  const { betId, marketId, selectionId, handicap, side, ladder, tick, sizeMinor } = state.order;
  const { placedAt, orderRef, strategyRef } = state.order;
  const settledMinor = voided ? 0 : matchedMinor(state);
  return {
    betId,
    marketId,
    selectionId,
    handicap,
    side,
    status: statusOf(settledMinor, voided, state),
    orderRef,
    strategyRef,
    placedAt,
    settledAt,
    priceRequested: ladderPrice(ladder, tick),
    priceMatched: settledMinor > 0 ? averagePrice(state) : null,
    settledMinor,
    sizeCancelledMinor: sizeMinor - settledMinor,
    profitMinor: settledMinor > 0 ? profitMinor : 0,
  };
}

function statusOf(settledMinor: Minor, voided: boolean, state: PaperState): ClearedOrder["status"] {
  if (settledMinor > 0) return "SETTLED";
  if (voided) return "VOIDED";
  return state.cancelledMinor > 0 ? "CANCELLED" : "LAPSED";
}

/** Commission is on the net winnings of a market, none on a loss. */
function marketsOf(
  states: readonly PaperState[],
  endings: ReadonlyMap<string, PaperEnding>,
): ClearedMarket[] {
  const markets = new Map<string, { settledAt: Instant; profitMinor: Minor; rate: number }>();
  for (const state of states) {
    const { betId, marketId, commission } = state.order;
    const ending = endings.get(betId);
    if (!ending) continue;
    const known = markets.get(marketId) ?? { settledAt: 0, profitMinor: 0, rate: commission };
    const { profitMinor } = clearedOrder(state, ending);
    markets.set(marketId, {
      settledAt: Math.max(known.settledAt, ending.settledAt),
      profitMinor: known.profitMinor + profitMinor,
      rate: commission,
    });
  }
  return [...markets].map(([marketId, { settledAt, profitMinor, rate }]) => ({
    marketId,
    settledAt,
    profitMinor,
    commissionMinor: profitMinor > 0 ? roundHalfEven(profitMinor * rate) : 0,
  }));
}
