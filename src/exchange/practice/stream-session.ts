import type { Rng } from "../../core/rng.js";
import type { Params } from "./api-error.js";
import { crowdImage } from "./crowd.js";
import { definitionOf } from "./definition-json.js";
import type { Exchange } from "./exchange-state.js";
import { drawFault, type Fault, type FaultRates } from "./faults.js";
import type { PracticeMarket } from "./market.js";
import { orderChange } from "./order-json.js";
import type { PracticeClock } from "./practice-clock.js";
import type { Sessions } from "./sessions.js";
import type { StreamLog, Told } from "./stream-log.js";

/** The wire of one connection. */
export interface Wire {
  send(message: object): void;
  /** Close, after what was sent. */
  end(): void;
  /** Say nothing more, and keep the connection open. */
  freeze(): void;
}

export interface StreamOptions {
  readonly exchange: Exchange;
  readonly sessions: Sessions;
  readonly log: StreamLog;
  readonly clock: PracticeClock;
  readonly rates: FaultRates;
  readonly rng: Rng;
  /** A client was shown a market. */
  readonly onShown: (marketId: string, at: number) => void;
}

interface Subscription {
  readonly op: "mcm" | "ocm";
  readonly id: unknown;
  readonly markets: ReadonlySet<string> | null;
  readonly fields: ReadonlySet<string>;
  readonly heartbeatMs: number;
  readonly conflateMs: number;
  readonly timers: NodeJS.Timeout[];
  queue: Told[];
}

const MOST_MARKETS = 200;
const SEGMENT = 25;
const ALL_FIELDS = ["EX_ALL_OFFERS", "EX_TRADED", "EX_TRADED_VOL", "EX_LTP", "EX_MARKET_DEF"];

/** Serves one connection: says hello at once, then answers each message. */
export class StreamSession {
  readonly #options: StreamOptions;
  readonly #wire: Wire;
  readonly #id: string;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #forget: () => void;
  #known = false;
  #frozen = false;
  #unreliableUntil = 0;

  constructor(options: StreamOptions, wire: Wire, id: string) {
    this.#options = options;
    this.#wire = wire;
    this.#id = id;
    this.#forget = options.log.onTold((told) => this.#tell(told));
    wire.send({ op: "connection", connectionId: id });
  }

  close(): void {
    this.#forget();
    for (const { timers } of this.#subscriptions.values()) for (const timer of timers) clearInterval(timer);
    this.#subscriptions.clear();
  }

  receive(text: string): void {
    const message = parse(text);
    const { op, id } = message ?? {};
    if (message === null) this.#refuse(undefined, "INVALID_INPUT");
    else if (op === "authentication") this.#authenticate(message);
    else if (op === "heartbeat") this.#succeed(id);
    else if (!this.#known) this.#refuse(id, "NO_SESSION");
    else if (op === "marketSubscription") this.#subscribe("mcm", message);
    else if (op === "orderSubscription") this.#subscribe("ocm", message);
    else this.#refuse(id, "INVALID_REQUEST");
  }

  #authenticate({ id, appKey, session }: Params): void {
    const refused = this.#known
      ? "INVALID_REQUEST"
      : this.#options.sessions.check(String(appKey ?? ""), String(session ?? ""));
    this.#known ||= refused === null;
    if (refused === null) this.#succeed(id);
    else this.#refuse(id, refused);
  }

  #succeed(id: unknown): void {
    const { size } = this.#subscriptions;
    this.#wire.send({
      op: "status",
      id,
      statusCode: "SUCCESS",
      connectionClosed: false,
      connectionsAvailable: 9 - size,
    });
  }

  /** Every refusal but one ends the connection. */
  #refuse(id: unknown, errorCode: string): void {
    const connectionClosed = errorCode !== "SUBSCRIPTION_LIMIT_EXCEEDED";
    this.#wire.send({
      op: "status",
      ...(id === undefined ? {} : { id }),
      statusCode: "FAILURE",
      errorCode,
      errorMessage: `refused: ${errorCode}`,
      connectionClosed,
      connectionId: this.#id,
    });
    if (connectionClosed) this.#wire.end();
  }

  #subscribe(op: Subscription["op"], message: Params): void {
    const { exchange, log } = this.#options;
    const markets = op === "mcm" ? filtered(exchange, message) : null;
    const since = this.#since(message);
    const missed = since === null ? null : log.after(since);
    if (markets !== null && markets.size > MOST_MARKETS)
      this.#refuse(message.id, "SUBSCRIPTION_LIMIT_EXCEEDED");
    else if (since !== null && missed === null) this.#refuse(message.id, "INVALID_CLOCK");
    else this.#begin(op, message, markets, missed);
  }

  /** A new subscription takes the place of the one before. */
  #begin(
    op: Subscription["op"],
    message: Params,
    markets: ReadonlySet<string> | null,
    missed: readonly Told[] | null,
  ): void {
    for (const timer of this.#subscriptions.get(op)?.timers ?? []) clearInterval(timer);
    const made: Subscription = {
      op,
      id: message.id,
      markets,
      fields: fieldsOf(message),
      heartbeatMs: bounded(message.heartbeatMs, 500, 5000, 5000),
      conflateMs: bounded(message.conflateMs, 0, 120_000, 0),
      timers: [],
      queue: [],
    };
    this.#subscriptions.set(op, made);
    this.#succeed(message.id);
    if (missed === null) this.#image(made, message.segmentationEnabled === true);
    else this.#send(made, { ct: "RESUB_DELTA", ...this.#contents(made, missed) });
    made.timers.push(setInterval(() => this.#beat(made), made.heartbeatMs));
    if (made.conflateMs > 0) made.timers.push(setInterval(() => this.#flush(made), made.conflateMs));
  }

  /** The happening a client knows up to; null for one that knows nothing. Clocks of another process are unknown. */
  #since({ initialClk, clk }: Params): number | null {
    if (typeof initialClk !== "string" || typeof clk !== "string") return null;
    return initialClk === initial(this.#options) ? Number.parseInt(clk, 36) : Number.POSITIVE_INFINITY;
  }

  #image(made: Subscription, segmented: boolean): void {
    const { exchange } = this.#options;
    const parts =
      made.op === "mcm"
        ? [...(made.markets ?? [])].flatMap((id) => imageOf(exchange, id, made.fields))
        : [...exchange.markets.values()]
            .filter(({ open }) => open.length > 0)
            .map(({ marketId, open }) => orderChange(marketId, open, true));
    const size = segmented ? SEGMENT : Math.max(1, parts.length);
    const count = Math.max(1, Math.ceil(parts.length / size));
    for (let i = 0; i < count; i++) {
      const segment =
        count === 1 ? {} : { segmentType: i === 0 ? "SEG_START" : i === count - 1 ? "SEG_END" : "SEG" };
      this.#send(made, {
        ct: "SUB_IMAGE",
        ...segment,
        [made.op === "mcm" ? "mc" : "oc"]: parts.slice(i * size, (i + 1) * size),
      });
    }
    for (const id of made.markets ?? []) this.#options.onShown(id, this.#options.clock.now());
  }

  /** A message with its clocks; only images and deltas have the first one. */
  #send(made: Subscription, content: object): void {
    if (this.#frozen) return;
    const ct = "ct" in content ? content.ct : "";
    const first = ct === "SUB_IMAGE" || ct === "RESUB_DELTA";
    const { clock, log } = this.#options;
    const now = clock.now();
    this.#wire.send({
      op: made.op,
      id: made.id,
      ...(first
        ? { initialClk: initial(this.#options), conflateMs: made.conflateMs, heartbeatMs: made.heartbeatMs }
        : {}),
      clk: log.last().toString(36),
      pt: now,
      ...(now < this.#unreliableUntil ? { status: 503 } : {}),
      ...content,
    });
  }

  #beat(made: Subscription): void {
    this.#send(made, { ct: "HEARTBEAT" });
  }

  #tell(told: Told): void {
    for (const made of this.#subscriptions.values()) {
      if (!concerns(made, told)) continue;
      made.queue.push(told);
      if (made.conflateMs === 0) this.#flush(made);
    }
  }

  #flush(made: Subscription): void {
    const queue = made.queue;
    made.queue = [];
    if (queue.length === 0 || this.#frozen) return;
    const fault = drawFault(this.#options.rates, "stream", this.#options.rng);
    if (fault === "stream-drop") return;
    if (this.#spoil(fault, made)) return;
    const content = this.#contents(made, queue);
    this.#send(made, content);
    if (fault === "stream-duplicate") this.#send(made, content);
    if (made.op === "mcm")
      for (const { marketId } of queue) this.#options.onShown(marketId, this.#options.clock.now());
  }

  /** Faults that end the message; true when it is gone. */
  #spoil(fault: Fault | null, made: Subscription): boolean {
    if (fault === "stream-reset") this.#wire.end();
    else if (fault === "stream-half-open") {
      this.#frozen = true;
      this.#wire.freeze();
    } else if (fault === "stream-503") this.#unreliableUntil = this.#options.clock.now() + 10_000;
    else if (fault === "stream-image") this.#image(made, false);
    else return false;
    return fault !== "stream-503";
  }

  #contents(made: Subscription, told: readonly Told[]): object {
    const mine = told.filter((one) => concerns(made, one));
    if (made.op === "mcm")
      return { mc: mine.flatMap(({ change }) => (change === null ? [] : [fielded(change, made.fields)])) };
    return { oc: mine.map(({ marketId, bets }) => orderChange(marketId, bets, false)) };
  }
}

function concerns({ op, markets }: Subscription, { marketId, change, bets }: Told): boolean {
  if (op === "ocm") return bets.length > 0;
  return change !== null && (markets === null || markets.has(marketId));
}

/** Clocks are of one run and one seed. */
function initial({ exchange, sessions }: StreamOptions): string {
  return `${exchange.options.seed.toString(36)}.${exchange.options.startsAt.toString(36)}.${sessions.run}`;
}

function filtered({ markets }: Exchange, { marketFilter }: Params): Set<string> {
  const filter = typeof marketFilter === "object" && marketFilter !== null ? (marketFilter as Params) : {};
  const has = (list: unknown, value: string): boolean =>
    !Array.isArray(list) || list.length === 0 || list.includes(value);
  const wanted = [...markets.values()].filter(
    ({ marketId, eventId, kind, settledAt }) =>
      settledAt === null &&
      has(filter.marketIds, marketId) &&
      has(filter.eventIds, eventId) &&
      has(filter.marketTypes, kind.type) &&
      has(filter.eventTypeIds, "1"),
  );
  return new Set(wanted.map(({ marketId }) => marketId));
}

function fieldsOf({ marketDataFilter }: Params): ReadonlySet<string> {
  const fields =
    typeof marketDataFilter === "object" && marketDataFilter !== null
      ? (marketDataFilter as Params).fields
      : [];
  return new Set(Array.isArray(fields) && fields.length > 0 ? fields.map(String) : ALL_FIELDS);
}

function imageOf(exchange: Exchange, id: string, fields: ReadonlySet<string>): object[] {
  const market: PracticeMarket | undefined = exchange.markets.get(id);
  if (market === undefined || market.updates === 0) return [];
  const marketDefinition = definitionOf(market, market.simulation.book.publishTime);
  return [
    fielded({ id, img: true, marketDefinition, rc: crowdImage(market), tv: market.crowd.total }, fields),
  ];
}

const SENT_BY: Readonly<Record<string, readonly string[]>> = {
  atb: ["EX_ALL_OFFERS", "EX_BEST_OFFERS", "EX_BEST_OFFERS_DISP"],
  atl: ["EX_ALL_OFFERS", "EX_BEST_OFFERS", "EX_BEST_OFFERS_DISP"],
  trd: ["EX_TRADED"],
  ltp: ["EX_LTP"],
  tv: ["EX_TRADED_VOL"],
};

/** A change without what was not subscribed to. Offers are sent as whole ladders, whatever depth was asked for. */
function fielded(change: object, fields: ReadonlySet<string>): object {
  const { rc, tv, marketDefinition, ...rest } = change as Params;
  const wanted = (name: string): boolean => SENT_BY[name]?.some((field) => fields.has(field)) ?? true;
  const runners = Array.isArray(rc) ? rc.map((runner) => filterKeys(runner, wanted)) : [];
  return {
    ...rest,
    ...(marketDefinition !== undefined && fields.has("EX_MARKET_DEF") ? { marketDefinition } : {}),
    ...(runners.length > 0 ? { rc: runners } : {}),
    ...(tv !== undefined && fields.has("EX_TRADED_VOL") ? { tv } : {}),
  };
}

function filterKeys(runner: object, wanted: (name: string) => boolean): object {
  return Object.fromEntries(Object.entries(runner).filter(([name]) => wanted(name)));
}

function bounded(value: unknown, low: number, high: number, absent: number): number {
  return typeof value === "number" ? Math.min(high, Math.max(low, value)) : absent;
}

function parse(text: string): Params | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Params) : null;
  } catch {
    return null;
  }
}
