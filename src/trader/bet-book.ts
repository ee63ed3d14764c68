import { invariant } from "../core/assert.js";
import type { Instant } from "../core/clock.js";
import { dayOfInstant, startOfDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import type { Ledger, LedgerEntry } from "../warehouse/ledger/port.js";
import type { Bet, BetIntent, Denial, Verdict } from "./bet.js";
import { BET_EVENT_KINDS, type BetEvent } from "./bet-event.js";
import { isOpen, PLANNED } from "./bet-state.js";
import { type Transition, transition } from "./transition.js";

/** The bets of a ledger, in memory and on disk alike: what is told here is durable when it is known here. */
export interface BetBook {
  readonly ledger: Ledger;
  /** In the order they were intended. */
  bets(): IterableIterator<Bet>;
  bet(key: string): Bet | null;
  /** Bets that are open, or of which something counts on the day of `now`. Days must not go backwards. */
  active(now: Instant): IterableIterator<Bet>;
  /** What controls refused, the last time of each key. */
  denials(): IterableIterator<Denial>;
  /** By the reference that its order carries at the venue. */
  byOrderRef(orderRef: string): Bet | null;
  /** Whether a fixture has had its decision, by `decisionName`: it is decided once, as in a backtest. */
  isDecided(name: string): boolean;
  /** Write that fixtures have had their decision, bet or no bet. */
  decided(names: readonly string[], at: Instant): void;
  /** Write that a control refused a wish. The same refusal again is not news. */
  deny(denial: Denial): void;
  /** Write a wish and the controls' words; null when the key is there already: it is bet once, ever. */
  intend(intent: BetIntent, verdicts: readonly Verdict[], at: Instant): Bet | null;
  /**
   * Tell events of bets, durable in one transaction before they count. Returns what became of each: those that change
   * nothing or cannot be are not written.
   */
  tell(told: readonly Told[]): readonly Transition[];
}

export interface Told {
  readonly key: string;
  readonly event: BetEvent;
}

/** Read a ledger's bets. Throws StatisticoError("data") for an entry that no version of ours can have written. */
export function openBetBook(ledger: Ledger): BetBook {
  const bets = new Map<string, Bet>();
  const keys = new Map<string, string>();
  const active = new Set<string>();
  const denied = new Map<string, Denial>();
  const decisions = new Set<string>();
  const learn = (bet: Bet): void => {
    bets.set(bet.intent.key, bet);
    keys.set(bet.intent.orderRef, bet.intent.key);
    active.add(bet.intent.key);
  };
  for (const entry of ledger.entries()) {
    const bet = betAfter(bets, entry, ledger.path);
    if (bet !== null) learn(bet);
    else if (entry.kind === "decided") {
      const { names } = bodyOf(entry, ledger.path);
      for (const name of names as readonly string[]) decisions.add(name);
    } else if (entry.kind === "denied") {
      const { intent, verdicts } = bodyOf(entry, ledger.path);
      const denial = { intent: intent as BetIntent, at: entry.at, verdicts: verdicts as readonly Verdict[] };
      denied.set(denial.intent.key, denial);
    }
  }
  return {
    ledger,
    bets: () => bets.values(),
    bet: (key) => bets.get(key) ?? null,
    byOrderRef: (ref) => bets.get(keys.get(ref) ?? "") ?? null,
    *active(now) {
      const today = startOfDay(dayOfInstant(now));
      for (const key of active) {
        const bet = bets.get(key);
        invariant(bet !== undefined, `no bet of key ${key}`);
        if (isOpen(bet.state) || countsOn(bet, today)) yield bet;
        else active.delete(key);
      }
    },
    denials: () => denied.values(),
    isDecided: (name) => decisions.has(name),
    decided(names, at) {
      const fresh = names.filter((name) => !decisions.has(name));
      if (fresh.length === 0) return;
      ledger.append([{ at, kind: "decided", key: null, body: JSON.stringify({ names: fresh }) }]);
      for (const name of fresh) decisions.add(name);
    },
    deny(denial) {
      const { intent, at, verdicts } = denial;
      const known = denied.get(intent.key);
      denied.set(intent.key, denial);
      if (known && lastWord(known) === lastWord(denial)) return;
      ledger.append([{ at, kind: "denied", key: null, body: JSON.stringify({ intent, verdicts }) }]);
    },
    intend(intent, verdicts, at) {
      const { key } = intent;
      if (bets.has(key)) return null;
      if (!ledger.intend({ at, kind: "intent", key, body: JSON.stringify({ intent, verdicts }) }))
        return null;
      const bet = newBet(intent, verdicts, at);
      learn(bet);
      return bet;
    },
    tell(told) {
      const after = new Map<string, Bet>();
      const transitions = told.map(({ key, event }) => {
        const bet = after.get(key) ?? bets.get(key);
        invariant(bet !== undefined, `no bet of key ${key}`);
        const next = transition(bet.state, event, bet.intent.sizeMinor);
        if (next.kind === "moved") after.set(key, { ...bet, state: next.state });
        return next;
      });
      const moved = told.filter((_, index) => transitions[index]?.kind === "moved");
      if (moved.length > 0) ledger.append(moved.map(entryOf));
      for (const bet of after.values()) learn(bet);
      return transitions;
    },
  };
}

function countsOn({ intendedAt, state }: Bet, dayStart: Instant): boolean {
  if (intendedAt >= dayStart || state.doubles.length > 0 || state.stage === "ABSENT") return true;
  return state.settled !== null && state.settled.settledAt >= dayStart;
}

function lastWord({ verdicts }: Denial): string {
  return verdicts.at(-1)?.control ?? "";
}

function newBet(intent: BetIntent, verdicts: readonly Verdict[], at: Instant): Bet {
  const first = transition(PLANNED, { kind: "intended", at }, intent.sizeMinor);
  invariant(first.kind === "moved", "a planned bet can be intended");
  return { intent, state: first.state, intendedAt: at, verdicts };
}

function entryOf({ key, event }: Told): { at: Instant; kind: string; key: string; body: string } {
  const { kind, at, ...rest } = event;
  return { at, kind, key, body: JSON.stringify(rest) };
}

function betAfter(bets: ReadonlyMap<string, Bet>, entry: LedgerEntry, path: string): Bet | null {
  const { key, kind, at, seq } = entry;
  if (key === null) return null;
  const body = bodyOf(entry, path);
  if (kind === "intent") return newBet(body.intent as BetIntent, body.verdicts as readonly Verdict[], at);
  const bet = bets.get(key);
  if (!bet || !BET_EVENT_KINDS.some((known) => known === kind)) throw unreadable(path, seq);
  const next = transition(bet.state, { kind, at, ...body } as BetEvent, bet.intent.sizeMinor);
  if (next.kind !== "moved") throw unreadable(path, seq);
  return { ...bet, state: next.state };
}

/** What the chain vouches for was written by us: it is read by shape, not checked field by field. */
function bodyOf({ body, seq }: LedgerEntry, path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // Said below.
  }
  throw unreadable(path, seq);
}

function unreadable(path: string, seq: number): StatisticoError {
  return new StatisticoError(
    "data",
    `the ledger is damaged: ${path}: entry ${seq} cannot follow`,
    "statistico bets --verify",
  );
}
