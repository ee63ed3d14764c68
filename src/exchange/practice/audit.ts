import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import { REPORT_CODES } from "../betfair/codes.js";
import type { Bet } from "./bet.js";
import { type Exchange, eventHash } from "./exchange-state.js";
import type { JournalEntry } from "./journal.js";
import { replay } from "./replay.js";

/** What a trader's own ledger says of one bet. */
export interface LedgerBet {
  readonly orderRef: string;
  readonly marketId: string;
  readonly selectionId: number;
  readonly side: "back" | "lay";
  readonly price: number;
  readonly sizeMinor: Minor;
  /** The number the ledger knows it under at the exchange; null for one that it takes not to stand there. */
  readonly betId: string | null;
  /** Whether the ledger still waits to learn what became of it. */
  readonly open: boolean;
  /** Before commission; null before it is settled. */
  readonly profitMinor: Minor | null;
  readonly commissionMinor: Minor | null;
}

/** The judge's word. Everything under `violations` must be 0. */
export interface Audit {
  readonly intents: number;
  readonly placed: number;
  readonly expired: number;
  /** Bets that stand at the exchange while the ledger has given them up or knows them under another number. */
  readonly lost: number;
  /** References under which more than one bet stands. */
  readonly dup: number;
  /** Bets at the exchange of which the ledger has no intent. */
  readonly orphan: number;
  /** Bets that the ledger takes to stand and the exchange has never had. */
  readonly phantom: number;
  /** Bets with another market, runner, side, price or stake than was intended. */
  readonly wrong: number;
  /** Ledger less exchange over bets both have settled, in currency: profit, and commission by market. */
  readonly pnlDiff: number;
  /** Placed on prices shown more than 30 s before, or never shown. */
  readonly betsOnStale: number;
  /** Placed after the market was shown as not open. */
  readonly betsOnSuspended: number;
  /** Most logins within ten minutes. */
  readonly logins: number;
  /** Bets the ledger still waits for: not a fault, but not the end either. */
  readonly unresolved: number;
  /** Settled at the exchange, not yet in the ledger. */
  readonly unsettled: number;
  readonly requestsPerMinute: number;
  readonly restarts: number;
  readonly faults: number;
  /** "40/40" of the scripted codes, "" without a script. */
  readonly codes: string;
  readonly hash: string;
  readonly violations: number;
}

const STALE_MS = 30_000;
const WINDOW_MS = 10 * 60_000;
const MOST_LOGINS = 5;

/** Hold a ledger against the journal of the exchange as it stands at `now`. */
export function audit(entries: readonly JournalEntry[], ledger: readonly LedgerBet[], now: Instant): Audit {
  const exchange = replay(entries, now);
  const bets = [...exchange.bets.values()];
  const known = new Map(ledger.map((bet) => [bet.orderRef, bet]));
  const match = compare(bets, known);
  const pnlDiffMinor =
    Math.abs(profitDifference(exchange, ledger)) + Math.abs(commissionDifference(exchange, ledger));
  const counts = {
    ...match,
    phantom: ledger.filter(({ betId }) => betId !== null && !exchange.bets.has(betId)).length,
    betsOnStale: countPlaced(entries, ({ at, seen }) => seen === null || at - seen.at > STALE_MS),
    betsOnSuspended: countPlaced(entries, ({ seen }) => seen !== null && seen.status !== "OPEN"),
  };
  const logins = mostLogins(entries);
  const violations =
    Object.values(counts).reduce((sum, count) => sum + count, 0) +
    pnlDiffMinor +
    Math.max(0, logins - MOST_LOGINS);
  return {
    intents: ledger.length,
    placed: bets.length,
    expired: ledger.filter(({ betId, open }) => betId === null && !open).length,
    ...counts,
    pnlDiff: pnlDiffMinor / 100,
    logins,
    unresolved: ledger.filter(({ open, betId }) => open && betId === null).length,
    unsettled: ledger.filter(({ betId, profitMinor }) => profitMinor === null && isSettled(exchange, betId))
      .length,
    requestsPerMinute: Math.max(0, ...entries.map((entry) => (entry.kind === "requests" ? entry.count : 0))),
    restarts: Math.max(0, entries.filter(({ kind }) => kind === "started").length - 1),
    faults: entries.filter(({ kind }) => kind === "fault").length,
    codes: codesOf(entries),
    hash: eventHash(exchange),
    violations,
  };
}

function compare(bets: readonly Bet[], known: ReadonlyMap<string, LedgerBet>) {
  const counts = { lost: 0, dup: 0, orphan: 0, wrong: 0 };
  const times = new Map<string, number>();
  for (const bet of bets) {
    times.set(bet.orderRef, (times.get(bet.orderRef) ?? 0) + 1);
    const own = known.get(bet.orderRef);
    if (own === undefined) counts.orphan += 1;
    else {
      // While the ledger waits for word, the bet is not lost.
      if (own.betId !== bet.betId && !(own.open && own.betId === null)) counts.lost += 1;
      if (!isAsIntended(bet, own)) counts.wrong += 1;
    }
  }
  counts.dup = [...times.values()].filter((n) => n > 1).length;
  return counts;
}

function isAsIntended({ order, marketId }: Bet, own: LedgerBet): boolean {
  const { request } = order;
  return (
    request.type === "LIMIT" &&
    marketId === own.marketId &&
    request.selectionId === own.selectionId &&
    request.side === (own.side === "back" ? "BACK" : "LAY") &&
    request.price === own.price &&
    request.sizeMinor === own.sizeMinor
  );
}

/** Whether a bet's profit is known; one of which nothing was matched has none. */
function isSettled({ bets }: Exchange, betId: string | null): boolean {
  const bet = betId === null ? undefined : bets.get(betId);
  return bet !== undefined && bet.settledAt !== null && bet.order.matchedMinor > 0;
}

function profitDifference({ bets }: Exchange, ledger: readonly LedgerBet[]): Minor {
  let sum = 0;
  for (const { betId, profitMinor } of ledger)
    if (betId !== null && profitMinor !== null)
      sum += Math.abs(profitMinor - (bets.get(betId)?.profitMinor ?? 0));
  return sum;
}

/** By market, where the ledger has a word on the commission of every bet it has settled there. */
function commissionDifference({ settled }: Exchange, ledger: readonly LedgerBet[]): Minor {
  const sums = new Map<string, number>();
  for (const { marketId, profitMinor, commissionMinor } of ledger)
    if (profitMinor !== null) sums.set(marketId, (sums.get(marketId) ?? 0) + (commissionMinor ?? Number.NaN));
  let difference = 0;
  for (const [marketId, sum] of sums)
    if (!Number.isNaN(sum)) difference += Math.abs(sum - (settled.get(marketId)?.commissionMinor ?? 0));
  return difference;
}

type Placed = Extract<JournalEntry, { kind: "place" }>;

function countPlaced(entries: readonly JournalEntry[], test: (placed: Placed) => boolean): number {
  return entries.filter((entry) => entry.kind === "place" && test(entry)).length;
}

function mostLogins(entries: readonly JournalEntry[]): number {
  const times = entries.flatMap((entry) => (entry.kind === "login" ? [entry.at] : []));
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + WINDOW_MS).length),
  );
}

function codesOf(entries: readonly JournalEntry[]): string {
  const codes = new Set(entries.flatMap((entry) => (entry.kind === "scripted" ? [entry.code] : [])));
  return codes.size === 0 ? "" : `${codes.size}/${Object.keys(REPORT_CODES).length}`;
}
