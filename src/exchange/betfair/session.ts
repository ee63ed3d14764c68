import type { Clock, Instant } from "../../core/clock.js";
import { loginMeaning } from "./codes.js";
import type { LoginReply } from "./login.js";
import type { SessionState, SessionStore } from "./session-file.js";

export type TokenReply =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "unauthorised"; readonly code: string; readonly detail: string }
  | { readonly kind: "failed"; readonly code: string; readonly detail: string };

export interface Session {
  /** A token that should be good: the stored one, prolonged when half its life is over, or a new one. */
  token(): Promise<TokenReply>;
  /** A token in place of one the venue no longer accepts. Many callers at once make one login. */
  replace(stale: string): Promise<TokenReply>;
}

export interface SessionOptions {
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly login: () => Promise<LoginReply>;
  readonly keepAlive: (token: string) => Promise<LoginReply>;
  /** Which version of the credentials `login` uses. */
  readonly version: number;
  /** How long a session lives without being prolonged; Italy's live 20 minutes. */
  readonly lifeMs?: number;
}

const LIFE_MS = 12 * 3_600_000;
const WINDOW_MS = 10 * 60_000;
/** The venue bans above 100 a minute; no honest need comes near this. */
const MOST_LOGINS = 5;
const BAN_MS = 20 * 60_000;

export function createSession(options: SessionOptions): Session {
  let flight: Promise<TokenReply> | null = null;
  /** Everything that writes the state goes through here, one at a time. */
  const single = (work: () => Promise<TokenReply>): Promise<TokenReply> => {
    flight ??= work().finally(() => {
      flight = null;
    });
    return flight;
  };
  return {
    async token() {
      const { token, renewedAt } = options.store.read();
      const age = options.clock.now() - renewedAt;
      const life = options.lifeMs ?? LIFE_MS;
      if (token !== "" && age >= 0 && age < life / 2) return { kind: "token", token };
      return single(() => (token !== "" && age < life ? prolong(options, token) : enter(options)));
    },
    replace: (stale) =>
      single(async () => {
        const { token } = options.store.read();
        return token !== "" && token !== stale ? { kind: "token", token } : enter(options);
      }),
  };
}

/** A prolongation that fails for want of an answer costs nothing: half the life is left. */
async function prolong(options: SessionOptions, token: string): Promise<TokenReply> {
  const reply = await options.keepAlive(token);
  if (reply.kind === "denied") return enter(options);
  if (reply.kind === "token")
    options.store.write({ ...options.store.read(), token: reply.token, renewedAt: options.clock.now() });
  return { kind: "token", token: reply.kind === "token" ? reply.token : token };
}

async function enter(options: SessionOptions): Promise<TokenReply> {
  const { store, clock } = options;
  const before = store.read();
  const now = clock.now();
  const attempts = before.attempts.filter((at) => at > now - WINDOW_MS && at <= now);
  const hindrance = hindranceOf(before, attempts, options.version, now);
  if (hindrance !== null) return hindrance;
  // Counted before it is made: a process killed in the middle has made it all the same.
  const counted = { ...before, token: "", attempts: [...attempts, now] };
  store.write(counted);
  const reply = await options.login();
  if (reply.kind === "failed") return reply;
  if (reply.kind === "denied") {
    store.write(denied(counted, reply.code, options.version, clock.now()));
    return unauthorised(reply.code);
  }
  store.write({ ...counted, token: reply.token, renewedAt: clock.now(), refusedCode: "", bannedUntil: 0 });
  return { kind: "token", token: reply.token };
}

/** Why no login is made now; null when one may be. */
function hindranceOf(
  { refusedCode, refusedVersion, bannedUntil }: SessionState,
  attempts: readonly Instant[],
  version: number,
  now: Instant,
): TokenReply | null {
  if (refusedCode !== "" && refusedVersion === version) return unauthorised(refusedCode);
  if (now < bannedUntil) return unauthorised("TEMPORARY_BAN_TOO_MANY_REQUESTS");
  return attempts.length >= MOST_LOGINS
    ? {
        kind: "unauthorised",
        code: "LOGIN_LIMIT",
        detail: `${MOST_LOGINS} logins within ten minutes are the most we make`,
      }
    : null;
}

function denied(state: SessionState, code: string, version: number, now: Instant): SessionState {
  const { retry } = loginMeaning(code);
  if (retry === "never") return { ...state, refusedCode: code, refusedVersion: version };
  return retry === "after-ban" ? { ...state, bannedUntil: now + BAN_MS } : state;
}

function unauthorised(code: string): TokenReply {
  return { kind: "unauthorised", code, detail: loginMeaning(code).message };
}
