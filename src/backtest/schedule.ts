import type { Instant } from "../core/clock.js";
import { startOfDay } from "../core/day.js";
import { compareKickOff, type Fixture } from "../domain/fixture.js";
import type { PriceSnapshot } from "../domain/price.js";
import type { DecisionMoment, Strategy } from "../strategy/strategy.js";
import type { PriceLookup } from "./price-book.js";

/** A fixture with the prices that its decision may see. */
export interface Candidate {
  readonly fixture: Fixture;
  readonly asOf: Instant;
  readonly prices: readonly PriceSnapshot[];
}

/** Fixtures decided at one instant, in kick-off order. */
export interface Slot {
  readonly asOf: Instant;
  readonly candidates: readonly Candidate[];
}

/**
 * When each fixture is decided and on which prices; fixtures without such prices are left out.
 *
 * early    at the instant of the collection slot, on prices collected before kick-off
 * asof     so long before kick-off, on the last early price or tick observed by then
 * close    at kick-off, on closing prices
 */
export function slotsOf(strategy: Strategy, fixtures: readonly Fixture[], prices: PriceLookup): Slot[] {
  const slots = new Map<Instant, Candidate[]>();
  for (const fixture of [...fixtures].sort(compareKickOff)) {
    const candidate = candidateOf(strategy, fixture, prices);
    if (candidate === null) continue;
    const slot = slots.get(candidate.asOf);
    if (slot) slot.push(candidate);
    else slots.set(candidate.asOf, [candidate]);
  }
  return [...slots].map(([asOf, candidates]) => ({ asOf, candidates })).sort((a, b) => a.asOf - b.asOf);
}

function candidateOf(strategy: Strategy, fixture: Fixture, prices: PriceLookup): Candidate | null {
  const { moment, sources } = strategy.prices;
  // Looked up again when they are read: those of all fixtures together are more than a walk needs at a time.
  const known = (): PriceSnapshot[] => knownPrices(moment, fixture, prices.get(fixture.id) ?? []);
  const first = known();
  if (!quoted(first, sources)) return null;
  return {
    fixture,
    asOf:
      moment.kind === "asof"
        ? fixture.kickOff - moment.beforeMs
        : first.reduce((last, price) => Math.max(last, price.observedAt), 0),
    get prices() {
      return known();
    },
  };
}

/** Prices that a decision at this moment may see. */
function knownPrices(
  moment: DecisionMoment,
  fixture: Fixture,
  prices: readonly PriceSnapshot[],
): PriceSnapshot[] {
  switch (moment.kind) {
    case "asof":
      return prices.filter(
        (price) => price.moment !== "close" && price.observedAt <= fixture.kickOff - moment.beforeMs,
      );
    case "close":
      return prices.filter((price) => price.moment === "close");
    case "early":
      return prices.filter((price) => price.moment === "early" && beforeKickOff(price, fixture));
  }
}

/**
 * Where the start is not known, 15:00 is only assumed: the slot of the same day, Friday 17:00 or Tuesday 15:00, is
 * taken to come before the true one, as the source says of its collection.
 */
function beforeKickOff({ observedAt }: PriceSnapshot, { day, kickOff, kickOffKnown }: Fixture): boolean {
  return kickOffKnown ? observedAt < kickOff : observedAt < startOfDay(day + 1);
}

function quoted(prices: readonly PriceSnapshot[], sources: readonly string[]): boolean {
  return prices.some((price) => sources.includes(price.source));
}
