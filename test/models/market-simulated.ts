import { createRng, type Rng } from "../../src/core/rng.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import type { Division, Observation } from "../../src/models/forecaster.js";
import { viewOf } from "./market-yardstick.js";

/** A match of a simulated league with its true log supremacy and log total. */
export interface SimulatedMatch {
  readonly observation: Observation;
  readonly supremacy: number;
  readonly total: number;
}

export interface SimulatedLeague {
  readonly division: Division;
  readonly matches: readonly SimulatedMatch[];
}

/**
 * Double round robins of `clubs` clubs of constant strength, one round a week. The closing line is the grid of the
 * true rates, each log rate disturbed by a normal error of standard deviation `lineError`; goals are Poisson.
 */
export function simulateLeague(
  seed: number,
  clubs: number,
  seasons: number,
  lineError: number,
): SimulatedLeague {
  const rng = createRng(seed);
  const attack = Array.from({ length: clubs }, () => 0.3 * normal(rng));
  const defence = Array.from({ length: clubs }, () => 0.2 * normal(rng));
  const matches: SimulatedMatch[] = [];
  const ids = new Set(attack.map((_, i) => i + 1));
  for (let season = 0; season < seasons; season++)
    for (const [week, pairs] of roundRobin(clubs).entries())
      for (const [h, a] of pairs) {
        const home = Math.exp(0.3 + attack[h] - defence[a]);
        const away = Math.exp(0.05 + attack[a] - defence[h]);
        const day = season * 365 + week * 7;
        const observation = simulateMatch(
          rng,
          matches.length,
          season,
          day,
          [h + 1, a + 1],
          [home, away],
          lineError,
        );
        matches.push({ observation, supremacy: Math.log(home / away), total: Math.log(home * away) });
      }
  const lists = new Map(Array.from({ length: seasons }, (_, season) => [season, ids]));
  return { division: { league: "SIM", tier: 2, clubs: lists }, matches };
}

function simulateMatch(
  rng: Rng,
  id: number,
  season: number,
  day: number,
  [home, away]: readonly [number, number],
  [homeRate, awayRate]: readonly [number, number],
  lineError: number,
): Observation {
  const quoted = {
    homeRate: homeRate * Math.exp(lineError * normal(rng)),
    awayRate: awayRate * Math.exp(lineError * normal(rng)),
    rho: -0.08,
  };
  const goals = { homeGoals: poisson(rng, homeRate), awayGoals: poisson(rng, awayRate) };
  const club = (n: number) => ({ id: n, name: `Club ${n}`, country: "" });
  const when = { season, day, kickOff: day * 86_400_000, kickOffKnown: false };
  return {
    fixture: { id, league: "SIM", ...when, home: club(home), away: club(away), neutral: false },
    result: { fixtureId: id, revision: 0, ...goals, halfTimeHome: null, halfTimeAway: null, knownAt: 0 },
    statistics: null,
    market: viewOf(scoreGrid(quoted).cells),
  };
}

/** Rounds of pairs [home, away] by the circle method; `clubs` is even. */
function roundRobin(clubs: number): [number, number][][] {
  const rounds = Array.from({ length: clubs - 1 }, (_, round) =>
    Array.from({ length: clubs / 2 }, (_, i): [number, number] => {
      const at = (k: number) => (k === 0 ? 0 : ((k - 1 + round) % (clubs - 1)) + 1);
      return round % 2 ? [at(clubs - 1 - i), at(i)] : [at(i), at(clubs - 1 - i)];
    }),
  );
  return [...rounds, ...rounds.map((pairs) => pairs.map(([h, a]): [number, number] => [a, h]))];
}

/** Box and Muller (1958). */
export function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}

/** Knuth's product of uniforms: good for rates of a few goals. */
function poisson(rng: Rng, rate: number): number {
  const floor = Math.exp(-rate);
  let count = 0;
  for (let product = rng(); product > floor; product *= rng()) count++;
  return count;
}
