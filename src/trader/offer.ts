import type { Minor } from "../domain/money.js";
import type { VenueBook } from "../exchange/venue.js";
import type { Bet, BetIntent, Verdict } from "./bet.js";
import { askControls, type ControlCase, LAST_CONTROLS, refusalOf } from "./controls.js";
import { riskMinor } from "./exposure.js";
import type { Floor } from "./floor.js";
import { sendBet } from "./send.js";
import { usageFor } from "./usage.js";

/** A book with the moment it came in, by the clock that only goes forward. */
export interface SeenBook {
  readonly book: VenueBook;
  /** `clock.monotonic()` when the answer was there. */
  readonly receivedMs: number;
  /** How old its prices were then, by the venue's own clock. */
  readonly ageMs: number;
}

export interface Proposal {
  readonly intent: BetIntent;
  readonly seen: SeenBook;
}

/** What a run has used up so far. Changed by `offer` alone. */
export interface RunUse {
  intended: number;
  availableMinor: Minor;
  readonly externalMinor: Minor;
}

export type Offered =
  /** The key was bet before: nothing is done. */
  | { readonly kind: "known" }
  | { readonly kind: "denied"; readonly verdict: Verdict }
  | { readonly kind: "sent"; readonly bet: Bet };

/**
 * Take a wish through the controls, write it down, and send it.
 *
 * Between the controls' question and the durable intent nothing else can happen, so that limits hold however many
 * offers are on their way.
 */
export async function offer(floor: Floor, proposal: Proposal, use: RunUse): Promise<Offered> {
  const { book, clock } = floor;
  const { intent } = proposal;
  if (book.bet(intent.key) !== null) return { kind: "known" };
  const given = caseOf(floor, proposal, use);
  const verdicts = askControls(given);
  const at = clock.now();
  const refusal = refusalOf(verdicts);
  if (refusal !== null) {
    book.deny({ intent, at, verdicts });
    return { kind: "denied", verdict: refusal };
  }
  if (book.intend(intent, verdicts, at) === null) return { kind: "known" };
  use.intended += 1;
  use.availableMinor -= riskMinor(intent.side, intent.sizeMinor, intent.price);
  return lastLook(floor, given, proposal);
}

/** A stop that came since, or a price that aged while the disk was slow, still stops the bet. */
async function lastLook(floor: Floor, before: ControlCase, proposal: Proposal): Promise<Offered> {
  const { key } = proposal.intent;
  const given = { ...before, ...passing(floor, proposal) };
  const late = refusalOf(askControls(given, LAST_CONTROLS));
  if (late !== null) {
    const event = { kind: "denied", at: given.now, code: late.control, text: late.refusal ?? "" } as const;
    floor.book.tell([{ key, event }]);
    return { kind: "denied", verdict: late };
  }
  const bet = await sendBet(floor, key);
  return bet ? { kind: "sent", bet } : { kind: "known" };
}

export function caseOf(floor: Floor, proposal: Proposal, use: RunUse): ControlCase {
  const { book, clock, limits, account } = floor;
  const { intent, seen } = proposal;
  const now = clock.now();
  return {
    intent,
    limits,
    usage: usageFor(book.active(now), intent, now, use.externalMinor),
    currency: account.currency,
    book: seen.book,
    availableMinor: use.availableMinor,
    betsThisRun: use.intended,
    ...passing(floor, proposal),
  };
}

/** What changes by itself as time passes. */
function passing(
  { clock, halted }: Floor,
  { seen }: Proposal,
): Pick<ControlCase, "now" | "priceAgeMs" | "halted"> {
  return {
    now: clock.now(),
    priceAgeMs: seen.ageMs + (clock.monotonic() - seen.receivedMs),
    halted: halted(),
  };
}
