import { invariant } from "../core/assert.js";
import type { Instant } from "../core/clock.js";
import type { Forecaster } from "../models/forecaster.js";
import { type Feed, feedOf } from "./feed.js";
import type { Inputs } from "./inputs.js";
import type { KnownResult } from "./known-result.js";
import type { Models } from "./model.js";

/** What a division brings along: its past as it becomes known, and the models that learn from it. */
export interface Lane {
  readonly feed: Feed;
  /** The strategy's model, then the one that must confirm it; null where prices alone make the chances, or nothing does. */
  readonly forecasters: readonly (Forecaster | null)[];
}

/** The lane of the one division of `inputs`. */
export function laneOf(inputs: Inputs, models: Models, results: ReadonlyMap<number, KnownResult>): Lane {
  const [division] = inputs.divisions;
  invariant(division !== undefined && inputs.divisions.length === 1, "a lane is of one division");
  const feed = feedOf([...results.values()], {
    statistics: inputs.statistics,
    market: (fixtureId) => inputs.learned.get(fixtureId) ?? null,
  });
  const { neighbours } = inputs;
  const forecasters = [models.first, models.second].map((make) => make?.(division, { neighbours }) ?? null);
  return { feed, forecasters };
}

/** Let a lane's models see what has become known by `asOf`. */
export function advance({ feed, forecasters }: Lane, asOf: Instant): void {
  const news = feed.until(asOf);
  if (news.length > 0) for (const forecaster of forecasters) forecaster?.observe(news);
}
