import type { Rng } from "../../../core/rng.js";
import type { VenueBook } from "../../venue.js";
import type { BetfairProfile } from "../profile.js";
import type { TokenReply } from "../session.js";
import { type Connection, openConnection, UNREADABLE } from "./connection.js";
import {
  createMarketFeed,
  feedBooks,
  type MarketFeed,
  type Message,
  readMarketMessage,
} from "./market-feed.js";
import { createOrderFeed, type OrderFeed, readOrderMessage, type StreamOrder } from "./order-feed.js";
import { streamVerdict } from "./status.js";

/** Where a stream stands. Bets wait unless it is "live". */
export type StreamState = "connecting" | "live" | "waiting" | "ended";

export interface StreamOptions {
  readonly profile: Pick<BetfairProfile, "stream" | "authority">;
  readonly appKey: string;
  /** A session's token, or one in place of a stale one. */
  readonly token: (stale: string | null) => Promise<TokenReply>;
  readonly marketIds: readonly string[];
  readonly orders: boolean;
  readonly rng: Rng;
  /** Milliseconds between heartbeats that are asked for, 500 to 5000. */
  readonly heartbeatMs?: number;
  readonly conflateMs?: number;
  /** First pause before connecting again; doubled up to a minute. */
  readonly pauseMs?: number;
  readonly onMarkets?: (marketIds: readonly string[]) => void;
  readonly onOrders?: (orders: readonly StreamOrder[]) => void;
  readonly onState?: (state: StreamState, why: string) => void;
}

/** A subscription that is kept alive: taken up again where it broke, begun afresh where it cannot be. */
export interface Stream {
  readonly state: () => StreamState;
  /** Books of the markets subscribed to; unreliable unless the stream is live and says that all is well. */
  books(marketIds?: readonly string[]): VenueBook[];
  readonly marketFeed: () => MarketFeed;
  readonly orderFeed: () => OrderFeed;
  /** Connections made so far. */
  readonly connections: () => number;
  close(): void;
}

const HEARTBEAT_MS = 2000;
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const ID = { authentication: 1, markets: 2, orders: 3 } as const;
const FIELDS = ["EX_BEST_OFFERS_DISP", "EX_LTP", "EX_MARKET_DEF"];

/** Open a stream and keep it open until `close`. Never throws: how it is, is its state. */
export function openStream(options: StreamOptions): Stream {
  return new LiveStream(options);
}

class LiveStream implements Stream {
  readonly #options: StreamOptions;
  readonly #heartbeatMs: number;
  #markets = createMarketFeed();
  #orders = createOrderFeed();
  #state: StreamState = "connecting";
  #connection: Connection | null = null;
  #stale: string | null = null;
  #failures = 0;
  #connections = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
    void this.#start();
  }

  readonly state = (): StreamState => this.#state;
  readonly marketFeed = (): MarketFeed => this.#markets;
  readonly orderFeed = (): OrderFeed => this.#orders;
  readonly connections = (): number => this.#connections;

  books(marketIds?: readonly string[]): VenueBook[] {
    return feedBooks(this.#markets, this.#state !== "live", marketIds);
  }

  close(): void {
    this.#end("closed");
  }

  async #start(): Promise<void> {
    if (this.state() === "ended") return;
    this.#enter("connecting", "");
    const reply = await this.#options.token(this.#stale);
    if (this.state() === "ended") return;
    if (reply.kind === "unauthorised") this.#end(reply.code);
    else if (reply.kind === "failed") this.#later(reply.code);
    else {
      this.#stale = null;
      this.#connections += 1;
      this.#connection = openConnection(this.#options.profile, this.#heartbeatMs, {
        onMessage: (message) => this.#take(message, reply.token),
        onClose: (why) => this.#lost(why),
      });
    }
  }

  #enter(next: StreamState, why: string): void {
    if (this.#state === next) return;
    this.#state = next;
    this.#options.onState?.(next, why);
  }

  #end(why: string): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#enter("ended", why);
    this.#connection?.close(why);
  }

  #later(why: string): void {
    this.#enter("waiting", why);
    const pause = Math.min(LONGEST_PAUSE_MS, (this.#options.pauseMs ?? PAUSE_MS) * 2 ** this.#failures);
    this.#failures += 1;
    // Half of it at random: clients that lost one server must not come back in step.
    this.#timer = setTimeout(() => void this.#start(), pause * (0.5 + 0.5 * this.#options.rng()));
  }

  #lost(why: string): void {
    this.#markets.ready = false;
    this.#orders.ready = false;
    // What was lost with a message that cannot be read is not known: the clocks are no place to go on from.
    if (why === UNREADABLE) this.#afresh();
    if (this.#state !== "ended") this.#later(why);
  }

  #afresh(): void {
    this.#markets = createMarketFeed();
    this.#orders = createOrderFeed();
  }

  #take(message: Message, token: string): void {
    const { op, id } = message;
    if (op === "connection")
      this.#send({
        op: "authentication",
        id: ID.authentication,
        appKey: this.#options.appKey,
        session: token,
      });
    else if (op === "status" && message.statusCode !== "SUCCESS")
      this.#refused(String(message.errorCode), token);
    else if (op === "status" && id === ID.authentication) this.#subscribe();
    else if (op === "mcm") this.#told(readMarketMessage(this.#markets, message), this.#options.onMarkets);
    else if (op === "ocm") this.#told(readOrderMessage(this.#orders, message), this.#options.onOrders);
    if (this.#connection?.open() && this.#markets.ready && (!this.#options.orders || this.#orders.ready)) {
      this.#failures = 0;
      this.#enter("live", "");
    }
  }

  #told<T>(changed: readonly T[], listener: ((changed: readonly T[]) => void) | undefined): void {
    if (changed.length > 0) listener?.(changed);
  }

  #refused(code: string, token: string): void {
    const verdict = streamVerdict(code);
    if (verdict === "keep-on") {
      this.#options.onState?.(this.#state, code);
      return;
    }
    if (verdict === "start-afresh") this.#afresh();
    if (verdict === "log-in-again") this.#stale = token;
    if (verdict === "give-up") this.#end(code);
    this.#connection?.close(code);
  }

  #send(message: Message): void {
    this.#connection?.send(message);
  }

  #subscribe(): void {
    const { marketIds, conflateMs = 0, orders } = this.#options;
    const common = { heartbeatMs: this.#heartbeatMs, conflateMs, segmentationEnabled: true };
    this.#send({
      op: "marketSubscription",
      id: ID.markets,
      marketFilter: { marketIds },
      marketDataFilter: { ladderLevels: 3, fields: FIELDS },
      ...common,
      ...clocks(this.#markets),
    });
    if (orders)
      this.#send({
        op: "orderSubscription",
        id: ID.orders,
        orderFilter: { includeOverallPosition: false },
        ...common,
        ...clocks(this.#orders),
      });
  }
}

/** Where a broken subscription is taken up again; nothing for a new one. */
function clocks({
  initialClk,
  clk,
}: {
  readonly initialClk: string | null;
  readonly clk: string | null;
}): Message {
  return initialClk === null || clk === null ? {} : { initialClk, clk };
}
