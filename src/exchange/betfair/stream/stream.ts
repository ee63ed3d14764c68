import { connect, type TLSSocket } from "node:tls";
import type { Rng } from "../../../core/rng.js";
import type { VenueBook } from "../../venue.js";
import type { BetfairProfile } from "../profile.js";
import type { TokenReply } from "../session.js";
import { createFrames } from "./frames.js";
import {
  createMarketFeed,
  feedBooks,
  type MarketFeed,
  type Message,
  readMarketMessage,
} from "./market-feed.js";
import { createOrderFeed, type OrderFeed, readOrderMessage, type StreamOrder } from "./order-feed.js";
import { type StreamVerdict, streamVerdict } from "./status.js";

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
const CONNECT_MS = 5000;
/** Silence for so many heartbeats is the end of a connection, whatever the socket says. */
const MOST_SILENT = 2;
const ID = { authentication: 1, markets: 2, orders: 3 } as const;
const FIELDS = ["EX_BEST_OFFERS_DISP", "EX_LTP", "EX_MARKET_DEF"];

/** Open a stream and keep it open until `close`. Never throws: how it is, is its state. */
export function openStream(options: StreamOptions): Stream {
  const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
  let markets = createMarketFeed();
  let orders = createOrderFeed();
  let state: StreamState = "connecting";
  let socket: TLSSocket | null = null;
  let stale: string | null = null;
  let failures = 0;
  let connections = 0;
  let timer: NodeJS.Timeout | null = null;
  const enter = (next: StreamState, why: string): void => {
    if (state === next) return;
    state = next;
    options.onState?.(next, why);
  };
  const afresh = (): void => {
    markets = createMarketFeed();
    orders = createOrderFeed();
  };
  const later = (why: string): void => {
    if (state === "ended") return;
    enter("waiting", why);
    const pause = Math.min(LONGEST_PAUSE_MS, (options.pauseMs ?? PAUSE_MS) * 2 ** failures);
    failures += 1;
    // Half of it at random: clients that lost one server must not come back in step.
    timer = setTimeout(() => void start(), pause * (0.5 + 0.5 * options.rng()));
  };
  const end = (why: string): void => {
    if (timer !== null) clearTimeout(timer);
    enter("ended", why);
    socket?.destroy();
  };
  const follow = (verdict: StreamVerdict, code: string, token: string): boolean => {
    if (verdict === "keep-on") return false;
    if (verdict === "give-up") end(code);
    if (verdict === "start-afresh") afresh();
    if (verdict === "log-in-again") stale = token;
    return true;
  };
  const start = async (): Promise<void> => {
    if (state === "ended") return;
    enter("connecting", "");
    const reply = await options.token(stale);
    if (ended(state)) return;
    if (reply.kind === "unauthorised") end(reply.code);
    else if (reply.kind === "failed") later(reply.code);
    else {
      stale = null;
      connections += 1;
      socket = talk(reply.token);
    }
  };
  const talk = (token: string): TLSSocket => {
    const { host, port } = options.profile.stream;
    const { authority } = options.profile;
    const made = connect({
      host,
      port,
      servername: host,
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      ...(authority === null ? {} : { ca: authority }),
    });
    const frames = createFrames();
    let why = "CONNECTION_FAILED";
    let heard = performance.now();
    const send = (message: Message): void => void made.write(`${JSON.stringify(message)}\r\n`);
    const watch = setInterval(() => {
      const silent = performance.now() - heard;
      if (silent <= (made.connecting ? CONNECT_MS : MOST_SILENT * heartbeatMs)) return;
      why = "SILENCE";
      made.destroy();
    }, heartbeatMs / 4);
    const take = (message: Message): void => {
      const { op, id } = message;
      if (op === "connection")
        send({ op: "authentication", id: ID.authentication, appKey: options.appKey, session: token });
      else if (op === "status" && message.statusCode !== "SUCCESS") {
        const code = String(message.errorCode);
        if (!follow(streamVerdict(code), code, token)) options.onState?.(state, code);
        else {
          why = code;
          made.destroy();
        }
      } else if (op === "status" && id === ID.authentication) subscribe(send);
      else if (op === "mcm") {
        const changed = readMarketMessage(markets, message);
        if (changed.length > 0) options.onMarkets?.(changed);
      } else if (op === "ocm") {
        const changed = readOrderMessage(orders, message);
        if (changed.length > 0) options.onOrders?.(changed);
      }
      if (markets.ready && (!options.orders || orders.ready) && !made.destroyed) {
        failures = 0;
        enter("live", "");
      }
    };
    made.on("data", (chunk: Buffer) => {
      heard = performance.now();
      try {
        for (const frame of frames.push(chunk)) take(messageOf(frame));
      } catch (error) {
        if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
        why = "UNREADABLE_MESSAGE";
        // What was lost with it is not known: the clocks are no place to go on from.
        afresh();
        made.destroy();
      }
    });
    made.on("error", (error: NodeJS.ErrnoException) => {
      why = error.code ?? why;
    });
    made.on("close", () => {
      clearInterval(watch);
      markets.ready = false;
      orders.ready = false;
      if (!ended(state)) later(why);
    });
    return made;
  };
  const subscribe = (send: (message: Message) => void): void => {
    const { marketIds, conflateMs = 0 } = options;
    const common = { heartbeatMs, conflateMs, segmentationEnabled: true };
    send({
      op: "marketSubscription",
      id: ID.markets,
      marketFilter: { marketIds },
      marketDataFilter: { ladderLevels: 3, fields: FIELDS },
      ...common,
      ...clocks(markets),
    });
    if (options.orders)
      send({
        op: "orderSubscription",
        id: ID.orders,
        orderFilter: { includeOverallPosition: false },
        ...common,
        ...clocks(orders),
      });
  };
  void start();
  return {
    state: () => state,
    books: (ids) => feedBooks(markets, state !== "live", ids),
    marketFeed: () => markets,
    orderFeed: () => orders,
    connections: () => connections,
    close: () => end("closed"),
  };
}

/** The state may change while something is awaited; asked through a call, because the compiler does not think so. */
function ended(state: StreamState): boolean {
  return state === "ended";
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

function messageOf(frame: string): Message {
  const json: unknown = JSON.parse(frame);
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Message;
  throw new SyntaxError("a message is no object");
}
