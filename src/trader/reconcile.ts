import type { Instant } from "../core/clock.js";
import { DAY_MS } from "../core/day.js";
import type { Minor } from "../domain/money.js";
import { agreeMarkets, type Disagreement } from "./agree.js";
import type { Bet } from "./bet.js";
import type { Told } from "./bet-book.js";
import { isOpen } from "./bet-state.js";
import { clearedEvents } from "./cleared.js";
import type { Floor } from "./floor.js";
import { isOurRef } from "./intent-key.js";
import { LOOKS, looksCountFrom } from "./quarantine.js";
import { isUnresolved } from "./usage.js";
import { externalRiskMinor, factsOf, patientAnswer, type VenueView, viewVenue } from "./venue-view.js";

/** What was found when ledger and venue were held against each other. */
export interface Reconciled {
  readonly kind: "reconciled";
  /** Orders of other hands that stand: counted, never touched. */
  readonly external: { readonly orders: number; readonly riskMinor: Minor };
  /** Orders that carry a reference of our making and are in no ledger of ours. */
  readonly orphans: readonly string[];
  /** Keys of bets that stand twice. */
  readonly doubled: readonly string[];
  /** What the venue said that cannot be. */
  readonly impossible: readonly string[];
  readonly disagreements: readonly Disagreement[];
  readonly unknown: number;
  readonly changed: number;
  readonly skewMs: number;
}

export type Reconciliation =
  | Reconciled
  | { readonly kind: "failed" | "refused" | "unauthorised"; readonly code: string; readonly detail: string };

/** Corrections of what was settled longer ago are not looked for. */
const CORRECTED_WITHIN_MS = 7 * DAY_MS;
const BETWEEN_LOOKS_MS = 1000;

/**
 * Hold the ledger against the venue: take in what stands and what has ended, find what was lost sight of.
 *
 * Fails as a whole when either list of orders cannot be had: then nothing may be sent. `start`: no process of ours is
 * at work, so what was being sent is unknown and what was not yet sent is given up.
 */
export async function reconcile(
  floor: Floor,
  { start }: { readonly start: boolean },
): Promise<Reconciliation> {
  const { book, clock, venue } = floor;
  let changed = start ? tellAll(floor, leftovers(floor)).changed : 0;
  const answer = await viewVenue(venue, { settledFrom: settledFrom(floor) }, clock);
  if (answer.kind !== "ok") return answer;
  const { view } = answer;
  const found = tellAll(floor, [...standing(floor, view), ...ended(floor, view)]);
  changed += found.changed;
  const looked = await lookForUnknown(floor);
  if (looked.kind !== "looked") return looked;
  const agreement = await agree(floor, view);
  if (agreement.kind !== "agreed") return agreement;
  const others = view.current.filter(({ orderRef }) => book.byOrderRef(orderRef) === null);
  const external = others.filter(({ orderRef }) => !isOurRef(orderRef));
  return {
    kind: "reconciled",
    external: {
      orders: external.length,
      riskMinor: others.reduce((sum, order) => sum + externalRiskMinor(order), 0),
    },
    orphans: orphansIn(floor, view),
    doubled: [...book.bets()].filter(({ state }) => state.doubles.length > 0).map(({ intent }) => intent.key),
    impossible: [...found.impossible, ...looked.impossible],
    disagreements: agreement.disagreements,
    unknown: [...book.active(clock.now())].filter(isUnresolved).length,
    changed: changed + looked.changed + agreement.changed,
    skewMs: view.skewMs,
  };
}

interface Outcome {
  readonly changed: number;
  readonly impossible: readonly string[];
}

function tellAll({ book }: Floor, told: readonly Told[]): Outcome {
  const transitions = book.tell(told);
  return {
    changed: transitions.filter(({ kind }) => kind === "moved").length,
    impossible: transitions.flatMap((each) => (each.kind === "impossible" ? [each.reason] : [])),
  };
}

/** What a process that ended left behind: it may have sent what it was sending, and not what it had not begun to. */
function leftovers({ book, clock }: Floor): Told[] {
  const at = clock.now();
  return [...book.active(at)].flatMap(({ intent: { key }, state }): Told[] => {
    if (state.stage === "SENT") return [{ key, event: { kind: "unknown", at, code: "INTERRUPTED" } }];
    if (state.stage === "INTENT") return [{ key, event: { kind: "expired", at, code: "INTERRUPTED" } }];
    return [];
  });
}

/** Cleared orders are asked for from before the first open bet on, and as far back as corrections are looked for. */
function settledFrom({ book, clock }: Floor): Instant {
  const now = clock.now();
  let from = now - CORRECTED_WITHIN_MS;
  for (const { intendedAt, state } of book.active(now))
    if (isOpen(state)) from = Math.min(from, intendedAt - DAY_MS);
  return from;
}

function standing({ book, clock }: Floor, { current }: VenueView): Told[] {
  return current.flatMap((order) => {
    const bet = book.byOrderRef(order.orderRef);
    return bet ? [{ key: bet.intent.key, event: seenOrder(order, clock.now()) }] : [];
  });
}

function seenOrder(order: VenueView["current"][number], at: Instant): Told["event"] {
  return { kind: "seen", at, order: factsOf(order) };
}

function ended({ book, clock }: Floor, { current, cleared }: VenueView): Told[] {
  const stands = new Set(current.map(({ betId }) => betId));
  const rows = new Map<string, VenueView["cleared"][number][]>();
  for (const row of cleared) {
    const known = rows.get(row.betId);
    if (known) known.push(row);
    else rows.set(row.betId, [row]);
  }
  return [...rows].flatMap(([betId, own]) => {
    const bet = book.byOrderRef(own[0]?.orderRef ?? "");
    if (!bet) return [];
    return clearedEvents(bet, own, stands.has(betId), clock.now()).map((event) => ({
      key: bet.intent.key,
      event,
    }));
  });
}

type Look =
  | ({ readonly kind: "looked" } & Outcome)
  | Extract<Reconciliation, { readonly kind: "failed" | "refused" | "unauthorised" }>;

/**
 * The rule for bets whose fate is unknown: once the quarantine is over, two looks at open and cleared orders by their
 * references. Found, they stand; not found twice, they are absent, and expire.
 */
async function lookForUnknown(floor: Floor): Promise<Look> {
  const { book, clock, venue } = floor;
  const total = { changed: 0, impossible: [] as string[] };
  for (let look = 0; look < LOOKS; look++) {
    const at = clock.now();
    const due = [...book.active(at)].filter(({ state }) => (looksCountFrom(state) ?? at + 1) <= at);
    if (due.length === 0) break;
    if (look > 0) await clock.sleep(BETWEEN_LOOKS_MS);
    const asked = clock.now();
    const orderRefs = due.map(({ intent }) => intent.orderRef);
    const answer = await viewVenue(venue, { orderRefs }, clock);
    if (answer.kind !== "ok") return answer;
    const { view } = answer;
    const seen = tellAll(floor, [...standing(floor, view), ...ended(floor, view)]);
    const there = new Set([...view.current, ...view.cleared].map(({ orderRef }) => orderRef));
    const gone = due.filter(({ intent }) => !there.has(intent.orderRef));
    const absent = tellAll(
      floor,
      gone.map((bet) => absentAt(bet, asked)),
    );
    total.changed += seen.changed + absent.changed;
    total.impossible.push(...seen.impossible, ...absent.impossible);
  }
  total.changed += tellAll(floor, givenUp(floor)).changed;
  return { kind: "looked", ...total };
}

function absentAt({ intent: { key } }: Bet, at: Instant): Told {
  return { key, event: { kind: "absent", at } };
}

/** What becomes of bets that were proven absent. */
function givenUp({ book, clock, stillWanted }: Floor): Told[] {
  const at = clock.now();
  return [...book.active(at)].flatMap((bet): Told[] => {
    if (bet.state.stage !== "ABSENT") return [];
    const { key } = bet.intent;
    return [
      { key, event: stillWanted(bet) ? { kind: "reopened", at } : { kind: "expired", at, code: "ABSENT" } },
    ];
  });
}

type Agreed =
  | { readonly kind: "agreed"; readonly changed: number; readonly disagreements: readonly Disagreement[] }
  | Extract<Reconciliation, { readonly kind: "failed" | "refused" | "unauthorised" }>;

async function agree(floor: Floor, { cleared }: VenueView): Promise<Agreed> {
  const { book, clock, venue } = floor;
  const settled = [...book.bets()].filter(({ state }) => state.settled !== null);
  const since = clock.now() - CORRECTED_WITHIN_MS;
  const wanting = settled.filter(
    ({ state }) => state.stage === "SETTLED" || (state.settled?.settledAt ?? 0) >= since,
  );
  if (wanting.length === 0) return { kind: "agreed", changed: 0, disagreements: [] };
  const markets = [...new Set(wanting.map(({ intent }) => intent.marketId))];
  const query = { marketIds: markets, settledFrom: settledFrom(floor) };
  const answer = await patientAnswer(clock, () => venue.clearedMarkets(query));
  if (answer.kind !== "ok") return answer;
  const among = new Set(markets);
  const inMarkets = settled.filter(({ intent }) => among.has(intent.marketId));
  const { told, disagreements } = agreeMarkets(inMarkets, cleared, answer.value, clock.now());
  return { kind: "agreed", changed: tellAll(floor, told).changed, disagreements };
}

function orphansIn({ book }: Floor, { current, cleared }: VenueView): string[] {
  const refs = [...current, ...cleared].flatMap(({ orderRef, betId }) =>
    isOurRef(orderRef) && book.byOrderRef(orderRef) === null ? [betId] : [],
  );
  return [...new Set(refs)];
}
