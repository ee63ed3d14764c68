import type { Clock, Instant } from "../../core/clock.js";
import type { Rng } from "../../core/rng.js";
import { toDecimal } from "../../domain/money.js";
import { REPORT_CODES } from "../betfair/codes.js";
import { ApiError, countOf, type Params, textsOf } from "./api-error.js";
import { advance, apply } from "./exchange.js";
import { type Exchange, exposureMinor } from "./exchange-state.js";
import type { Journal } from "./journal.js";
import { listMarketBook } from "./list-books.js";
import { listGroups, listMarketCatalogue } from "./list-markets.js";
import { listClearedOrders, listCurrentOrders } from "./list-orders.js";
import { currentPhase } from "./market.js";
import type { ChangeOperation, Operation, Seen } from "./operation.js";
import { failedPart, failure, type Instruction } from "./report.js";

/** Answers operations. `done` is told the result at once or, for a bet in play, after the market's delay. */
export interface Desk {
  readonly exchange: Exchange;
  /** `hide`: the reply will be lost, so that what is placed shows itself late. Throws ApiError. */
  answer(operation: string, params: Params, hide: boolean, done: (result: unknown) => void): void;
  /** A client was shown a market. */
  show(marketId: string, at: Instant): void;
  /** Let time pass: markets play on, the dead-man switch may fall. */
  tick(): void;
}

export interface DeskOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly rng: Rng;
  readonly username: string;
  readonly appKey: string;
  /** Answer each placing with the next of all codes instead of trying it. */
  readonly allErrors: boolean;
}

const HIDDEN_MS = 120_000;
const BOOKS_A_SECOND = 5;

export function createDesk(options: DeskOptions): Desk {
  const { exchange, clock, journal, rng } = options;
  const seen = new Map<string, Seen>();
  const asked = new Map<string, Instant[]>();
  const codes = options.allErrors ? Object.keys(REPORT_CODES) : [];
  let aliveUntil: Instant = Number.POSITIVE_INFINITY;
  const show = (marketId: string, at: Instant): void => {
    const market = exchange.markets.get(marketId);
    if (market !== undefined) seen.set(marketId, { at, status: currentPhase(market).status });
  };
  const act = (operation: Operation, done: (result: unknown) => void): void => {
    journal.append(operation);
    apply(exchange, operation, done);
  };
  const place = (params: Params, hide: boolean, done: (result: unknown) => void): void => {
    const at = clock.now();
    const request = placeOperation(params, at);
    const code = codes.shift();
    if (code !== undefined) {
      journal.append({ kind: "scripted", at, code });
      const parts = request.instructions.map((one) => failedPart(one, "ERROR_IN_ORDER"));
      done(failure(request.marketId, request.customerRef, code, parts));
      return;
    }
    const hiddenMs = hide ? Math.floor(HIDDEN_MS * rng()) : 0;
    act({ ...request, hiddenMs, seen: seen.get(request.marketId) ?? null }, done);
  };
  const books = (params: Params): object[] => {
    const now = clock.now();
    for (const id of textsOf(params, "marketIds") ?? []) pace(asked, id, now);
    const { markets, books: answer } = listMarketBook(exchange, params);
    for (const { marketId } of markets) show(marketId, now);
    return answer;
  };
  const heartbeat = (params: Params): object => {
    const seconds = Number(params.preferredTimeoutSeconds);
    if (!(seconds === 0 || (seconds >= 10 && seconds <= 300))) throw new ApiError("INVALID_INPUT_DATA");
    aliveUntil = seconds === 0 ? Number.POSITIVE_INFINITY : clock.now() + seconds * 1000;
    return { actionPerformed: "NONE", actualTimeoutSeconds: seconds };
  };
  return {
    exchange,
    show,
    tick() {
      const now = clock.now();
      if (now > aliveUntil) {
        aliveUntil = Number.POSITIVE_INFINITY;
        act({ kind: "cancel", at: now, marketId: "", customerRef: "", instructions: [] }, () => {});
      }
      advance(exchange, now);
    },
    answer(operation, params, hide, done) {
      const now = clock.now();
      advance(exchange, now);
      switch (operation) {
        case "placeOrders":
          return place(params, hide, done);
        case "cancelOrders":
        case "replaceOrders":
        case "updateOrders":
          return act(changeOperation(operation, params, now), done);
        case "listEventTypes":
        case "listCompetitions":
        case "listEvents":
        case "listMarketTypes":
          return done(listGroups(exchange, operation, params));
        case "listMarketCatalogue":
          return done(listMarketCatalogue(exchange, params));
        case "listMarketBook":
          return done(books(params));
        case "listCurrentOrders":
          return done(listCurrentOrders(exchange, params, now));
        case "listClearedOrders":
          return done(listClearedOrders(exchange, params, now));
        case "getAccountFunds":
          return done(fundsOf(exchange));
        case "getAccountDetails":
          return done(accountOf(options));
        case "getDeveloperAppKeys":
          return done([{ appName: "practice", appId: 1, appVersions: [versionOf(options)] }]);
        case "heartbeat":
          return done(heartbeat(params));
        default:
          throw new ApiError("-32601", operation);
      }
    },
  };
}

/** No more than five a second for one market. */
function pace(asked: Map<string, Instant[]>, marketId: string, now: Instant): void {
  const recent = (asked.get(marketId) ?? []).filter((at) => now - at < 1000);
  if (recent.length >= BOOKS_A_SECOND) throw new ApiError("TOO_MANY_REQUESTS", marketId);
  asked.set(marketId, [...recent, now]);
}

const REF = /^[A-Za-z0-9\-._+*:;~]*$/;

function refOf(params: Params, field: string, most: number): string {
  const ref = params[field] ?? "";
  if (typeof ref !== "string" || ref.length > most || !REF.test(ref))
    throw new ApiError("INVALID_INPUT_DATA", field);
  return ref;
}

function instructionsOf(params: Params): readonly Instruction[] {
  const { instructions = [] } = params;
  if (!Array.isArray(instructions)) throw new ApiError("INVALID_INPUT_DATA", "instructions");
  if (instructions.some((one) => typeof one !== "object" || one === null))
    throw new ApiError("INVALID_INPUT_DATA", "instructions");
  return instructions;
}

function placeOperation(
  params: Params,
  at: Instant,
): Omit<Extract<Operation, { kind: "place" }>, "hiddenMs" | "seen"> {
  const { marketId, marketVersion } = params;
  if (typeof marketId !== "string") throw new ApiError("INVALID_INPUT_DATA", "marketId");
  const version =
    typeof marketVersion === "object" && marketVersion !== null
      ? countOf(marketVersion as Params, "version", 0)
      : null;
  return {
    kind: "place",
    at,
    marketId,
    customerRef: refOf(params, "customerRef", 32),
    strategyRef: refOf(params, "customerStrategyRef", 15),
    version,
    instructions: instructionsOf(params),
  };
}

function changeOperation(operation: string, params: Params, at: Instant): ChangeOperation {
  const { marketId = "" } = params;
  if (typeof marketId !== "string") throw new ApiError("INVALID_INPUT_DATA", "marketId");
  const instructions = instructionsOf(params);
  if (operation !== "cancelOrders" && instructions.length === 0)
    throw new ApiError("INVALID_INPUT_DATA", "instructions");
  return {
    kind: operation === "cancelOrders" ? "cancel" : operation === "replaceOrders" ? "replace" : "update",
    at,
    marketId,
    customerRef: refOf(params, "customerRef", 32),
    instructions,
  };
}

function fundsOf(exchange: Exchange): object {
  const exposure = exposureMinor(exchange);
  return {
    availableToBetBalance: toDecimal(exchange.balanceMinor - exposure),
    exposure: toDecimal(-exposure || 0),
    retainedCommission: 0,
    exposureLimit: -toDecimal(exchange.options.balanceMinor),
    discountRate: 0,
    pointsBalance: 0,
    wallet: "UK",
  };
}

function accountOf({ username }: DeskOptions): object {
  return {
    currencyCode: "GBP",
    firstName: username,
    lastName: "practice",
    localeCode: "en",
    region: "GBR",
    timezone: "GMT",
    discountRate: 0,
    pointsBalance: 0,
    countryCode: "GB",
  };
}

function versionOf({ username, appKey }: DeskOptions): object {
  return {
    owner: username,
    versionId: 1,
    version: "1.0",
    applicationKey: appKey,
    delayData: false,
    subscriptionRequired: false,
    ownerManaged: false,
    active: true,
  };
}
