import type { Day } from "../core/day.js";
import type { Rng } from "../core/rng.js";
import type { Fixture, MatchStatistics, Result } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import type { ScoreGrid } from "./grid.js";

/** What the market made of a match, margin removed. */
export interface MarketView {
  readonly home: number;
  readonly draw: number;
  readonly away: number;
  /** Probability of three goals or more; null when no total was quoted. */
  readonly over25: number | null;
}

/** A finished match with everything a model may learn from it. */
export interface Observation {
  readonly fixture: Fixture;
  readonly result: Result;
  readonly statistics: MatchStatistics | null;
  /** Closing prices of that match, early ones where it had none; null without any. */
  readonly market: MarketView | null;
}

export type Forecast =
  | {
      readonly kind: "forecast";
      /** Expected goals, > 0. */
      readonly homeRate: number;
      readonly awayRate: number;
      readonly rho: number;
      /** The grid of this forecast, made when asked for. */
      grid(): ScoreGrid;
      /** A grid drawn from the forecast's own doubt; left out where the model has no theory of it. */
      readonly draw?: ((rng: Rng) => ScoreGrid) | undefined;
      /** What a reader must know: a club without history, an active bound. */
      readonly notes: readonly string[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/** What is known of a division before a ball is kicked: its seasons' clubs, and nothing of any result. */
export interface Division {
  readonly league: string;
  /** 1 = top; null when unknown. */
  readonly tier: number | null;
  /** Ids of the clubs of each season. */
  readonly clubs: ReadonlyMap<Season, ReadonlySet<number>>;
}

/**
 * A model that walks forward through one division. The caller feeds finished matches in kick-off order and asks for
 * forecasts; a forecast depends on nothing but what was observed before it.
 */
export interface Forecaster {
  /** Name and parameters, as one text: part of every stored price. */
  readonly version: string;
  /** Learn from the finished matches of one or more days; days never go backwards between calls. */
  observe(matches: readonly Observation[]): void;
  /** Forecast a fixture as of the start of `asOf`: only what was observed counts, aged to that day. */
  forecast(fixture: Fixture, asOf: Day): Forecast;
}
