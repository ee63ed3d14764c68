import type { Instant } from "../core/clock.js";
import type { Strategy } from "../strategy/strategy.js";
import type { MarketView } from "../strategy/view.js";
import { gridPricer } from "./chance.js";
import { forecastSlots, forecastsByFixture } from "./forecasts.js";
import { type BacktestSource, readInputs } from "./inputs.js";
import { knownResults } from "./known-result.js";
import { laneOf } from "./lane.js";
import { fairPriceSource, type Models } from "./model.js";
import type { PricesByFixture } from "./price-book.js";
import type { Candidate } from "./schedule.js";
import { formAt, sightOf } from "./sights.js";

/** What a strategy sees of a fixture, but for its money. */
export type NowView = Omit<MarketView, "account">;

/** Looks at fixtures as they can be known at an instant: the trader's eyes, and the very same as a backtest's. */
export type Viewer = (candidates: readonly Candidate[], asOf: Instant) => Promise<readonly NowView[]>;

/**
 * A viewer for one strategy. Results that are known at the instant are learnt from, those of its own day held back, as
 * in a backtest; the prices are the candidates' own.
 *
 * Throws   StatisticoError("data") when a league has no fixture in the season of its candidates.
 */
export function viewerOf(source: BacktestSource, strategy: Strategy, models: Models): Viewer {
  return async (candidates, asOf) => {
    const views = new Map<number, NowView>();
    for (const league of strategy.leagues) {
      const own = candidates.filter(({ fixture }) => fixture.league === league);
      if (own.length === 0) continue;
      for (const view of await leagueViews(source, strategy, models, own, asOf))
        views.set(view.fixture.id, view);
    }
    return candidates.flatMap(({ fixture }) => views.get(fixture.id) ?? []);
  };
}

async function leagueViews(
  source: BacktestSource,
  strategy: Strategy,
  models: Models,
  candidates: readonly Candidate[],
  asOf: Instant,
): Promise<NowView[]> {
  const leagues = [...new Set(candidates.map(({ fixture }) => fixture.league))];
  const season = Math.max(...candidates.map(({ fixture }) => fixture.season));
  const own = { ...strategy, leagues, seasons: { from: season, to: season } };
  const inputs = await readInputs(source, own, models.uses);
  const known = knownResults(inputs.matches, inputs.revisions);
  const lane = laneOf(inputs, models, known);
  const seen = candidates.map((candidate) => withFairPrices(candidate, inputs.prices, strategy));
  const [first = null, second = null] = forecastSlots([{ asOf, candidates: seen }], lane, gridPricer());
  const firstOf = first && forecastsByFixture(first);
  const secondOf = second && forecastsByFixture(second);
  const results = [...known.values()];
  const form = formAt([{ results, statistics: inputs.statistics }], strategy)(asOf);
  return seen.map((candidate) => {
    const { id } = candidate.fixture;
    const forecasts = { first: firstOf?.get(id) ?? null, second: secondOf?.get(id) ?? null };
    return sightOf(candidate, UNPLAYED, forecasts, form, strategy).view;
  });
}

/** The venue's prices, and stored ones of the source whose margin-free prices are the chances, where there is one. */
function withFairPrices(candidate: Candidate, stored: PricesByFixture, strategy: Strategy): Candidate {
  const models = [strategy.model, ...(strategy.confirm ? [strategy.confirm.model] : [])];
  const shown = new Set(candidate.prices.map(({ source }) => source));
  const wanted = models
    .flatMap((model) => fairPriceSource({ model }) ?? [])
    .filter((source) => !shown.has(source));
  if (wanted.length === 0) return candidate;
  const prices = (stored.get(candidate.fixture.id) ?? []).filter(
    ({ source, moment, observedAt }) =>
      wanted.includes(source) && moment !== "close" && observedAt <= candidate.asOf,
  );
  return { ...candidate, prices: [...candidate.prices, ...prices] };
}

/** A fixture that is still to be played has no ending: none of it is in the view. */
const UNPLAYED = { result: null, settledAt: Number.POSITIVE_INFINITY };
