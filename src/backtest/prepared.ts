import type { Day } from "../core/day.js";
import type { Fixture, MatchStatistics } from "../domain/fixture.js";
import type { PriceSource } from "../domain/price.js";
import type { Season } from "../domain/season.js";
import { strategyDocument } from "../strategy/document.js";
import type { Strategy } from "../strategy/strategy.js";
import type { LeagueSummary } from "../warehouse/port.js";
import { gridPricer } from "./chance.js";
import { dataHash, type Hash } from "./data-hash.js";
import type { Ending } from "./ending.js";
import { endingsOf } from "./ending.js";
import { forecastSlots, type LeagueForecasts } from "./forecasts.js";
import { type BacktestSource, type Inputs, readInputs, usesStatistics } from "./inputs.js";
import { type KnownResult, knownResults } from "./known-result.js";
import { laneOf } from "./lane.js";
import type { Models } from "./model.js";
import { endingOfBets, movesByFixture } from "./postponed.js";
import { type PriceColumns, packPrices } from "./price-columns.js";
import { type Slot, slotsOf } from "./schedule.js";

/**
 * One league ready to be bet on: all that a walk needs and that neither the bank nor the entry rules can change. Plain
 * data, so that it can be made in another thread and kept in a file.
 */
export interface PreparedLeague {
  readonly league: string;
  /** Of the period, kick-off order. */
  readonly fixtures: readonly Fixture[];
  /** Of all seasons read, where the strategy has filters; else none. */
  readonly results: readonly KnownResult[];
  /** By fixture id; a fixture without one is still to be played. */
  readonly endings: ReadonlyMap<number, Ending>;
  /** Of those results, where a filter reads them. */
  readonly statistics: ReadonlyMap<number, MatchStatistics>;
  readonly prices: PriceColumns;
  /** Null where prices alone make the chances. */
  readonly forecasts: LeagueForecasts | null;
  /** Of the model that must confirm; null without one. */
  readonly second: LeagueForecasts | null;
  readonly lateResults: number;
  /** The first match there is to learn from. */
  readonly firstMatch: { readonly season: Season; readonly day: Day } | null;
  readonly sources: readonly PriceSource[];
  /** Of everything that was read for it. */
  readonly hash: string;
}

export interface Preparation {
  readonly models: Models;
  readonly hash: Hash;
  /** `leagues()` of the source, where the caller has it. */
  readonly summaries?: readonly LeagueSummary[] | undefined;
}

/**
 * Read one league of a strategy and forecast its fixtures.
 *
 * Throws   StatisticoError("data") when the league has no fixture in these seasons.
 */
export async function prepareLeague(
  source: BacktestSource,
  strategy: Strategy,
  league: string,
  { models, hash, summaries }: Preparation,
): Promise<PreparedLeague> {
  const own = { ...strategy, leagues: [league] };
  const inputs = await readInputs(source, own, models.uses, summaries);
  const results = knownResults(inputs.matches, inputs.revisions);
  const endings = endingsOf(inputs.fixtures, results);
  const fixtures = inputs.fixtures.filter(({ season }) => season >= strategy.seasons.from);
  const inPeriod = new Set(fixtures.map(({ id }) => id));
  const ended = fixtures.filter(({ id }) => endings.has(id));
  const lane = laneOf(inputs, models, results);
  const slots = slotsOf(strategy, ended, inputs.prices);
  const [forecasts = null, second = null] = forecastSlots(slots, lane, gridPricer());
  const [first] = inputs.matches;
  return {
    league,
    fixtures,
    ...pastOf(inputs, strategy, results),
    endings: new Map([...[...endings].filter(([id]) => inPeriod.has(id)), ...putOff(slots, endings, inputs)]),
    prices: packPrices(inputs.prices),
    forecasts,
    second,
    lateResults: lane.feed.late,
    firstMatch: first ? { season: first.fixture.season, day: first.fixture.day } : null,
    sources: inputs.sources,
    hash: dataHash(inputs, hash),
  };
}

/** Endings of the fixtures that were put off after they had been decided. */
function putOff(
  slots: readonly Slot[],
  endings: ReadonlyMap<number, Ending>,
  { moves }: Pick<Inputs, "moves">,
): (readonly [number, Ending])[] {
  if (moves.length === 0) return [];
  const byId = movesByFixture(moves);
  return slots.flatMap(({ asOf, candidates }) =>
    candidates.flatMap(({ fixture }) => {
      const [ending, own] = [endings.get(fixture.id), byId.get(fixture.id)];
      return ending && own ? [[fixture.id, endingOfBets(ending, fixture, asOf, own)] as const] : [];
    }),
  );
}

/** What filters look back on: nothing where there are none, because it is much to carry. */
function pastOf(
  inputs: Inputs,
  strategy: Strategy,
  results: ReadonlyMap<number, KnownResult>,
): Pick<PreparedLeague, "results" | "statistics"> {
  if (!looksBack(strategy)) return { results: [], statistics: new Map() };
  return { results: [...results.values()], statistics: inputs.statistics };
}

/** Whether a strategy sees past matches: by its filters, or because code may ask for anything. */
export function looksBack({ filters, code }: Strategy): boolean {
  return filters.length > 0 || code !== null;
}

/** What neither reads, forecasts nor books depend on: strategies that differ in this alone share their leagues. */
const INDEPENDENT = [
  "name",
  "description",
  "leagues",
  "runners",
  "side",
  "entry",
  "staking",
  "bank",
  "limits",
  "live",
  "fills",
  "strategy",
  "codeHash",
];

/** What of a strategy a prepared league depends on, as one text: equal texts share their leagues. */
export function preparationKey(strategy: Strategy): string {
  const kept = Object.entries(strategyDocument(strategy)).filter(([key]) => !INDEPENDENT.includes(key));
  const { commission: _commission, filters: _filters, prices: _prices, ...rest } = Object.fromEntries(kept);
  const { sources, moment, closing } = strategy.prices;
  const past = [looksBack(strategy), usesStatistics(strategy)];
  return JSON.stringify({ ...rest, prices: { sources, moment, closing }, past });
}
