import type { ErrorKind } from "../core/errors.js";
import { StatisticoError } from "../core/errors.js";
import type { Account, Venue, VenueAnswer } from "../exchange/venue.js";
import type { Ledger, LedgerMode } from "../warehouse/ledger/port.js";
import type { BetBook } from "./bet-book.js";
import { type Cycle, runCycle } from "./cycle.js";
import type { Desk } from "./desk.js";
import type { Floor } from "./floor.js";
import type { TradingLimits } from "./limits.js";
import { type Reconciled, reconcile } from "./reconcile.js";
import type { TraderClock } from "./trader-clock.js";
import { patientAnswer } from "./venue-view.js";

/** The venue's clock may be so far from ours before it is said, and before nothing is sent. */
export const SKEW_WARNS_MS = 2000;
export const SKEW_BLOCKS_MS = 30_000;

export interface Trading {
  readonly ledger: Ledger;
  readonly book: BetBook;
  readonly venue: Venue;
  readonly clock: TraderClock;
  readonly limits: TradingLimits;
  readonly mode: LedgerMode;
  readonly mostAttempts: number;
  halted(): string | null;
  warn(line: string): void;
}

/**
 * Open the venue and make a floor of it: the ledger is read through first, and one that is damaged is not traded on.
 *
 * Throws   StatisticoError: "data" for a damaged ledger; "authentication" and "failed" as the venue says; "usage" when
 *          the account is not the one that was named; "safetyStop" when its clock is too far from ours.
 */
export async function openFloor(trading: Trading, confirm: string | undefined): Promise<Floor> {
  refuseDamaged(trading.ledger);
  const { venue, book, clock, limits, mostAttempts } = trading;
  const answer = await patientAnswer(clock, () => venue.open());
  if (answer.kind !== "ok") throw unanswered("cannot open an account", answer);
  const account = answer.value;
  if (confirm !== undefined && account.name !== confirm)
    throw new StatisticoError(
      "usage",
      `the account is not the one confirmed, was ${account.name}`,
      `--confirm ${account.name}`,
    );
  if (answer.at > 0) heedSkew(trading, answer.at - clock.now());
  return floorOf(trading, account, book, limits, mostAttempts);
}

function floorOf(
  { venue, clock, halted, warn }: Trading,
  account: Account,
  book: BetBook,
  limits: TradingLimits,
  mostAttempts: number,
): Floor {
  return { book, venue, account, clock, limits, mostAttempts, halted, warn, stillWanted: () => false };
}

export function refuseDamaged(ledger: Ledger): void {
  const verdict = ledger.verify();
  if (verdict.kind === "sound") return;
  throw new StatisticoError(
    "data",
    `the ledger is damaged: ${ledger.path}: ${verdict.place}: ${verdict.reason}`,
    `keep the file, restore a backup of ${ledger.path}, then statistico reconcile`,
  );
}

function heedSkew({ mode, warn }: Pick<Trading, "mode" | "warn">, skewMs: number): void {
  const seconds = (skewMs / 1000).toFixed(1);
  if (Math.abs(skewMs) > SKEW_BLOCKS_MS && mode !== "paper")
    throw new StatisticoError(
      "safetyStop",
      `the venue's clock is ${seconds} s from this machine's: no price's age can be known`,
      "timedatectl status",
    );
  if (Math.abs(skewMs) > SKEW_WARNS_MS) warn(`the venue's clock is ${seconds} s from this machine's`);
}

/**
 * Hold ledger and venue against each other before anything is sent.
 *
 * Throws   StatisticoError when it cannot be done, and "unresolvedBet" when what was found wants a person: a bet that
 *          stands twice, an order of ours without an intent, more unknown bets than allowed.
 */
export async function reconcileOrRefuse(floor: Floor, start: boolean): Promise<Reconciled> {
  const found = await reconcile(floor, { start });
  if (found.kind !== "reconciled") throw unanswered("cannot reconcile, so nothing is sent", found);
  for (const reason of found.impossible) floor.warn(`the venue said what cannot be: ${reason}`);
  for (const { marketId, marketMinor, ordersMinor, ledgerMinor } of found.disagreements)
    floor.warn(
      `market ${marketId} does not agree: venue ${marketMinor}, its orders ${ordersMinor}, ledger ${ledgerMinor} (minor units)`,
    );
  return found;
}

export function refuseUnresolved({ limits }: Pick<Floor, "limits">, found: Reconciled): void {
  const { doubled, orphans, unknown } = found;
  if (doubled.length > 0) throw unresolved(`${doubled.length} bets stand twice: ${doubled[0]}`);
  if (orphans.length > 0)
    throw unresolved(
      `${orphans.length} orders of ours are in no ledger, was bet ${orphans[0]}: another machine, or a lost ledger`,
    );
  if (unknown > limits.maxUnknown)
    throw unresolved(`${unknown} bets are unknown, ${limits.maxUnknown} at most`);
}

function unresolved(message: string): StatisticoError {
  return new StatisticoError(
    "unresolvedBet",
    message,
    "statistico bets --state unknown, then look at the venue's own pages",
  );
}

/** Decide and place once. Throws StatisticoError when markets, prices or funds cannot be read. */
export async function cycleOrRefuse(
  floor: Floor,
  desk: Desk,
  options: { readonly dryRun: boolean; readonly externalMinor: number },
): Promise<Cycle> {
  const done = await runCycle(floor, desk, options);
  if (done.kind !== "done") throw unanswered("cannot read the venue's markets", done);
  return done;
}

function unanswered(
  what: string,
  { kind, code, detail }: Exclude<VenueAnswer<unknown>, { readonly kind: "ok" }>,
): StatisticoError {
  const errorKind: ErrorKind = kind === "unauthorised" ? "authentication" : "failed";
  return new StatisticoError(
    errorKind,
    `${what}: ${code}${detail ? `: ${detail}` : ""}`,
    "statistico status",
  );
}

export interface RunNote {
  readonly strategies: readonly string[];
  readonly decided: number;
  readonly intents: number;
  readonly sent: number;
  readonly placed: number;
  readonly denied: number;
  readonly unknown: number;
}

/** What a run came to, as an entry of the ledger: `status` and the alerts read when there was one. */
export function noteRun(ledger: Ledger, at: number, note: RunNote): void {
  ledger.append([{ at, kind: "run", key: null, body: JSON.stringify(note) }]);
}

export function noteOf(strategies: readonly string[], cycle: Cycle | null, unknown: number): RunNote {
  const outcomes = cycle?.offered.map(({ outcome }) => outcome) ?? [];
  const sent = outcomes.flatMap((outcome) => (outcome.kind === "sent" ? [outcome.bet] : []));
  return {
    strategies,
    decided: cycle?.decided ?? 0,
    intents: cycle?.intents.length ?? 0,
    sent: sent.length,
    placed: sent.filter(({ state }) => state.order !== null).length,
    denied: outcomes.filter(({ kind }) => kind === "denied").length,
    unknown,
  };
}
