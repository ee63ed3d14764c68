import { createRng, type Rng } from "../../src/core/rng.js";
import { CLASSIC } from "../../src/domain/ladder.js";
import { liabilityMinor, roundHalfEven } from "../../src/domain/money.js";
import type {
  Account,
  ClearedMarket,
  ClearedOrder,
  OrderQuery,
  PlaceOutcome,
  PlaceRequest,
  Side,
  Venue,
  VenueAnswer,
  VenueOrder,
} from "../../src/exchange/venue.js";
import type { VirtualClock } from "./virtual-clock.js";

/** How often what goes wrong. Shares in [0, 1]. */
export interface Faults {
  readonly requestLost: number;
  readonly replyLost: number;
  readonly replyLate: number;
  readonly replyGarbled: number;
  readonly errorAfterApply: number;
  readonly rejected: number;
  readonly queryFails: number;
  /** A list of orders as it was some time ago, rows twice and in any order. */
  readonly queryStale: number;
  readonly resettled: number;
  /** An order whose reply was lost shows itself up to so late. */
  readonly visibleWithinMs: number;
}

export const STORM: Faults = {
  requestLost: 0.06,
  replyLost: 0.06,
  replyLate: 0.08,
  replyGarbled: 0.03,
  errorAfterApply: 0.03,
  rejected: 0.05,
  queryFails: 0.05,
  queryStale: 0.1,
  resettled: 0.02,
  visibleWithinMs: 120_000,
};

/** An order as it truly stands, whatever anybody has been told. */
export interface TrueOrder {
  readonly betId: string;
  readonly request: PlaceRequest;
  readonly side: Side;
  readonly tick: number;
  readonly sizeMinor: number;
  readonly placedAt: number;
  readonly visibleAt: number;
  matchedMinor: number;
  lapsedMinor: number;
  settledAt: number | null;
  profitMinor: number;
  /** Earlier looks of the order, oldest first, each with when it ended. */
  readonly past: { readonly until: number; readonly matchedMinor: number }[];
}

const CLIENT_PATIENCE_MS = 16_000;
const SAME_REQUEST_MS = 60_000;
const COMMISSION = 0.05;
const SETTLES_AFTER_MS = 3 * 3_600_000;

/**
 * A venue of a few rules and many faults, all from one seed, in virtual time. It keeps the truth in `orders`, where the
 * judge finds it; the client is told what the faults let through.
 */
export class ModelVenue implements Venue {
  readonly name = "model";
  readonly live = false;
  readonly orders: TrueOrder[] = [];
  readonly #byBetId = new Map<string, TrueOrder>();
  readonly #requests = new Map<string, number>();
  readonly #commission = new Map<string, number>();
  readonly #rng: Rng;
  /** Called at named points of a request; may throw, as a process that ends does. */
  onPoint: (point: string) => void = () => {};

  constructor(
    readonly clock: VirtualClock,
    readonly faults: Faults,
    seed: number,
  ) {
    this.#rng = createRng(seed, 7);
  }

  async open(): Promise<VenueAnswer<Account>> {
    return this.#ok({ name: "model", currency: "GBP", discount: 0 });
  }

  async funds() {
    return this.#ok({ availableMinor: 1e9, exposureMinor: 0 });
  }

  async catalogue() {
    return this.#ok([]);
  }

  async books() {
    return this.#ok([]);
  }

  async cancel() {
    return this.#ok([]);
  }

  async heartbeat(): Promise<VenueAnswer<string>> {
    return this.#ok("NONE");
  }

  async close(): Promise<void> {}

  async place(request: PlaceRequest): Promise<readonly PlaceOutcome[]> {
    this.onPoint("before-apply");
    const { requestLost, replyLost, replyLate, replyGarbled, errorAfterApply } = this.faults;
    const fate = this.#rng();
    const delay = this.#rng() * 900;
    const lag = this.#rng() * this.faults.visibleWithinMs;
    const late = this.#rng() * 150_000;
    await this.clock.sleep(delay);
    const edges = [requestLost, replyLost, replyLate, replyGarbled, errorAfterApply];
    const which = fateOf(fate, edges);
    if (which === 0) return this.#silence();
    const hidden = which === 1 || which === 2 || which === 3 || which === 4;
    const outcome = this.#apply(request, hidden ? lag : 0);
    this.onPoint("after-apply");
    if (which === 1) return this.#silence();
    if (which === 2) {
      await this.clock.sleep(Math.min(late, CLIENT_PATIENCE_MS));
      return late < CLIENT_PATIENCE_MS ? [outcome] : [unknown("TIMEOUT")];
    }
    if (which === 3) return [unknown("PARSE_ERROR")];
    if (which === 4) return [unknown("HTTP_500")];
    return [outcome];
  }

  async currentOrders(query: OrderQuery): Promise<VenueAnswer<readonly VenueOrder[]>> {
    await this.clock.sleep(20 + this.#rng() * 200);
    if (this.#rng() < this.faults.queryFails) return failed();
    const now = this.clock.now();
    const stale = this.#rng() < this.faults.queryStale;
    const shown = this.#asked(query).filter(({ settledAt }) => settledAt === null);
    const rows = shown.map((order) => currentRow(order, stale ? now - this.#rng() * 60_000 : now));
    return this.#ok(stale ? [...rows, ...rows].reverse() : rows);
  }

  async clearedOrders(query: OrderQuery): Promise<VenueAnswer<readonly ClearedOrder[]>> {
    await this.clock.sleep(20 + this.#rng() * 200);
    if (this.#rng() < this.faults.queryFails) return failed();
    return this.#ok(
      this.#asked(query).flatMap((order) =>
        order.settledAt !== null && order.settledAt >= (query.settledFrom ?? 0) ? [clearedRow(order)] : [],
      ),
    );
  }

  async clearedMarkets({ marketIds = [] }: OrderQuery): Promise<VenueAnswer<readonly ClearedMarket[]>> {
    await this.clock.sleep(20);
    if (this.#rng() < this.faults.queryFails) return failed();
    const wanted = new Set(marketIds);
    const totals = new Map<string, ClearedMarket>();
    for (const order of this.orders) {
      const { marketId } = order.request;
      if (order.settledAt === null || !wanted.has(marketId)) continue;
      const known = totals.get(marketId)?.profitMinor ?? 0;
      totals.set(marketId, {
        marketId,
        settledAt: order.settledAt,
        profitMinor: known + order.profitMinor,
        commissionMinor: this.#commission.get(marketId) ?? 0,
      });
    }
    return this.#ok([...totals.values()]);
  }

  /** What the account truly won or lost after commission. */
  trueProfitMinor(): number {
    const gross = this.orders.reduce((sum, { profitMinor }) => sum + profitMinor, 0);
    return gross - [...this.#commission.values()].reduce((sum, amount) => sum + amount, 0);
  }

  #apply(request: PlaceRequest, hiddenMs: number): PlaceOutcome {
    const now = this.clock.now();
    const before = this.#requests.get(request.customerRef);
    if (before !== undefined && now - before < SAME_REQUEST_MS)
      return { kind: "look-first", code: "DUPLICATE_TRANSACTION", detail: "" };
    this.#requests.set(request.customerRef, now);
    if (this.#rng() < this.faults.rejected)
      return { kind: "rejected", code: "MARKET_SUSPENDED", detail: "the market is suspended" };
    const [instruction] = request.orders;
    if (!instruction) throw new Error("a request has an order");
    const matched = Math.floor(this.#rng() * 3) / 2;
    const order: TrueOrder = {
      betId: `${100_000 + this.orders.length}`,
      request,
      side: instruction.side,
      tick: instruction.tick,
      sizeMinor: instruction.sizeMinor,
      placedAt: now,
      visibleAt: now + hiddenMs,
      matchedMinor: Math.floor(instruction.sizeMinor * Math.min(1, matched)),
      lapsedMinor: 0,
      settledAt: null,
      profitMinor: 0,
      past: [],
    };
    this.orders.push(order);
    this.#byBetId.set(order.betId, order);
    this.#live(order);
    return {
      kind: "placed",
      betId: order.betId,
      placedAt: now,
      status: order.matchedMinor === order.sizeMinor ? "EXECUTION_COMPLETE" : "EXECUTABLE",
      matchedMinor: order.matchedMinor,
      averagePrice: order.matchedMinor > 0 ? CLASSIC.price(order.tick) : null,
    };
  }

  /** What becomes of an order later: more is matched, the rest lapses, it is settled, perhaps anew. */
  #live(order: TrueOrder): void {
    const { clock } = this;
    const more = Math.floor(this.#rng() * (order.sizeMinor - order.matchedMinor + 1));
    const settles = order.placedAt + SETTLES_AFTER_MS + Math.floor(this.#rng() * 60_000);
    const wins = this.#rng() < 0.4;
    const again = this.#rng() < this.faults.resettled;
    clock.at(order.placedAt + Math.floor(this.#rng() * 600_000), () => this.#change(order, more));
    clock.at(settles - 3_600_000, () => {
      order.lapsedMinor = order.sizeMinor - order.matchedMinor;
    });
    clock.at(settles, () => this.#settle(order, wins));
    if (again) clock.at(settles + 7_200_000, () => this.#settle(order, !wins));
  }

  #change(order: TrueOrder, moreMinor: number): void {
    order.past.push({ until: this.clock.now(), matchedMinor: order.matchedMinor });
    order.matchedMinor += moreMinor;
  }

  #settle(order: TrueOrder, wins: boolean): void {
    const { marketId } = order.request;
    const won = liabilityMinor(order.matchedMinor, CLASSIC.price(order.tick));
    const backer = wins ? won : -order.matchedMinor;
    order.settledAt = this.clock.now();
    order.profitMinor = order.side === "back" ? backer : 0 - backer;
    const net = this.orders
      .filter(({ request, settledAt }) => request.marketId === marketId && settledAt !== null)
      .reduce((sum, { profitMinor }) => sum + profitMinor, 0);
    this.#commission.set(marketId, net > 0 ? roundHalfEven(net * COMMISSION) : 0);
  }

  #asked({ orderRefs, marketIds }: OrderQuery): TrueOrder[] {
    const now = this.clock.now();
    const refs = orderRefs && new Set(orderRefs);
    const markets = marketIds && new Set(marketIds);
    return this.orders.filter(
      ({ request, visibleAt }) =>
        visibleAt <= now &&
        (!refs || refs.has(request.orders[0]?.orderRef ?? "")) &&
        (!markets || markets.has(request.marketId)),
    );
  }

  async #silence(): Promise<readonly PlaceOutcome[]> {
    await this.clock.sleep(CLIENT_PATIENCE_MS);
    return [unknown("TIMEOUT")];
  }

  #ok<T>(value: T): VenueAnswer<T> {
    return { kind: "ok", value, at: this.clock.now() };
  }
}

function fateOf(draw: number, edges: readonly number[]): number {
  let from = 0;
  for (const [index, edge] of edges.entries()) {
    from += edge;
    if (draw < from) return index;
  }
  return -1;
}

function unknown(code: string): PlaceOutcome {
  return { kind: "unknown", code, detail: "" };
}

function failed(): VenueAnswer<never> {
  return { kind: "failed", code: "HTTP_503", detail: "no answer" };
}

function matchedAt({ past, matchedMinor }: TrueOrder, at: number): number {
  return past.find(({ until }) => at < until)?.matchedMinor ?? matchedMinor;
}

function currentRow(order: TrueOrder, at: number): VenueOrder {
  const { betId, request, side, tick, sizeMinor, placedAt, lapsedMinor } = order;
  const matchedMinor = lapsedMinor > 0 ? order.matchedMinor : matchedAt(order, at);
  const [instruction] = request.orders;
  return {
    betId,
    marketId: request.marketId,
    selectionId: instruction?.selectionId ?? 0,
    handicap: 0,
    side,
    price: CLASSIC.price(tick),
    sizeMinor,
    status: matchedMinor + lapsedMinor === sizeMinor ? "EXECUTION_COMPLETE" : "EXECUTABLE",
    placedAt,
    matchedMinor,
    averagePrice: matchedMinor > 0 ? CLASSIC.price(tick) : null,
    remainingMinor: sizeMinor - matchedMinor - lapsedMinor,
    lapsedMinor,
    cancelledMinor: 0,
    voidedMinor: 0,
    orderRef: instruction?.orderRef ?? "",
    strategyRef: request.strategyRef,
  };
}

function clearedRow(order: TrueOrder): ClearedOrder {
  const { betId, request, side, tick, placedAt, matchedMinor, sizeMinor, settledAt, profitMinor } = order;
  const [instruction] = request.orders;
  return {
    betId,
    marketId: request.marketId,
    selectionId: instruction?.selectionId ?? 0,
    handicap: 0,
    side,
    status: matchedMinor > 0 ? "SETTLED" : "LAPSED",
    orderRef: instruction?.orderRef ?? "",
    strategyRef: request.strategyRef,
    placedAt,
    settledAt: settledAt ?? 0,
    priceRequested: CLASSIC.price(tick),
    priceMatched: matchedMinor > 0 ? CLASSIC.price(tick) : null,
    settledMinor: matchedMinor,
    sizeCancelledMinor: sizeMinor - matchedMinor,
    profitMinor,
  };
}
