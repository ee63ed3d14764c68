import { invariant } from "../../core/assert.js";
import type { Day } from "../../core/day.js";
import type { Season } from "../../domain/season.js";

/** One made-up division: `code` as it stands in the Div column. */
export interface SimulatedDivision {
  readonly code: string;
  /** Even, 4 to 20. */
  readonly clubs: number;
}

/** What `simulateLeague` is asked for. Everything follows from these: the same options give the same bytes. */
export interface SimulationOptions {
  /** Integer; the seed of every stream. */
  readonly seed: number;
  /** Start year of the first season. */
  readonly startSeason: Season;
  /** Whole seasons before the current one. */
  readonly pastSeasons: number;
  readonly divisions: readonly SimulatedDivision[];
  /** First day of the current season without results; null = `defaultCut`. */
  readonly cut: Day | null;
  /** Days from the cut on that the fixtures file covers. */
  readonly fixtureDays: number;
}

/** The committed sample: see `fixtures/sample/README.md`. */
export const SAMPLE_OPTIONS: SimulationOptions = {
  seed: 7,
  startSeason: 2022,
  pastSeasons: 3,
  divisions: [
    { code: "SIM1", clubs: 16 },
    { code: "SIM2", clubs: 14 },
  ],
  cut: null,
  fixtureDays: 10,
};

/** The season that is still being played. */
export function currentSeason(options: SimulationOptions): Season {
  return options.startSeason + options.pastSeasons;
}

/** Throws InvariantError for options no calendar can be made of: the command checks its flags first. */
export function requireSimulation(options: SimulationOptions): void {
  invariant(Number.isSafeInteger(options.seed), `seed must be an integer, was ${options.seed}`);
  invariant(options.pastSeasons >= 0, `past seasons must be at least 0, was ${options.pastSeasons}`);
  invariant(options.divisions.length > 0, "a simulation needs a division");
  for (const { code, clubs } of options.divisions)
    invariant(
      Number.isInteger(clubs) && clubs % 2 === 0 && clubs >= 4 && clubs <= 20,
      `${code} needs an even number of clubs from 4 to 20, was ${clubs}`,
    );
}
