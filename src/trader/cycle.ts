import type { Instant } from "../core/clock.js";
import { DAY_MS, dayOfInstant } from "../core/day.js";
import type { Minor } from "../domain/money.js";
import type { CatalogueMarket, VenueAnswer, VenueBook } from "../exchange/venue.js";
import type { Intent } from "../strategy/decide.js";
import { askControls, refusalOf } from "./controls.js";
import type { Desk } from "./desk.js";
import type { Floor } from "./floor.js";
import { decisionName } from "./intent-key.js";
import { fixtureMatcher } from "./match-fixture.js";
import { caseOf, type Offered, offer, type Proposal, type RunUse, type SeenBook } from "./offer.js";
import { type QuotedRunner, quotedRunners } from "./quoted.js";
import { strategyAccount } from "./strategy-account.js";
import { patientAnswer } from "./venue-view.js";
import { wishBets } from "./wish-bets.js";

/** What one round of reading, deciding and placing came to. */
export interface Cycle {
  readonly kind: "done";
  readonly markets: number;
  /** Markets whose fixture is not known, each reason once. */
  readonly unmatched: readonly string[];
  readonly decided: number;
  /** When the next fixture comes due; null when none that can be bet is waiting. */
  readonly nextDue: Instant | null;
  readonly intents: readonly Intent[];
  readonly offered: readonly { readonly proposal: Proposal; readonly outcome: Offered | Preview }[];
}

/** What would become of a wish: nothing was written or sent. */
export interface Preview {
  readonly kind: "preview";
  readonly refusal: string | null;
}

export type CycleOutcome =
  | Cycle
  | { readonly kind: "failed" | "refused" | "unauthorised"; readonly code: string; readonly detail: string };

export interface CycleOptions {
  /** Decide and show, write and send nothing. */
  readonly dryRun: boolean;
  /** What orders of other hands can lose. */
  readonly externalMinor: Minor;
}

/** Books change while one waits for others: markets of one request are decided and offered before the next is read. */
export async function runCycle(floor: Floor, desk: Desk, options: CycleOptions): Promise<CycleOutcome> {
  const { venue, clock } = floor;
  const catalogue = await askCatalogue(floor, desk);
  if (catalogue.kind !== "ok") return catalogue;
  const funds = await patientAnswer(clock, () => venue.funds());
  if (funds.kind !== "ok") return funds;
  const { matched, unmatched } = await matchMarkets(floor, desk, catalogue.value);
  const sent = clock.monotonic();
  const books = await patientAnswer(clock, () => venue.books(matched.map(({ market }) => market.marketId)));
  if (books.kind !== "ok") return books;
  const receivedMs = clock.monotonic();
  const quoted = matched.flatMap(({ market, fixture }): QuotedRunner[] => {
    const book = books.value.find(({ marketId }) => marketId === market.marketId);
    return book ? quotedRunners(fixture, market, seenBook(book, books.at, sent, receivedMs)) : [];
  });
  const use: RunUse = {
    intended: 0,
    availableMinor: funds.value.availableMinor,
    externalMinor: options.externalMinor,
  };
  const wishes = await decideAll(floor, desk, quoted);
  const offered = await offerAll(floor, wishes.proposals, use, options.dryRun);
  if (!options.dryRun) noteDecided(floor, wishes.decided, offered);
  return {
    kind: "done",
    markets: matched.length,
    unmatched,
    decided: wishes.decided.size,
    nextDue: wishes.dues.length === 0 ? null : Math.min(...wishes.dues),
    intents: wishes.intents,
    offered,
  };
}

function askCatalogue(
  { venue, clock, limits }: Floor,
  desk: Desk,
): Promise<VenueAnswer<readonly CatalogueMarket[]>> {
  const now = clock.now();
  const marketTypes = [...new Set(desk.strategies.flatMap(({ strategy }) => strategy.markets))];
  const from = limits.inPlay ? now - DAY_MS / 8 : now + limits.minTimeToOffMs;
  return patientAnswer(clock, () => venue.catalogue({ marketTypes, from, to: now + desk.horizonMs }));
}

async function matchMarkets({ clock }: Floor, desk: Desk, markets: readonly CatalogueMarket[]) {
  const leagues = [...new Set(desk.strategies.flatMap(({ strategy }) => strategy.leagues))];
  const today = dayOfInstant(clock.now());
  const toDay = today + Math.ceil(desk.horizonMs / DAY_MS) + 1;
  const fixtures = await desk.warehouse.fixtures({ leagues, fromDay: today - 1, toDay });
  const matcher = fixtureMatcher(fixtures, await desk.warehouse.aliases());
  const answers = markets.map((market) => ({ market, match: matcher(market) }));
  return {
    matched: answers.flatMap(({ market, match }) =>
      match.kind === "matched" ? [{ market, fixture: match.fixture }] : [],
    ),
    unmatched: [
      ...new Set(answers.flatMap(({ match }) => (match.kind === "unmatched" ? [match.reason] : []))),
    ],
  };
}

/** Strategies in the order given: the later one sees what the earlier ones have written. */
async function decideAll({ book, clock, venue }: Floor, desk: Desk, quoted: readonly QuotedRunner[]) {
  const now = clock.now();
  const all = {
    proposals: [] as Proposal[],
    intents: [] as Intent[],
    decided: new Map<string, number>(),
    dues: [] as Instant[],
  };
  for (const traded of desk.strategies) {
    const account = strategyAccount(book.bets(), traded.strategy.name, traded.strategy.bankMinor, now);
    const wishes = await wishBets(traded, quoted, {
      account,
      now,
      mode: desk.mode,
      venue: venue.name,
      isDecided: book.isDecided,
    });
    all.proposals.push(...wishes.proposals);
    all.intents.push(...wishes.intents);
    for (const [name, fixtureId] of wishes.decided) all.decided.set(name, fixtureId);
    if (wishes.nextDue !== null) all.dues.push(wishes.nextDue);
  }
  return all;
}

/** A fixture of which a wish was refused by a control is decided again by the next run: what refused it may pass. */
function noteDecided(
  { book, clock }: Floor,
  decided: ReadonlyMap<string, number>,
  offered: Cycle["offered"],
): void {
  const refused = new Set(
    offered.flatMap(({ proposal: { intent }, outcome }) =>
      outcome.kind === "denied" ? [decisionName(intent.strategy, intent.slot, intent.fixtureId)] : [],
    ),
  );
  book.decided(
    [...decided.keys()].filter((name) => !refused.has(name)),
    clock.now(),
  );
}

/** Markets side by side, the bets of one market one after the other. */
async function offerAll(floor: Floor, proposals: readonly Proposal[], use: RunUse, dryRun: boolean) {
  const outcomes = new Map<Proposal, Offered | Preview>();
  if (dryRun) for (const proposal of proposals) outcomes.set(proposal, preview(floor, proposal, use));
  else {
    const markets = new Map<string, Proposal[]>();
    for (const proposal of proposals) {
      const { marketId } = proposal.intent;
      markets.set(marketId, [...(markets.get(marketId) ?? []), proposal]);
    }
    await Promise.all([...markets.values()].map((own) => offerInTurn(floor, own, use, outcomes)));
  }
  return proposals.flatMap((proposal) => {
    const outcome = outcomes.get(proposal);
    return outcome ? [{ proposal, outcome }] : [];
  });
}

async function offerInTurn(
  floor: Floor,
  proposals: readonly Proposal[],
  use: RunUse,
  outcomes: Map<Proposal, Offered | Preview>,
): Promise<void> {
  for (const proposal of proposals)
    outcomes.set(proposal, await offer(floor, await refreshed(floor, proposal), use));
}

/** Deciding takes time: a book that has used up half of its age is read again, and the controls judge what it shows. */
async function refreshed(floor: Floor, proposal: Proposal): Promise<Proposal> {
  const { venue, clock, limits, book } = floor;
  const { seen, intent } = proposal;
  const ageMs = seen.ageMs + clock.monotonic() - seen.receivedMs;
  if (ageMs <= limits.maxPriceAgeMs / 2 || book.bet(intent.key) !== null) return proposal;
  const sent = clock.monotonic();
  const answer = await patientAnswer(clock, () => venue.books([intent.marketId]));
  const [fresh] = answer.kind === "ok" ? answer.value : [];
  if (answer.kind !== "ok" || fresh?.marketId !== intent.marketId) return proposal;
  return {
    intent: { ...intent, marketVersion: fresh.version },
    seen: seenBook(fresh, answer.at, sent, clock.monotonic()),
  };
}

/** Its age by the venue's own clock, and never less than the time the question took. */
function seenBook(book: VenueBook, answeredAt: Instant, sentMs: number, receivedMs: number): SeenBook {
  return { book, receivedMs, ageMs: Math.max(0, answeredAt - book.pricedAt) + (receivedMs - sentMs) };
}

function preview(floor: Floor, proposal: Proposal, use: RunUse): Preview | Offered {
  if (floor.book.bet(proposal.intent.key) !== null) return { kind: "known" };
  return { kind: "preview", refusal: refusalOf(askControls(caseOf(floor, proposal, use)))?.refusal ?? null };
}
