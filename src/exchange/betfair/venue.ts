import { invariant } from "../../core/assert.js";
import type { Clock, Instant } from "../../core/clock.js";
import type { Rng } from "../../core/rng.js";
import type { Account, ClearedStatus, OrderQuery, Venue, VenueAnswer, VenueBook } from "../venue.js";
import { isDelayedKey, readAccount, readFunds, readHeartbeat } from "./account.js";
import { type Caller, createCaller, gather } from "./caller.js";
import { cancelParams, MOST_CANCELS, readCancel } from "./cancel.js";
import {
  CATALOGUE_PAGE,
  catalogueParams,
  factsParams,
  type MarketFacts,
  readCatalogue,
  readFacts,
} from "./catalogue.js";
import { CLEARED_STATUSES, clearedParams, readCleared, readClearedMarket } from "./cleared.js";
import type { Credentials } from "./credentials.js";
import { flagOf, listOf, objectOf } from "./json.js";
import { login, renew } from "./login.js";
import { bookParams, readBook } from "./market-book.js";
import { currentParams, queryParts, readOrder } from "./orders.js";
import { createGate, createSpacer, type Gate } from "./pace.js";
import { onLadder, placeOutcomes, placeParams } from "./place.js";
import type { BetfairProfile } from "./profile.js";
import { requestFault } from "./refs.js";
import { createSession, type Session } from "./session.js";
import type { SessionStore } from "./session-file.js";
import { openStream } from "./stream/stream.js";
import type { Transport } from "./transport.js";
import { bookWeight, chunked, marketsPerRequest } from "./weights.js";

export interface BetfairOptions {
  readonly profile: BetfairProfile;
  readonly credentials: Credentials;
  readonly store: SessionStore;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  /** For pauses that no two clients share. */
  readonly rng: Rng;
}

const BOOKS_TOGETHER = marketsPerRequest(bookWeight(["EX_BEST_OFFERS"]));
/** Five a second for each market. */
const BOOK_GAP_MS = 200;
const ORDER_QUERIES = 3;

/** Betfair, or whatever speaks as it does under a profile of its own. */
export function betfairVenue(options: BetfairOptions): Venue {
  const { profile, credentials, clock, transport } = options;
  const session = sessionOf(options);
  const caller = createCaller({ ...options, appKey: credentials.appKey, session });
  const orderQuery = createGate(ORDER_QUERIES);
  const space = createSpacer(options, BOOK_GAP_MS);
  const facts = new Map<string, MarketFacts>();
  return {
    name: profile.name,
    live: profile.live,
    open: () => openAccount(caller, options),
    funds: () => caller.ask("account", "getAccountFunds", {}, readFunds),
    catalogue: (filter) => askCatalogue(caller, clock, filter, facts),
    books: (marketIds) => askBooks(caller, clock, marketIds, facts, space),
    async place(request) {
      const fault = requestFault(request) ?? (onLadder(request) ? null : "INVALID_ODDS");
      if (fault !== null)
        return request.orders.map(() => ({
          kind: "not-sent",
          code: fault,
          detail: "refused by the local check",
        }));
      return placeOutcomes(request, await caller.call("betting", "placeOrders", placeParams(request)));
    },
    async cancel(marketId, betIds) {
      // The venue reads an empty list as the whole market, and no market as the whole account.
      invariant(marketId !== "" && betIds.length > 0, "a cancellation names its market and its bets");
      return gather(
        chunked(betIds, MOST_CANCELS),
        (some) =>
          caller.ask("betting", "cancelOrders", cancelParams(marketId, some), (result) =>
            readCancel(result, some),
          ),
        clock,
      );
    },
    currentOrders: async (query) =>
      unique(
        await gather(queryParts(query), (part) => askCurrent(caller, orderQuery, part), clock),
        ({ betId }) => betId,
      ),
    clearedOrders: async (query) => {
      const parts = queryParts(query).flatMap((part) => CLEARED_STATUSES.map((status) => ({ part, status })));
      const ask = ({ part, status }: { part: OrderQuery; status: ClearedStatus }) =>
        askCleared(caller, orderQuery, part, status, "BET", (item) => readCleared(item, status));
      return unique(await gather(parts, ask, clock), ({ betId, status }) => `${betId} ${status}`);
    },
    clearedMarkets: async (query) => {
      const ask = (part: OrderQuery) =>
        askCleared(caller, orderQuery, part, "SETTLED", "MARKET", readClearedMarket);
      return unique(await gather(queryParts(query), ask, clock), ({ marketId }) => marketId);
    },
    heartbeat: (timeoutSeconds) =>
      caller.ask("heartbeat", "heartbeat", { preferredTimeoutSeconds: timeoutSeconds }, readHeartbeat),
    watch: (marketIds, onChange) =>
      openStream({
        profile,
        appKey: credentials.appKey,
        token: (stale) => (stale === null ? session.token() : session.replace(stale)),
        marketIds,
        orders: false,
        rng: options.rng,
        onMarkets: onChange,
      }),
    close: () => transport.close(),
  };
}

function sessionOf({ profile, credentials, store, transport, clock }: BetfairOptions): Session {
  return createSession({
    store,
    clock,
    login: () => login(transport, profile, credentials),
    keepAlive: (token) => renew(transport, profile, credentials, token),
    version: credentials.changedAt,
  });
}

/** The account, and for real money a key that may bet. */
async function openAccount(
  caller: Caller,
  { profile, credentials }: BetfairOptions,
): Promise<VenueAnswer<Account>> {
  const account = await caller.ask("account", "getAccountDetails", {}, (result) =>
    readAccount(result, credentials.username),
  );
  if (account.kind !== "ok" || !profile.live) return account;
  const delayed = await caller.ask("account", "getDeveloperAppKeys", {}, (result) =>
    isDelayedKey(result, credentials.appKey),
  );
  if (delayed.kind !== "ok") return delayed;
  return delayed.value
    ? {
        kind: "refused",
        code: "DELAYED_APP_KEY",
        detail: "the application key sees delayed prices and cannot bet",
      }
    : account;
}

type Facts = Map<string, MarketFacts>;

/** A full page may have left markets out: the time span is then halved, down to single minutes. */
async function askCatalogue(
  caller: Caller,
  clock: Clock,
  filter: Parameters<Venue["catalogue"]>[0],
  facts: Facts,
): ReturnType<Venue["catalogue"]> {
  const page = await caller.ask("betting", "listMarketCatalogue", catalogueParams(filter), (result) => {
    const items = listOf(result, "catalogue");
    remember(facts, items);
    return items.map(readCatalogue);
  });
  const { from, to } = filter;
  if (page.kind !== "ok" || page.value.length < CATALOGUE_PAGE || to - from < 60_000) return page;
  const middle: Instant = Math.floor((from + to) / 2);
  const halves = [
    { ...filter, to: middle },
    { ...filter, from: middle },
  ];
  return unique(
    await gather(halves, (half) => askCatalogue(caller, clock, half, facts), clock),
    ({ marketId }) => marketId,
  );
}

function remember(facts: Facts, items: readonly unknown[]): void {
  for (const item of items) {
    const read = readFacts(item);
    facts.set(read.marketId, read);
  }
}

async function askBooks(
  caller: Caller,
  clock: Clock,
  marketIds: readonly string[],
  facts: Facts,
  space: (ids: readonly string[]) => Promise<void>,
): Promise<VenueAnswer<readonly VenueBook[]>> {
  const ids = [...new Set(marketIds)];
  const missing = chunked(
    ids.filter((id) => !facts.has(id)),
    CATALOGUE_PAGE,
  );
  const learned = await gather(
    missing,
    (some) =>
      caller.ask("betting", "listMarketCatalogue", factsParams(some), (result) => {
        remember(facts, listOf(result, "catalogue"));
        return [];
      }),
    clock,
  );
  if (learned.kind !== "ok") return learned;
  // A market without a catalogue is closed and gone, or was never there.
  const known = ids.filter((id) => facts.has(id));
  const factsOf = (id: string): MarketFacts =>
    facts.get(id) ?? { marketId: id, ladder: "LINE_RANGE", marketBaseRate: null };
  return gather(
    chunked(known, BOOKS_TOGETHER),
    async (some) => {
      await space(some);
      const askedAt = clock.now();
      const answer = await caller.ask("betting", "listMarketBook", bookParams(some), (result) =>
        listOf(result, "books").map((item) => readBook(item, factsOf, askedAt)),
      );
      return answer.kind === "ok" ? inVenueTime(answer, clock.now()) : answer;
    },
    clock,
  );
}

/** Books were asked for by our clock; how old they are is asked by the venue's. */
function inVenueTime(
  answer: Extract<VenueAnswer<VenueBook[]>, { kind: "ok" }>,
  now: Instant,
): VenueAnswer<readonly VenueBook[]> {
  const ahead = answer.at - now;
  return { ...answer, value: answer.value.map((book) => ({ ...book, pricedAt: book.pricedAt + ahead })) };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly more: boolean;
}

function askCurrent(caller: Caller, gate: Gate, query: OrderQuery) {
  return askPages((from) =>
    gate(() =>
      caller.ask("betting", "listCurrentOrders", currentParams(query, from), (result) =>
        readPage(result, "currentOrders", readOrder),
      ),
    ),
  );
}

function askCleared<T>(
  caller: Caller,
  gate: Gate,
  query: OrderQuery,
  status: ClearedStatus,
  groupBy: "BET" | "MARKET",
  read: (item: unknown) => T,
): Promise<VenueAnswer<readonly T[]>> {
  return askPages((from) =>
    gate(() =>
      caller.ask("betting", "listClearedOrders", clearedParams(query, status, groupBy, from), (result) =>
        readPage(result, "clearedOrders", read),
      ),
    ),
  );
}

function readPage<T>(result: unknown, field: string, read: (item: unknown) => T): Page<T> {
  const json = objectOf(result, field);
  return { items: listOf(json[field], field).map(read), more: flagOf(json, "moreAvailable") };
}

/** All pages. One that says there is more and holds nothing would be asked for ever. */
async function askPages<T>(
  ask: (fromRecord: number) => Promise<VenueAnswer<Page<T>>>,
): Promise<VenueAnswer<readonly T[]>> {
  const all: T[] = [];
  for (;;) {
    const page = await ask(all.length);
    if (page.kind !== "ok") return page;
    all.push(...page.value.items);
    if (!page.value.more) return { kind: "ok", value: all, at: page.at };
    if (page.value.items.length === 0)
      return { kind: "failed", code: "EMPTY_PAGE", detail: "a page without entries says there are more" };
  }
}

/** An entry that moved from one page or part to the next is told twice: the later word holds. */
function unique<T>(answer: VenueAnswer<readonly T[]>, keyOf: (item: T) => string): VenueAnswer<readonly T[]> {
  if (answer.kind !== "ok") return answer;
  return { ...answer, value: [...new Map(answer.value.map((item) => [keyOf(item), item])).values()] };
}
