import type { Clock, Instant } from "../../core/clock.js";
import type { VenueAnswer } from "../venue.js";
import { answerVerdict, SESSION_CODES } from "./codes.js";
import { ShapeError } from "./json.js";
import { type Api, type BetfairProfile, rpcAddress, rpcMethod } from "./profile.js";
import { decodeReply, encodeCall, type RpcReply } from "./rpc.js";
import type { Session } from "./session.js";
import type { Transport } from "./transport.js";

/** unauthorised: no session could be had, so that nothing was sent. */
export type CallReply =
  | RpcReply
  | { readonly kind: "unauthorised"; readonly code: string; readonly detail: string };

const HALF_SECOND = 500;

export interface Caller {
  /**
   * One operation. Sent a second time only when the venue did not know our session: then it has done nothing.
   */
  call(api: Api, operation: string, params: unknown): Promise<CallReply>;
  /** A question: the same, its result read. A result of another shape is "failed", never a crash. */
  ask<T>(api: Api, operation: string, params: unknown, read: (result: unknown) => T): Promise<VenueAnswer<T>>;
}

export interface CallerOptions {
  readonly profile: BetfairProfile;
  readonly appKey: string;
  readonly transport: Transport;
  readonly session: Session;
  readonly clock: Clock;
}

export function createCaller(options: CallerOptions): Caller {
  let id = 0;
  const call: Caller["call"] = async (api, operation, params) => {
    const first = await options.session.token();
    if (first.kind !== "token") return withoutToken(first);
    id += 1;
    const send = (token: string, number: number) => sendCall(options, token, api, operation, params, number);
    const reply = await send(first.token, id);
    if (reply.kind !== "error" || !SESSION_CODES.includes(reply.code)) return reply;
    const second = await options.session.replace(first.token);
    if (second.kind !== "token") return withoutToken(second);
    id += 1;
    return send(second.token, id);
  };
  return {
    call,
    ask: async (api, operation, params, read) => answerOf(await call(api, operation, params), read, options),
  };
}

function withoutToken({
  kind,
  code,
  detail,
}: {
  readonly kind: "unauthorised" | "failed";
  readonly code: string;
  readonly detail: string;
}): CallReply {
  return { kind: kind === "failed" ? "not-sent" : "unauthorised", code, detail };
}

async function sendCall(
  { profile, appKey, transport }: CallerOptions,
  token: string,
  api: Api,
  operation: string,
  params: unknown,
  id: number,
): Promise<RpcReply> {
  const reply = await transport.send({
    url: rpcAddress(profile, api),
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      "x-application": appKey,
      "x-authentication": token,
    },
    body: encodeCall(rpcMethod(api, operation), params, id),
  });
  return decodeReply(reply, id);
}

function answerOf<T>(reply: CallReply, read: (result: unknown) => T, options: CallerOptions): VenueAnswer<T> {
  switch (reply.kind) {
    case "result":
      return readResult(reply.result, read, venueTime(options, reply.date ?? null));
    case "error":
      return { kind: answerVerdict(reply.code), code: reply.code, detail: reply.detail };
    case "unauthorised":
      return reply;
    default:
      return { kind: "failed", code: reply.code, detail: reply.detail };
  }
}

/** The venue's clock, which practice time is not told by: HTTP says it in whole seconds, the half is the best guess. */
function venueTime({ profile, clock }: CallerOptions, date: Instant | null): Instant {
  return profile.live && date !== null ? date + HALF_SECOND : clock.now();
}

function readResult<T>(result: unknown, read: (result: unknown) => T, at: Instant): VenueAnswer<T> {
  try {
    return { kind: "ok", value: read(result), at };
  } catch (error) {
    if (error instanceof ShapeError)
      return { kind: "failed", code: "UNREADABLE_REPLY", detail: error.message };
    throw error;
  }
}

/** Go on while parts are answered; the first that is not ends it. Values of all parts in order. */
export async function gather<P, T>(
  parts: readonly P[],
  ask: (part: P) => Promise<VenueAnswer<readonly T[]>>,
  clock: Clock,
): Promise<VenueAnswer<readonly T[]>> {
  const values: T[] = [];
  let at = clock.now();
  for (const part of parts) {
    const answer = await ask(part);
    if (answer.kind !== "ok") return answer;
    values.push(...answer.value);
    at = answer.at;
  }
  return { kind: "ok", value: values, at };
}
