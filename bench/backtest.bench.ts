import { gridPricer } from "../src/backtest/chance.js";
import { ratioInterval } from "../src/backtest/statistics/ratio-interval.js";
import { createRng } from "../src/core/rng.js";
import { scoreGrid } from "../src/models/dixon-coles-grid.js";
import type { ScoreGrid } from "../src/models/grid.js";
import { settleRunner } from "../src/strategy/settlement.js";

export const name = "backtest: intervals by match day, chances from grids";

const DAYS = 450;
const BETS_A_DAY = 12;
const GRIDS = 500;
const ROUNDS = 5;
const RUNNERS = ["HOME", "DRAW", "AWAY"] as const;

/** Ours against the obvious way: draw days and add up their bets one by one; settle every cell of every grid. */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  const days = newDays();
  const grids = newGrids();
  const times = { naiveInterval: [0], interval: [0], naiveChance: [0], chance: [0] };
  for (let round = 0; round < ROUNDS; round++) {
    times.naiveInterval.push(elapsed(() => naiveInterval(days)));
    times.interval.push(elapsed(() => ourInterval(days)));
    times.naiveChance.push(elapsed(() => naiveChances(grids)));
    times.chance.push(elapsed(() => ourChances(grids)));
  }
  const interval = best(times.interval);
  const chance = best(times.chance);
  return [
    {
      label: `bets one by one / sums of match days, ${DAYS * BETS_A_DAY} bets`,
      ratio: best(times.naiveInterval) / interval,
      unit: "times",
    },
    { label: "an interval of 2,000 draws", ratio: interval, unit: "ms" },
    {
      label: "settling each cell / outcome tables, 1X2",
      ratio: best(times.naiveChance) / chance,
      unit: "times",
    },
    { label: "a fixture's 1X2 from its grid", ratio: (chance / GRIDS) * 1000, unit: "us" },
  ];
}

type Day = readonly { readonly profit: number; readonly stake: number }[];

function newDays(): readonly Day[] {
  const rng = createRng(1);
  return Array.from({ length: DAYS }, () =>
    Array.from({ length: BETS_A_DAY }, () => ({ profit: rng() < 0.4 ? 1.4 : -1, stake: 1 })),
  );
}

function ourInterval(days: readonly Day[]): number {
  const sums = days.map((day) => ({
    top: day.reduce((sum, { profit }) => sum + profit, 0),
    bottom: day.reduce((sum, { stake }) => sum + stake, 0),
  }));
  return ratioInterval(sums, createRng(1))?.low ?? 0;
}

function naiveInterval(days: readonly Day[]): number {
  const rng = createRng(1);
  const ratios = Array.from({ length: 2000 }, () => {
    const drawn = days.flatMap(() => days[Math.floor(rng() * days.length)]);
    return (
      drawn.reduce((sum, { profit }) => sum + profit, 0) / drawn.reduce((sum, { stake }) => sum + stake, 0)
    );
  });
  return ratios.sort((a, b) => a - b)[50];
}

function newGrids(): readonly ScoreGrid[] {
  const rng = createRng(2);
  return Array.from({ length: GRIDS }, () =>
    scoreGrid({ homeRate: 0.8 + 1.5 * rng(), awayRate: 0.6 + 1.2 * rng(), rho: -0.05 }),
  );
}

function ourChances(grids: readonly ScoreGrid[]): number {
  const pricer = gridPricer();
  let sum = 0;
  for (const grid of grids)
    for (const runner of RUNNERS) sum += pricer.chance(grid, "MATCH_ODDS", runner, 0).shares.win;
  return sum;
}

function naiveChances(grids: readonly ScoreGrid[]): number {
  let sum = 0;
  for (const { cells, maxGoals } of grids)
    for (const runner of RUNNERS)
      for (let home = 0; home <= maxGoals; home++)
        for (let away = 0; away <= maxGoals; away++)
          if (settleRunner("MATCH_ODDS", runner, 0, home, away) === "won")
            sum += cells[home * (maxGoals + 1) + away];
  return sum;
}

function elapsed(work: () => number): number {
  const start = performance.now();
  if (Number.isNaN(work())) throw new Error("a benchmark must compute something");
  return performance.now() - start;
}

/** The least of the runs; the first entry is a placeholder. */
function best(times: readonly number[]): number {
  return Math.min(...times.slice(1));
}
