import type { Instant } from "../core/clock.js";
import type { Forecaster } from "../models/forecaster.js";
import type { Strategy } from "../strategy/strategy.js";
import { type Feed, feedOf, type MatchFacts } from "./feed.js";
import type { FormBook } from "./form-book.js";
import type { Inputs } from "./inputs.js";
import type { KnownResult } from "./known-result.js";
import type { ModelEntry } from "./model.js";

/** What a division brings along: its past as it becomes known, and the model that learns from it. */
export interface Lane {
  readonly feed: Feed;
  /** Null where prices alone make the chances. */
  readonly forecaster: Forecaster | null;
}

/** A lane for each division, by league code. */
export function lanesOf(
  inputs: Inputs,
  strategy: Strategy,
  entry: ModelEntry | null,
  results: ReadonlyMap<number, KnownResult>,
): ReadonlyMap<string, Lane> {
  const facts: MatchFacts = {
    statistics: inputs.statistics,
    market: (fixtureId) => inputs.learned.get(fixtureId) ?? null,
  };
  return new Map(
    inputs.divisions.map((division) => {
      const own = [...results.values()].filter(({ fixture }) => fixture.league === division.league);
      const forecaster = entry?.create(division, strategy.model.parameters) ?? null;
      return [division.league, { feed: feedOf(own, facts), forecaster }] as const;
    }),
  );
}

/** Let a lane see what has become known by `asOf`. */
export function advance(lane: Lane, asOf: Instant, form: FormBook | null): void {
  const news = lane.feed.until(asOf);
  if (news.length === 0) return;
  lane.forecaster?.observe(news);
  if (form !== null) for (const match of news) form.add(match);
}
