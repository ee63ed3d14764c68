/** What to do after the stream refused something. */
export type StreamVerdict = "log-in-again" | "start-afresh" | "back-off" | "give-up" | "keep-on";

/**
 * Error codes of a status message.
 *
 * keep-on       the connection stays open: the subscription was refused, what was subscribed before goes on
 * start-afresh  connect again, without the clocks
 * give-up       nothing would change
 * Source: Betfair Exchange Stream API, ErrorCode.
 */
export const STREAM_CODES = {
  NO_APP_KEY: "give-up",
  INVALID_APP_KEY: "give-up",
  NO_SESSION: "log-in-again",
  INVALID_SESSION_INFORMATION: "log-in-again",
  NOT_AUTHORIZED: "give-up",
  INVALID_INPUT: "give-up",
  INVALID_CLOCK: "start-afresh",
  UNEXPECTED_ERROR: "back-off",
  TIMEOUT: "back-off",
  SUBSCRIPTION_LIMIT_EXCEEDED: "keep-on",
  INVALID_REQUEST: "start-afresh",
  CONNECTION_FAILED: "back-off",
  MAX_CONNECTION_LIMIT_EXCEEDED: "back-off",
  TOO_MANY_REQUESTS: "back-off",
} as const satisfies Readonly<Record<string, StreamVerdict>>;

export function streamVerdict(code: string): StreamVerdict {
  const table: Readonly<Record<string, StreamVerdict>> = STREAM_CODES;
  return Object.hasOwn(table, code) ? table[code] : "back-off";
}
