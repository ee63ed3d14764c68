/** Why a line, or one market's part of a line, was not used. Names are stable: reports and tests count by them. */
export const RULES = {
  "not-json": "the line is not JSON: cut short, or another kind of log",
  "not-mcm": "the line is JSON but no message of a stream",
  "other-stream": "a message of another stream: orders, races, scores",
  "line-too-long": "the line is longer than 64 MiB",
  "bad-time": "the message has no publish time",
  "bad-market": "a change without a market id",
  "bad-definition": "a market definition lacks what decides about bets",
  "bad-runner": "a runner without a usable id or handicap, or more than 2048 of them",
  "bad-price": "a price that is not on the market's ladder",
  "bad-size": "a size or volume that is no amount of money",
  "bad-shape": "a field of the wrong kind",
  "too-many-markets": "more than 20,000 markets in one file",
  "clock-backwards": "a change published before one that was already read",
  "older-version": "a definition with a lower version than the one that holds: the copy an event left behind",
  "ladder-changed": "a definition that counts prices on another ladder than the one before",
} as const;

export type Rule = keyof typeof RULES;

/** One thing that was not used. */
export interface Refusal {
  readonly line: number;
  readonly rule: Rule;
  /** Null when the whole line was refused. */
  readonly marketId: string | null;
  /** The field or value at fault, at most 200 characters; empty when the rule says it all. */
  readonly detail: string;
  /** The line itself, at most 2,000 characters; empty for one that was too long to hold. */
  readonly raw: string;
  /** `row`: nothing of the line was used, and this is the first reason. `cell`: the rest of it was, or it is a further one. */
  scope: "row" | "cell";
}
