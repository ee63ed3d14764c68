import type { Instant } from "../core/clock.js";
import { compareKickOff, type Fixture } from "../domain/fixture.js";
import type { Strategy } from "../strategy/strategy.js";
import type { FormMatch, MarketView } from "../strategy/view.js";
import type { Ending } from "./ending.js";
import { feedOf } from "./feed.js";
import { type FixtureForecast, forecastsByFixture } from "./forecasts.js";
import { type FormBook, formBook } from "./form-book.js";
import { booksOfSight } from "./market-view.js";
import { fairPriceSource } from "./model.js";
import { looksBack, type PreparedLeague } from "./prepared.js";
import type { PriceBook, PriceLookup } from "./price-book.js";
import { priceLookup } from "./price-columns.js";
import { chooserOf, randomChances } from "./random-chance.js";
import { type Candidate, type Slot, slotsOf } from "./schedule.js";

/** What may be known of a fixture at its decision but for the money: nothing in here was observed later. */
export interface Sight {
  readonly fixture: Fixture;
  readonly ending: Ending;
  readonly view: Omit<MarketView, "account">;
  /** Whether anything of it has a price and a chance. */
  readonly priced: boolean;
  readonly notes: readonly string[];
}

/** Sights decided at one instant, in kick-off order. */
export interface SightSlot {
  readonly asOf: Instant;
  readonly sights: readonly Sight[];
}

/** All that a strategy will see and be settled by, bank and entry rules apart. */
export interface Scene {
  /** Fixtures of the period that have ended, one way or the other; kick-off order. */
  readonly fixtures: readonly Fixture[];
  /** Fixtures still to be played: left out. */
  readonly pending: number;
  readonly prices: PriceLookup;
  readonly slots: readonly SightSlot[];
}

/** A scene whose slots come one after the other, once: what has been played can be forgotten. */
export interface Passage extends Omit<Scene, "slots"> {
  readonly count: number;
  readonly slots: Iterable<SightSlot>;
}

/** Put the leagues of a strategy together, in the order in which their fixtures are decided. */
export function sceneOf(leagues: readonly PreparedLeague[], strategy: Strategy): Scene {
  const { slots, fixtures, pending, prices } = passageOf(leagues, strategy);
  return { fixtures, pending, prices, slots: [...slots] };
}

export function passageOf(leagues: readonly PreparedLeague[], strategy: Strategy): Passage {
  const prices = priceLookup(leagues.map((league) => league.prices));
  const endings = new Map(leagues.flatMap((league) => [...league.endings]));
  const { fixtures, pending } = endedFixtures(leagues);
  const first = forecastsIn(leagues.map((league) => league.forecasts));
  const second = forecastsIn(leagues.map((league) => league.second));
  const form = formAt(leagues, strategy);
  const sightsOf = ({ asOf, candidates }: Slot): SightSlot => ({
    asOf,
    sights: candidates.flatMap((candidate) => {
      const ending = endings.get(candidate.fixture.id);
      const { id } = candidate.fixture;
      const forecasts = { first: first.get(id) ?? null, second: second.get(id) ?? null };
      return ending ? [sightOf(candidate, ending, forecasts, form(asOf), strategy)] : [];
    }),
  });
  const slots = slotsOf(strategy, fixtures, prices);
  return { fixtures, pending, prices, count: slots.length, slots: each(slots, sightsOf) };
}

function* each<T, U>(items: Iterable<T>, change: (item: T) => U): Generator<U> {
  for (const item of items) yield change(item);
}

/** Fixtures of the period that have ended, in kick-off order, and how many have not. */
export function endedFixtures(leagues: readonly PreparedLeague[]): Pick<Scene, "fixtures" | "pending"> {
  const inPeriod = leagues.flatMap(({ fixtures }) => fixtures);
  const ended = leagues.flatMap(({ fixtures, endings }) => fixtures.filter(({ id }) => endings.has(id)));
  return { fixtures: ended.sort(compareKickOff), pending: inPeriod.length - ended.length };
}

/** Forecasts of all leagues by fixture id. */
function forecastsIn(
  all: readonly (PreparedLeague["forecasts"] | null)[],
): ReadonlyMap<number, FixtureForecast> {
  return new Map(all.flatMap((forecasts) => (forecasts ? [...forecastsByFixture(forecasts)] : [])));
}

export function sightOf(
  { fixture, asOf, prices }: Candidate,
  ending: Ending,
  { first, second }: ForecastPair,
  form: FormBook,
  strategy: Strategy,
): Sight {
  const { model, confirm, filters, code } = strategy;
  const formOf = (teamId: number): readonly FormMatch[] =>
    code !== null || filters.some((filter) => "within" in filter && filter.within === "overall")
      ? form.overall(teamId)
      : form.of(fixture, teamId);
  const fairSource = fairPriceSource({ model });
  const chooser = chooserOf(strategy);
  const draw = chooser && ((book: PriceBook) => randomChances(chooser, fixture, book));
  const books = booksOfSight(
    prices,
    { forecast: first, fairSource, draw },
    { forecast: second, fairSource: confirm ? fairPriceSource(confirm) : null },
  );
  return {
    fixture,
    ending,
    view: {
      fixture,
      asOf,
      modelVersion: first?.modelVersion ?? (chooser ? `random ${chooser.seed}` : `fair-price ${fairSource}`),
      refusal: first?.refusal ?? null,
      expected: first?.expected ?? second?.expected ?? null,
      books,
      // Copies: the book grows while the walk goes on.
      form: { home: [...formOf(fixture.home.id)], away: [...formOf(fixture.away.id)] },
    },
    priced: books.some(({ runners }) => runners.some(({ chance }) => chance !== null)),
    notes: first?.notes ?? [],
  };
}

interface ForecastPair {
  readonly first: FixtureForecast | null;
  readonly second: FixtureForecast | null;
}

/** The form book of all leagues at an instant, instants not going backwards; an empty one where no filter reads it. */
export function formAt(
  leagues: readonly Pick<PreparedLeague, "results" | "statistics">[],
  strategy: Strategy,
): (asOf: Instant) => FormBook {
  const book = formBook();
  if (!looksBack(strategy)) return () => book;
  const feeds = leagues.map(({ results, statistics }) => feedOf(results, { statistics, market: () => null }));
  return (asOf) => {
    for (const feed of feeds) for (const match of feed.until(asOf)) book.add(match);
    return book;
  };
}
