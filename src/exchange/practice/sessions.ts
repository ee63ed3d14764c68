import { randomBytes } from "node:crypto";
import type { Clock, Instant } from "../../core/clock.js";

export interface Account {
  readonly username: string;
  readonly password: string;
  readonly appKey: string;
}

export type LoginResult =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "denied"; readonly code: string };

/** Who is let in. Tokens die with the process, as sessions do in an exchange's maintenance. */
export interface Sessions {
  login(username: string, password: string, certified: boolean | null): LoginResult;
  /** Prolong or end; false when there is no such session. */
  keepAlive(token: string): boolean;
  logout(token: string): boolean;
  /** Null when a call may be made; else the exception's code. */
  check(appKey: string, token: string): string | null;
  killAll(): void;
  banUntil(at: Instant): void;
  readonly logins: () => number;
  /** Different each time the exchange is started. */
  readonly run: string;
}

const LIFE_MS = 12 * 3_600_000;
const MOST_A_MINUTE = 100;
const BAN_MS = 20 * 60_000;

export function createSessions(account: Account, clock: Clock): Sessions {
  const tokens = new Map<string, Instant>();
  let successes: Instant[] = [];
  let bannedUntil: Instant = Number.NEGATIVE_INFINITY;
  let logins = 0;
  const alive = (token: string): boolean => (tokens.get(token) ?? Number.NEGATIVE_INFINITY) > clock.now();
  return {
    login(username, password, certified) {
      const now = clock.now();
      logins += 1;
      if (now < bannedUntil) return denied("TEMPORARY_BAN_TOO_MANY_REQUESTS");
      if (certified === false) return denied("CERT_AUTH_REQUIRED");
      if (username !== account.username || password !== account.password)
        return denied("INVALID_USERNAME_OR_PASSWORD");
      successes = [...successes.filter((at) => now - at < 60_000), now];
      if (successes.length > MOST_A_MINUTE) {
        bannedUntil = now + BAN_MS;
        return denied("TEMPORARY_BAN_TOO_MANY_REQUESTS");
      }
      const token = randomBytes(24).toString("base64");
      tokens.set(token, now + LIFE_MS);
      return { kind: "token", token };
    },
    keepAlive(token) {
      if (!alive(token)) return false;
      tokens.set(token, clock.now() + LIFE_MS);
      return true;
    },
    logout: (token) => tokens.delete(token),
    check(appKey, token) {
      if (appKey === "") return "NO_APP_KEY";
      if (appKey !== account.appKey) return "INVALID_APP_KEY";
      if (token === "") return "NO_SESSION";
      return alive(token) ? null : "INVALID_SESSION_INFORMATION";
    },
    killAll: () => tokens.clear(),
    banUntil(at) {
      bannedUntil = at;
    },
    logins: () => logins,
    run: randomBytes(6).toString("hex"),
  };
}

function denied(code: string): LoginResult {
  return { kind: "denied", code };
}
