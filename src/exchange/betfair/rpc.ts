import type { Instant } from "../../core/clock.js";
import { API_CODES, statusCode } from "./codes.js";
import { type Json, objectOf, optionalText, ShapeError, textOf } from "./json.js";
import type { HttpReply } from "./transport.js";

/**
 * What came back for one call.
 *
 * error     the venue's own error, decided by its code
 * silence   nothing that could be relied on: the call may have been carried out
 * not-sent  the call never left
 */
export type RpcReply =
  | {
      readonly kind: "result";
      readonly result: unknown;
      /** The server's clock, to the second; null when it did not say. */
      readonly date?: Instant | null;
    }
  | { readonly kind: "error"; readonly code: string; readonly detail: string }
  | { readonly kind: "silence"; readonly code: string; readonly detail: string }
  | { readonly kind: "not-sent"; readonly code: string; readonly detail: string };

export function encodeCall(method: string, params: unknown, id: number): string {
  return JSON.stringify({ jsonrpc: "2.0", method, params, id });
}

/** Read the answer to call `id`. Never throws: what cannot be read is silence. */
export function decodeReply(reply: HttpReply, id: number): RpcReply {
  if (reply.kind === "not-sent") return reply;
  if (reply.kind === "lost") return { ...reply, kind: "silence" };
  // Whatever a server in trouble says about itself, what it did before is not known.
  if (reply.status >= 500) return silence(statusCode(reply.status), "the server is in trouble");
  try {
    const decoded = decodeBody(objectOf(JSON.parse(reply.body), "reply"), id, reply.status);
    return decoded.kind === "result" ? { ...decoded, date: reply.date ?? null } : decoded;
  } catch (error) {
    if (reply.status !== 200) return silence(statusCode(reply.status), "without an error of the exchange");
    if (error instanceof SyntaxError) return silence("UNREADABLE_REPLY", "the reply is not JSON");
    if (error instanceof ShapeError) return silence("UNREADABLE_REPLY", error.message);
    throw error;
  }
}

function decodeBody(json: Json, id: number, status: number): RpcReply {
  // Faults of the REST gateway carry no id: they answer the one request of their connection.
  if (json.faultcode !== undefined) return faultOf(json);
  if (json.id !== id) return silence("WRONG_ID", "the reply belongs to another call");
  if (json.error !== undefined) return errorOf(objectOf(json.error, "error"));
  if (status !== 200) return silence(statusCode(status), "without an error of the exchange");
  return json.result === undefined
    ? silence("UNREADABLE_REPLY", "neither a result nor an error")
    : { kind: "result", result: json.result };
}

function errorOf(error: Json): RpcReply {
  const named =
    typeof error.data === "object" && error.data !== null ? exceptionOf(error.data as Json) : null;
  if (named !== null) return named;
  return typeof error.code === "number"
    ? { kind: "error", code: String(error.code), detail: optionalText(error, "message") }
    : silence("UNREADABLE_REPLY", "an error without a code");
}

/** The REST form of the same: `{faultcode, faultstring, detail}`; DSC-0018 and the like name no exception. */
function faultOf(json: Json): RpcReply {
  const detail = json.detail;
  const named = typeof detail === "object" && detail !== null ? exceptionOf(detail as Json) : null;
  return named ?? silence(optionalText(json, "faultstring") || "FAULT", "an error of the transport");
}

/** `{exceptionname, APINGException: {errorCode, errorDetails}}`; the account's is called AccountAPINGException. */
function exceptionOf(data: Json): RpcReply | null {
  const exception = data.APINGException ?? data.AccountAPINGException ?? data.HeartbeatAPINGException;
  if (typeof exception !== "object" || exception === null) return null;
  const code = textOf(exception as Json, "errorCode");
  return {
    kind: "error",
    code,
    detail: Object.hasOwn(API_CODES, code) ? "" : "a code without a meaning here",
  };
}

function silence(code: string, detail: string): RpcReply {
  return { kind: "silence", code, detail };
}
