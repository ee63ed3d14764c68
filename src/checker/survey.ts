import type { Clock, Instant } from "../core/clock.js";
import { dayOfInstant } from "../core/day.js";
import type { Warehouse } from "../warehouse/port.js";
import { type PlannedPoll, planPolls } from "./plan.js";
import type { PollSource } from "./source.js";
import type { Tier } from "./tier.js";

/** What the checker needs of the rest of the house. */
export interface Checker {
  readonly warehouse: Warehouse;
  readonly sources: readonly PollSource[];
  readonly clock: Clock;
  readonly tiers: readonly Tier[];
  /** Fixtures of these leagues; of all when left out. */
  readonly leagues?: readonly string[] | undefined;
  /** Fixtures that start within so many days. */
  readonly days: number;
}

/** The plan as of now, from what the warehouse knows: fixtures, results and earlier polls. */
export async function surveyPolls(checker: Checker): Promise<readonly PlannedPoll[]> {
  const { warehouse, sources, clock, tiers, leagues, days } = checker;
  const now = clock.now();
  const today = dayOfInstant(now);
  const [fixtures, states, used] = await Promise.all([
    warehouse.fixtures({ leagues, fromDay: today - 1, toDay: today + days, played: false }),
    warehouse.pollStates(),
    usedBudgets(checker, now),
  ]);
  return planPolls({ sources, fixtures, statuses: new Map(), states, used, now, tiers });
}

async function usedBudgets(
  { warehouse, sources }: Checker,
  now: Instant,
): Promise<ReadonlyMap<string, number>> {
  const counts = sources.map(async ({ code, budget }): Promise<[string, number]> => {
    return [code, budget === null ? 0 : await warehouse.pollCount(code, now - budget.perMs + 1)];
  });
  return new Map(await Promise.all(counts));
}
