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
import type { PricesByFixture } from "./price-book.js";
import { type Scene, type Sight, sceneOf } from "./sights.js";

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
  readonly prices: PricesByFixture;
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
  const scene = sceneOf(leagues, strategy);
  const closingOf = closingBooksIn(scene.prices, strategy.prices);
  return {
    ...play(strategy, scene.slots, {
      closingOf,
      pricesOf: (id) => scene.prices.get(id) ?? [],
      picker,
      onSlot,
    }),
    ...sightings(scene),
    lateResults: leagues.reduce((sum, league) => sum + league.lateResults, 0),
    sources: leagues[0]?.sources ?? [],
    firstMatch: leagues.reduce<Walk["firstMatch"]>(
      (first, league) => earlier(first, league.firstMatch),
      null,
    ),
  };
}

function earlier(a: Walk["firstMatch"], b: Walk["firstMatch"]): Walk["firstMatch"] {
  if (a === null || b === null) return a ?? b;
  return b.day < a.day ? b : a;
}

/** What a scene shows whatever is bet. */
function sightings({
  fixtures,
  pending,
  prices,
  slots,
}: Scene): Pick<
  Walk,
  "fixtures" | "pending" | "prices" | "priced" | "slots" | "runners" | "refusedForecasts" | "notes"
> {
  const sights = slots.flatMap((slot) => slot.sights);
  return {
    fixtures,
    pending,
    prices,
    slots: slots.length,
    priced: sights.filter(({ priced }) => priced).length,
    runners: sights.flatMap(({ view, ending }) => pricedRunners(view, ending)),
    refusedForecasts: countOf(sights, ({ view }) => (view.refusal === null ? [] : [view.refusal])),
    notes: countOf(sights, ({ notes }) => notes),
  };
}

function countOf(
  sights: readonly Sight[],
  keys: (sight: Sight) => readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const sight of sights) for (const key of keys(sight)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
