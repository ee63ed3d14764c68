import type { Day } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import type { PriceSource } from "../domain/price.js";
import type { Season } from "../domain/season.js";
import type { RefusalKind } from "../strategy/decide.js";
import type { Picker } from "../strategy/pick.js";
import type { Strategy } from "../strategy/strategy.js";
import type { Bet } from "./bet.js";
import { type PricedRunner, pricedRunners } from "./market-view.js";
import { closingBooksIn, play } from "./play.js";
import type { PreparedLeague } from "./prepared.js";
import type { PriceLookup } from "./price-book.js";
import { passageOf, type Sight, type SightSlot } from "./sights.js";

/** What a walk forward through the seasons came to. */
export interface Walk {
  /** Fixtures of the period that have ended, one way or the other. */
  readonly fixtures: readonly Fixture[];
  /** Fixtures still to be played: left out. */
  readonly pending: number;
  /** Fixtures with a forecast and a price. */
  readonly priced: number;
  readonly slots: number;
  /** In the order in which they were struck. */
  readonly bets: readonly Bet[];
  readonly runners: readonly PricedRunner[];
  /** How often a bet was not struck, by the kind of reason. */
  readonly refusals: ReadonlyMap<RefusalKind, number>;
  /** Why there was no forecast, and what the model noted, by their text. */
  readonly refusedForecasts: ReadonlyMap<string, number>;
  readonly notes: ReadonlyMap<string, number>;
  readonly lateResults: number;
  readonly prices: PriceLookup;
  readonly sources: readonly PriceSource[];
  /** The first match there was to learn from. */
  readonly firstMatch: { readonly season: Season; readonly day: Day } | null;
}

export interface WalkOptions {
  /** The strategy's code; null where its file says it all. */
  readonly picker?: Picker | null | undefined;
  readonly onSlot?: ((done: number, of: number) => void) | undefined;
}

/** Replay the seasons slot by slot over leagues whose fixtures have been forecast. */
export function walkForward(
  leagues: readonly PreparedLeague[],
  strategy: Strategy,
  { picker, onSlot }: WalkOptions = {},
): Walk {
  const { slots, count, fixtures, pending, prices } = passageOf(leagues, strategy);
  const seen = newSightings();
  const played = play(strategy, watched(slots, seen), {
    closingOf: closingBooksIn(prices, strategy.prices),
    pricesOf: (id) => prices.get(id) ?? [],
    picker,
    onSlot: (done) => onSlot?.(done, count),
  });
  return {
    ...played,
    ...seen,
    fixtures,
    pending,
    prices,
    slots: count,
    lateResults: leagues.reduce((sum, league) => sum + league.lateResults, 0),
    sources: leagues[0]?.sources ?? [],
    firstMatch: leagues.reduce<Walk["firstMatch"]>(
      (first, league) => earlier(first, league.firstMatch),
      null,
    ),
  };
}

/** What the slots show whatever is bet. */
interface Sightings {
  priced: number;
  readonly runners: PricedRunner[];
  readonly refusedForecasts: Map<string, number>;
  readonly notes: Map<string, number>;
}

function newSightings(): Sightings {
  return { priced: 0, runners: [], refusedForecasts: new Map(), notes: new Map() };
}

/** The slots, each noted down on its way. */
function* watched(slots: Iterable<SightSlot>, seen: Sightings): Generator<SightSlot> {
  for (const slot of slots) {
    for (const sight of slot.sights) note(seen, sight);
    yield slot;
  }
}

function note(seen: Sightings, { view, ending, priced, notes }: Sight): void {
  if (priced) seen.priced++;
  seen.runners.push(...pricedRunners(view, ending));
  if (view.refusal !== null) count(seen.refusedForecasts, view.refusal);
  for (const text of notes) count(seen.notes, text);
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function earlier(a: Walk["firstMatch"], b: Walk["firstMatch"]): Walk["firstMatch"] {
  if (a === null || b === null) return a ?? b;
  return b.day < a.day ? b : a;
}
