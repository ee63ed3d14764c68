import type { Instant } from "../core/clock.js";
import { DAY_MS } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import { STANDS_FOR_DAYS } from "../strategy/fate.js";
import type { FixtureMove } from "../warehouse/port.js";
import { type Ending, fatesOf } from "./ending.js";

/**
 * The ending of a fixture for bets that were struck at `asOf`, when it stood on the day that was known then.
 *
 * Bets stand on a match that is played no more than three days late; on a later one they are void as soon as the three
 * days have passed. `moves` in the order in which they were made.
 * Source   the exchange's football rules on postponed matches, as in strategy/fate.ts.
 */
export function endingOfBets(
  ending: Ending,
  { day }: Pick<Fixture, "day">,
  asOf: Instant,
  moves: readonly FixtureMove[],
): Ending {
  const stood = moves.find(({ knownAt }) => knownAt > asOf);
  const days = stood ? day - stood.day : 0;
  if (stood === undefined || days <= STANDS_FOR_DAYS || ending.result === null) return ending;
  const settledAt = stood.kickOff + STANDS_FOR_DAYS * DAY_MS;
  const { homeGoals, awayGoals } = ending.result;
  const fate = { kind: "postponed", days, homeGoals, awayGoals } as const;
  return {
    ...ending,
    settledAt,
    fates: [{ revision: fatesOf(ending)[0].revision, knownAt: settledAt, fate }],
  };
}

/** Moves by fixture id, each fixture's in the order given. */
export function movesByFixture(moves: readonly FixtureMove[]): ReadonlyMap<number, readonly FixtureMove[]> {
  const byId = new Map<number, FixtureMove[]>();
  for (const move of moves) byId.set(move.fixtureId, [...(byId.get(move.fixtureId) ?? []), move]);
  return byId;
}
