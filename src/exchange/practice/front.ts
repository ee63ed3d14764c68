import type { Instant } from "../../core/clock.js";
import type { Rng } from "../../core/rng.js";
import { ApiError, type Params } from "./api-error.js";
import type { Desk } from "./desk.js";
import { drawFault, type Fault, type FaultRates, type RequestKind } from "./faults.js";
import type { Journal } from "./journal.js";
import type { PracticeClock } from "./practice-clock.js";
import type { Sessions } from "./sessions.js";

/** A request as it came over the wire. */
export interface Asked {
  readonly path: string;
  readonly appKey: string;
  readonly token: string;
  readonly body: string;
  /** Whether the connection has shown a client certificate of our authority. */
  readonly certified: boolean;
}

/** What becomes of the connection. `delayMs` is practice time. */
export type Fate =
  | {
      readonly kind: "reply";
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly delayMs: number;
    }
  | { readonly kind: "reset" }
  | { readonly kind: "silence" };

export interface FrontOptions {
  readonly desk: Desk;
  readonly sessions: Sessions;
  readonly clock: PracticeClock;
  readonly journal: Journal;
  readonly rates: FaultRates;
  readonly rng: Rng;
}

/** Answers requests, and spoils some of them. */
export interface Front {
  handle(asked: Asked, done: (fate: Fate) => void): void;
}

const JSON_TYPE = "application/json";
const ORDER_OPERATIONS = ["placeOrders", "cancelOrders", "replaceOrders", "updateOrders"];
const ORDER_QUERIES = ["listCurrentOrders", "listClearedOrders"];
const MOST_QUERIES = 3;
const MAINTENANCE_MS = 30_000;
const BAN_MS = 60_000;
const LATEST_MS = 25_000;

interface Call {
  readonly api: string;
  readonly operation: string;
  readonly params: Params;
  readonly id: unknown;
  readonly rest: boolean;
}

export function createFront(options: FrontOptions): Front {
  const { sessions, clock, journal, rng } = options;
  let maintenanceUntil: Instant = Number.NEGATIVE_INFINITY;
  let queries = 0;
  const leave = (): void => {
    queries -= 1;
  };
  const minute = { at: -1, count: 0 };
  const count = (now: Instant): void => {
    const at = Math.floor(now / 60_000);
    if (at !== minute.at && minute.count > 0)
      journal.append({ kind: "requests", at: minute.at * 60_000, count: minute.count });
    if (at !== minute.at) minute.count = 0;
    minute.at = at;
    minute.count += 1;
  };
  const spoil = (kind: RequestKind): Fault | null => {
    const fault = drawFault(options.rates, kind, rng);
    if (fault === null) return null;
    const at = clock.now();
    journal.append({ kind: "fault", at, fault, of: kind });
    if (fault === "session-kill") sessions.killAll();
    if (fault === "maintenance") maintenanceUntil = at + MAINTENANCE_MS;
    if (fault === "login-ban") sessions.banUntil(at + BAN_MS);
    return fault;
  };
  return {
    handle(asked, done) {
      const now = clock.now();
      count(now);
      const identity = identityOf(asked.path);
      const call = identity === null ? callOf(asked) : null;
      const fault = spoil(kindOf(identity, call));
      const early = now < maintenanceUntil ? fail(503) : before(fault);
      if (early !== null) return done(early);
      if (identity !== null) return done(after(fault, answerIdentity(options, identity, asked), rng));
      if (call === null) return done(rpcError(null, -32700, "DSC-0008"));
      const refused = sessions.check(asked.appKey, asked.token);
      if (refused !== null) return done(apiError(call, new ApiError(refused)));
      const query = ORDER_QUERIES.includes(call.operation);
      if (query && queries >= MOST_QUERIES) return done(apiError(call, new ApiError("TOO_MANY_REQUESTS")));
      if (query) queries += 1;
      const finish = (fate: Fate): void => {
        const spoiled = after(fault, fate, rng);
        const delayMs = spoiled.kind === "reply" ? spoiled.delayMs : 0;
        // A query counts for as long as its reply is on the way.
        if (query && delayMs > 0) clock.sleep(delayMs).then(leave);
        else if (query) leave();
        done(spoiled);
      };
      answerCall(options.desk, call, fault, rng, finish);
    },
  };
}

function answerCall(
  desk: Desk,
  call: Call,
  fault: Fault | null,
  rng: Rng,
  finish: (fate: Fate) => void,
): void {
  // A reply that will not be understood leaves the client where a lost one does.
  const hide = fault !== null && LOSES_REPLY.includes(fault);
  if (fault === "timeout-report" && call.operation === "placeOrders" && rng() < 0.5) {
    finish(ok(call, timeoutReport(call.params)));
    return;
  }
  try {
    desk.answer(call.operation, call.params, hide, (result) =>
      finish(ok(call, disguise(fault, call, result))),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    finish(
      error.code.startsWith("-") ? rpcError(call.id, Number(error.code), "DSC-0021") : apiError(call, error),
    );
  }
}

const LOSES_REPLY: readonly Fault[] = [
  "reset-after",
  "silence-after",
  "500-after",
  "truncated",
  "garbage",
  "html",
  "wrong-id",
  "timeout-report",
  "errors-report",
];

/** Reports that say less than was done. */
function disguise(fault: Fault | null, { operation, params }: Call, result: unknown): unknown {
  if (operation !== "placeOrders") return result;
  if (fault === "timeout-report") return timeoutReport(params);
  if (fault !== "errors-report") return result;
  const { marketId, customerRef } = params;
  return {
    customerRef,
    status: "PROCESSED_WITH_ERRORS",
    errorCode: "PROCESSED_WITH_ERRORS",
    marketId,
    instructionReports: [],
  };
}

function timeoutReport({ marketId, customerRef, instructions }: Params): object {
  const parts = Array.isArray(instructions) ? instructions : [];
  return {
    customerRef,
    status: "TIMEOUT",
    marketId,
    instructionReports: parts.map((instruction) => ({ status: "TIMEOUT", instruction })),
  };
}

/** What a fault makes of a request that is not even looked at. */
function before(fault: Fault | null): Fate | null {
  switch (fault) {
    case "reset-before":
      return { kind: "reset" };
    case "silence-before":
      return { kind: "silence" };
    case "503-before":
      return fail(503);
    case "429-before":
      return fail(429);
    default:
      return null;
  }
}

/** What a fault makes of a reply. */
function after(fault: Fault | null, fate: Fate, rng: Rng): Fate {
  if (fate.kind !== "reply") return fate;
  switch (fault) {
    case "reset-after":
      return { kind: "reset" };
    case "silence-after":
      return { kind: "silence" };
    case "500-after":
      return fail(500);
    case "late-after":
      return { ...fate, delayMs: Math.floor(LATEST_MS * rng() ** 2) };
    case "truncated":
      return { ...fate, body: fate.body.slice(0, Math.floor(fate.body.length * rng())) };
    case "garbage":
      return { ...fate, body: "\u0000\u0001{]]" };
    case "html":
      return { ...fate, type: "text/html", body: "<html><body>Unavailable</body></html>" };
    case "wrong-id":
      return { ...fate, body: fate.body.replace(/"id":\d+/, '"id":999999999') };
    default:
      return fate;
  }
}

function identityOf(path: string): string | null {
  return /^\/api\/(certlogin|login|keepAlive|logout)$/.exec(path)?.[1] ?? null;
}

function kindOf(identity: string | null, call: Call | null): RequestKind {
  if (identity !== null) return "login";
  return call !== null && ORDER_OPERATIONS.includes(call.operation) ? "order" : "question";
}

function answerIdentity({ sessions, clock, journal }: FrontOptions, what: string, asked: Asked): Fate {
  if (what === "keepAlive" || what === "logout") {
    const done = what === "keepAlive" ? sessions.keepAlive(asked.token) : sessions.logout(asked.token);
    const { token } = asked;
    return reply(
      done ? { token, product: asked.appKey, status: "SUCCESS", error: "" } : refusal("NO_SESSION", asked),
    );
  }
  const form = new URLSearchParams(asked.body);
  const certified = what === "certlogin" ? asked.certified : null;
  const result = sessions.login(form.get("username") ?? "", form.get("password") ?? "", certified);
  journal.append({ kind: "login", at: clock.now(), granted: result.kind === "token" });
  if (what === "certlogin")
    return reply(
      result.kind === "token"
        ? { sessionToken: result.token, loginStatus: "SUCCESS" }
        : { loginStatus: result.code },
    );
  return reply(
    result.kind === "token"
      ? { token: result.token, product: asked.appKey, status: "SUCCESS", error: "" }
      : refusal(result.code, asked),
  );
}

function refusal(error: string, { appKey }: Asked): object {
  return { token: "", product: appKey, status: "FAIL", error };
}

/** A JSON-RPC or REST call; null for what is neither. */
function callOf({ path, body }: Asked): Call | null {
  const rest = /^\/exchange\/(betting|account)\/rest\/v1(?:\.0)?\/(\w+)\/?$/.exec(path);
  const rpc = /^\/exchange\/(betting|account|heartbeat)\/json-rpc\/v1\/?$/.exec(path);
  if (rest === null && rpc === null) return null;
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== "object" || json === null) return null;
    if (rest !== null)
      return { api: rest[1], operation: rest[2], params: json as Params, id: null, rest: true };
    const { method, params, id } = json as Params;
    const operation = /^\w+APING\/v1\.0\/(\w+)$/.exec(String(method))?.[1] ?? "";
    const given = typeof params === "object" && params !== null ? (params as Params) : {};
    return { api: rpc?.[1] ?? "", operation, params: given, id, rest: false };
  } catch {
    return null;
  }
}

function reply(content: unknown, status = 200): Fate {
  return { kind: "reply", status, type: JSON_TYPE, body: JSON.stringify(content), delayMs: 0 };
}

function fail(status: number): Fate {
  return { kind: "reply", status, type: "text/plain", body: "", delayMs: 0 };
}

function ok(call: Call, result: unknown): Fate {
  return reply(call.rest ? result : { jsonrpc: "2.0", result, id: call.id });
}

function rpcError(id: unknown, code: number, message: string): Fate {
  return reply({ jsonrpc: "2.0", error: { code, message }, id });
}

function apiError(call: Call, { code, details }: ApiError): Fate {
  const name = call.api === "account" ? "AccountAPINGException" : "APINGException";
  const exception = { requestUUID: "practice", errorCode: code, errorDetails: details };
  const data = { exceptionname: name, [name]: exception };
  const message = `${call.api === "account" ? "AANGX" : "ANGX"}-0002`;
  if (call.rest) return reply({ faultcode: "Client", faultstring: message, detail: data }, 400);
  return reply({ jsonrpc: "2.0", error: { code: -32099, message, data }, id: call.id });
}
