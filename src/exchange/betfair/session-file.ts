import { existsSync } from "node:fs";
import type { Instant } from "../../core/clock.js";
import { readCapped } from "../../files/read-capped.js";
import { writeWhole } from "../../files/write-whole.js";
import { listOf, numberOf, objectOf, optionalNumber, optionalText, ShapeError } from "./json.js";

/** What runs of a cron job share: the token, and how often and how badly logins went. */
export interface SessionState {
  /** "" with none. */
  readonly token: string;
  /** When the token was given or last prolonged. */
  readonly renewedAt: Instant;
  /** Of logins, successful or not, within the last ten minutes. */
  readonly attempts: readonly Instant[];
  readonly bannedUntil: Instant;
  /** A code after which these credentials are not tried again, "" with none; and which version of them it was. */
  readonly refusedCode: string;
  readonly refusedVersion: number;
}

export const NO_SESSION: SessionState = {
  token: "",
  renewedAt: 0,
  attempts: [],
  bannedUntil: 0,
  refusedCode: "",
  refusedVersion: 0,
};

export interface SessionStore {
  read(): SessionState;
  write(state: SessionState): void;
}

/** The state in a file of mode 0600. One that cannot be read counts as none: it costs a login. */
export function sessionFile(path: string): SessionStore {
  return {
    read: () => (existsSync(path) ? parse(Buffer.from(readCapped(path)).toString("utf8")) : NO_SESSION),
    write: (state) => writeWhole(path, `${JSON.stringify(state)}\n`, 0o600),
  };
}

/** For one process alone. */
export function sessionMemory(): SessionStore {
  let state = NO_SESSION;
  return {
    read: () => state,
    write(next) {
      state = next;
    },
  };
}

function parse(text: string): SessionState {
  try {
    const json = objectOf(JSON.parse(text), "session");
    return {
      token: optionalText(json, "token"),
      renewedAt: numberOf(json, "renewedAt"),
      attempts: listOf(json.attempts, "attempts").filter((at) => typeof at === "number"),
      bannedUntil: optionalNumber(json, "bannedUntil", 0),
      refusedCode: optionalText(json, "refusedCode"),
      refusedVersion: optionalNumber(json, "refusedVersion", 0),
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ShapeError) return NO_SESSION;
    throw error;
  }
}
