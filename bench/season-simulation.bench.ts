import { createRng } from "../src/core/rng.js";
import type { Team } from "../src/domain/fixture.js";
import { scoreGrid } from "../src/models/dixon-coles-grid.js";
import { simulateSeason } from "../src/models/season-outlook.js";
import type { SeasonPlan } from "../src/models/season-simulation.js";

export const name = "season simulation: 380 fixtures, 20 teams";

const RUNS = 10_000;
const ROUNDS = 5;

/** Ours against the obvious way: two Poisson draws by multiplication a match, objects, a sort a season. */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  const season = newSeason();
  const naive: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    naive.push(elapsed(() => naiveSeason(season, RUNS, round)));
    ours.push(elapsed(() => simulateSeason({ ...season.plan, seed: round })));
  }
  return [
    { label: "naive draws and sorts / simulateSeason", ratio: median(naive) / median(ours), unit: "times" },
    { label: "for 10,000 seasons", ratio: median(ours) / 1000, unit: "s" },
  ];
}

interface Season {
  readonly plan: SeasonPlan;
  readonly rates: readonly { home: number; away: number; homeRate: number; awayRate: number }[];
}

function newSeason(): Season {
  const teams: Team[] = Array.from({ length: 20 }, (_, id) => ({ id, name: `T${id}`, country: "England" }));
  const rates = teams.flatMap(({ id: home }) =>
    teams
      .filter(({ id }) => id !== home)
      .map(({ id: away }) => ({
        home,
        away,
        homeRate: Math.exp(0.3 + 0.05 * (away - home)),
        awayRate: Math.exp(0.05 * (home - away)),
      })),
  );
  const remaining = rates.map(({ home, away, homeRate, awayRate }) => ({
    home,
    away,
    grid: scoreGrid({ homeRate, awayRate, rho: -0.05 }),
  }));
  const table = teams.map((team) => ({ team, points: 0, scored: 0, conceded: 0 }));
  return { plan: { table, remaining, runs: RUNS, seed: 0 }, rates };
}

function naiveSeason({ plan, rates }: Season, runs: number, seed: number): number {
  const rng = createRng(seed);
  const titles = new Map<number, number>();
  for (let run = 0; run < runs; run++) {
    const rows = plan.table.map(({ team }) => ({ id: team.id, points: 0, difference: 0, scored: 0 }));
    for (const { home, away, homeRate, awayRate } of rates) {
      const x = poisson(rng, homeRate);
      const y = poisson(rng, awayRate);
      rows[home].points += x > y ? 3 : x === y ? 1 : 0;
      rows[away].points += y > x ? 3 : x === y ? 1 : 0;
      rows[home].difference += x - y;
      rows[away].difference += y - x;
      rows[home].scored += x;
      rows[away].scored += y;
    }
    rows.sort(
      (a, b) => b.points - a.points || b.difference - a.difference || b.scored - a.scored || a.id - b.id,
    );
    titles.set(rows[0].id, (titles.get(rows[0].id) ?? 0) + 1);
  }
  return titles.size;
}

function poisson(rng: () => number, rate: number): number {
  const limit = Math.exp(-rate);
  let product = rng();
  let count = 0;
  for (; product > limit; count++) product *= rng();
  return count;
}

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
