import type { Instant } from "../core/clock.js";
import type { Minor } from "../domain/money.js";
import type { OrderFacts, OrderStage } from "./order-facts.js";

/**
 * Where a bet stands.
 *
 * PLANNED     wished for, not yet written down
 * DENIED      a control of ours said no: nothing was sent
 * INTENT      durable in the ledger, not sent
 * SENT        an attempt is on its way; written before it leaves
 * UNKNOWN     nothing can be concluded: counts in full
 * ABSENT      two looks after the quarantine found nothing
 * EXPIRED     given up without standing at the venue
 * REJECTED    the venue refused it for good
 * PLACED ...  stands at the venue, by what became of its size
 * SETTLED     the venue paid it out, or took it
 * RECONCILED  and its market's total agrees with the venue's to the minor unit
 */
export type Stage =
  | "PLANNED"
  | "DENIED"
  | "INTENT"
  | "SENT"
  | "UNKNOWN"
  | "ABSENT"
  | "EXPIRED"
  | "REJECTED"
  | OrderStage
  | "SETTLED"
  | "RECONCILED";

/** What one attempt to send was, written before it left. */
export interface Attempt {
  readonly at: Instant;
  readonly customerRef: string;
}

/** How the venue settled a bet, the last word when it was corrected. */
export interface SettledFacts {
  readonly betId: string;
  readonly settledAt: Instant;
  readonly settledMinor: Minor;
  readonly priceMatched: number | null;
  /** Before commission. */
  readonly profitMinor: Minor;
}

/** All that its events say of one bet. Made by `transition` alone. */
export interface BetState {
  readonly stage: Stage;
  /** Why it is where it is: a control's name, a venue's code, a reason. */
  readonly code: string | null;
  readonly attempts: readonly Attempt[];
  /** Attempts of which nothing proves that they do not stand at the venue. */
  readonly uncertain: number;
  /** The last instant at which something of ours may have been on its way; null before the first attempt. */
  readonly touchedAt: Instant | null;
  /** Looks at open and cleared orders that found nothing, since `touchedAt`. */
  readonly absences: readonly Instant[];
  readonly order: OrderFacts | null;
  /** Further orders under the same reference: a doubled bet. Must stay empty. */
  readonly doubles: readonly OrderFacts[];
  readonly settled: SettledFacts | null;
  /** Its share of the commission on its market; null before it is reconciled. */
  readonly commissionMinor: Minor | null;
  /** How often it was made an intent, less one. */
  readonly generation: number;
}

export const PLANNED: BetState = {
  stage: "PLANNED",
  code: null,
  attempts: [],
  uncertain: 0,
  touchedAt: null,
  absences: [],
  order: null,
  doubles: [],
  settled: null,
  commissionMinor: null,
  generation: 0,
};

/** Stages in which nothing stands at the venue and nothing will. */
const NOTHING: readonly Stage[] = ["PLANNED", "DENIED", "ABSENT", "EXPIRED", "REJECTED"];
const PAID: readonly Stage[] = ["SETTLED", "RECONCILED"];

export function isOver({ stage }: BetState): boolean {
  return NOTHING.includes(stage) || PAID.includes(stage);
}

/** Whether the bet may come to stand, or stands, and has not been settled. */
export function isOpen({ stage }: BetState): boolean {
  return !NOTHING.includes(stage) && !PAID.includes(stage);
}

/** Whether it stands or stood at the venue. */
export function wasPlaced({ order }: BetState): boolean {
  return order !== null;
}
