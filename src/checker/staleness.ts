import type { Instant } from "../core/clock.js";
import type { Fixture } from "../domain/fixture.js";
import { type Tier, tierAt } from "./tier.js";

/** How old a price is, and whether a poll of it was missed. */
export interface Staleness {
  readonly ageMs: number;
  /** Older than two intervals of the tier that holds; null when the match is over and age means nothing. */
  readonly stale: boolean | null;
}

/** Two intervals, because one has always nearly gone by when the next poll is due. */
const INTERVALS = 2;

export function stalenessOf(
  observedAt: Instant,
  fixture: Pick<Fixture, "kickOff">,
  now: Instant,
  tiers: readonly Tier[],
): Staleness {
  const ageMs = now - observedAt;
  const tier = tierAt(fixture.kickOff, now, tiers);
  return { ageMs, stale: tier === null ? null : ageMs > INTERVALS * tier.everyMs };
}
