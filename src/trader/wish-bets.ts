import type { Instant } from "../core/clock.js";
import { compareKickOff } from "../domain/fixture.js";
import { considerSlot, type Intent } from "../strategy/decide.js";
import type { DecisionMoment } from "../strategy/strategy.js";
import type { Account } from "../strategy/view.js";
import type { LedgerMode } from "../warehouse/ledger/port.js";
import type { BetIntent } from "./bet.js";
import { priceAt } from "./controls.js";
import type { Sighted, TradedStrategy } from "./desk.js";
import { dueFrom, isDue } from "./due.js";
import { decisionName, intentKey, orderRef, slotName, strategyRef } from "./intent-key.js";
import type { Proposal } from "./offer.js";
import { limitTick, type QuotedRunner, quotedKey, snapshotsOf } from "./quoted.js";

/** What a strategy wishes for on these prices, and what it sees in it. */
export interface Wishes {
  readonly proposals: readonly Proposal[];
  /** As `decide` gave them, one for each proposal. */
  readonly intents: readonly Intent[];
  /** Fixtures that were decided, by `decisionName`, and the fixture of each. */
  readonly decided: ReadonlyMap<string, number>;
  /** When the next fixture that can be bet here comes due; null when none is waiting. */
  readonly nextDue: Instant | null;
}

interface WishContext {
  readonly account: Account;
  readonly now: Instant;
  readonly mode: LedgerMode;
  readonly venue: string;
  readonly isDecided: (name: string) => boolean;
}

/** Decide every fixture that is due, together, on what can be had at the venue, and turn the wishes into intents. */
export async function wishBets(
  { strategy, picker, look }: TradedStrategy,
  quoted: readonly QuotedRunner[],
  { account, now, mode, venue, isDecided }: WishContext,
): Promise<Wishes> {
  const { leagues, markets, prices, seasons } = strategy;
  const slot = slotName(prices.moment);
  const nameOf = (fixtureId: number): string => decisionName(strategy.name, slot, fixtureId);
  const meant = quoted.filter(
    ({ fixture, market, source }) =>
      leagues.includes(fixture.league) &&
      fixture.season >= seasons.from &&
      markets.includes(market) &&
      prices.sources.includes(source) &&
      !isDecided(nameOf(fixture.id)),
  );
  const own = meant.filter(({ fixture, catalogue }) =>
    isDue(prices.moment, fixture, catalogue.startsAt, now),
  );
  const nextDue = nextDueOf(prices.moment, meant, now);
  const sighted = sightedOf(own, now);
  if (sighted.length === 0) return { proposals: [], intents: [], decided: new Map(), nextDue };
  const views = (await look(sighted, now)).map((view) => ({ ...view, account }));
  const intents = considerSlot(strategy, views, picker).flatMap((considered) => considered.intents);
  const runners = new Map(own.map((runner) => [quotedKey(runner), runner]));
  const pairs = intents.flatMap((intent) => {
    const runner = runners.get(quotedKey(intent));
    const proposal = runner && proposalOf(intent, runner, { strategy: strategy.name, mode, venue, slot });
    return proposal ? [{ intent, proposal }] : [];
  });
  return {
    proposals: pairs.map(({ proposal }) => proposal),
    intents: pairs.map(({ intent }) => intent),
    decided: new Map(sighted.map(({ fixture: { id } }) => [nameOf(id), id])),
    nextDue,
  };
}

function nextDueOf(moment: DecisionMoment, quoted: readonly QuotedRunner[], now: Instant): Instant | null {
  const waiting = quoted
    .map(({ fixture, catalogue }) => dueFrom(moment, fixture, catalogue.startsAt))
    .filter((due) => due > now);
  return waiting.length === 0 ? null : Math.min(...waiting);
}

/** Fixtures in kick-off order, as a backtest decides them, with the prices of all their markets. */
function sightedOf(quoted: readonly QuotedRunner[], asOf: Instant): Sighted[] {
  const fixtures = new Map<number, QuotedRunner[]>();
  for (const runner of quoted) {
    const known = fixtures.get(runner.fixtureId);
    if (known) known.push(runner);
    else fixtures.set(runner.fixtureId, [runner]);
  }
  return [...fixtures.values()]
    .flatMap((runners): Sighted[] => {
      const fixture = runners[0]?.fixture;
      return fixture ? [{ fixture, asOf, prices: runners.flatMap(snapshotsOf) }] : [];
    })
    .filter(({ prices }) => prices.length > 0)
    .sort((a, b) => compareKickOff(a.fixture, b.fixture));
}

function proposalOf(
  intent: Intent,
  quoted: QuotedRunner,
  { strategy, mode, venue, slot }: { strategy: string; mode: LedgerMode; venue: string; slot: string },
): Proposal | null {
  const { catalogue, fixture, seen, selectionId, handicap } = quoted;
  const side = intent.side === "BACK" ? "back" : "lay";
  const { ladder } = seen.book;
  const tick = limitTick(ladder, side, intent.price);
  if (tick < 0) return null;
  const { marketId } = catalogue;
  const key = intentKey({ mode, strategy, marketId, selectionId, handicap, side, slot });
  const wish: BetIntent = {
    key,
    orderRef: orderRef(key),
    strategyRef: strategyRef(strategy),
    strategy,
    slot,
    venue,
    marketId,
    selectionId,
    handicap,
    ladder,
    side,
    tick,
    price: priceAt(ladder, tick),
    sizeMinor: intent.stakeMinor,
    marketVersion: seen.book.version,
    fixtureId: fixture.id,
    fixture: `${fixture.home.name} v ${fixture.away.name}`,
    league: fixture.league,
    startsAt: catalogue.startsAt,
    market: intent.market,
    runner: intent.runner,
    line: intent.line,
    why: {
      asOf: intent.asOf,
      modelVersion: intent.modelVersion,
      source: intent.source,
      quotedPrice: intent.quotedPrice,
      observedAt: intent.observedAt,
      probability: intent.probability,
      edge: intent.edge,
      because: intent.because,
    },
  };
  return { intent: wish, seen };
}
