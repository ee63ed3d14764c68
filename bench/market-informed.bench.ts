import type { GoalRates } from "../src/domain/goals.js";
import { scoreGrid } from "../src/models/dixon-coles-grid.js";
import type { Forecaster, MarketView, Observation } from "../src/models/forecaster.js";
import { impliedRates } from "../src/models/implied-rates.js";
import { marketInformed } from "../src/models/market-informed.js";
import { marketPoisson } from "../src/models/market-poisson.js";
import { simulateLeague } from "../test/models/market-simulated.js";
import { viewOf } from "../test/models/market-yardstick.js";

export const name = "market-informed: 20 seasons, 20 clubs, line by line";

const ROUNDS = 5;

/** Ratings against a refit of the Poisson alternative a match day; implied rates against Newton on whole grids. */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  const { division, matches } = simulateLeague(1, 20, 20, 0.05);
  const days = dayByDay(matches.map(({ observation }) => observation));
  const views = matches.flatMap(({ observation: { market } }) => (market === null ? [] : [market]));
  const filtered: number[] = [];
  const refitted: number[] = [];
  const direct: number[] = [];
  const onGrids: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    filtered.push(elapsed(() => walk(marketInformed(division), days)));
    refitted.push(elapsed(() => walk(marketPoisson(division), days)));
    direct.push(elapsed(() => views.forEach(impliedRates)));
    onGrids.push(elapsed(() => views.slice(0, 200).forEach(gridNewton)) * (views.length / 200));
  }
  return [
    { label: "market-poisson / market-informed", ratio: median(refitted) / median(filtered), unit: "times" },
    { label: "for all 20 seasons, no grids", ratio: median(filtered), unit: "ms" },
    { label: "Newton on whole grids / impliedRates", ratio: median(onGrids) / median(direct), unit: "times" },
    { label: "for one line", ratio: (1000 * median(direct)) / views.length, unit: "us" },
  ];
}

function dayByDay(matches: readonly Observation[]): Observation[][] {
  const days = new Map<number, Observation[]>();
  for (const match of matches) {
    const day = days.get(match.fixture.day) ?? [];
    day.push(match);
    days.set(match.fixture.day, day);
  }
  return [...days.values()];
}

function walk(forecaster: Forecaster, days: readonly (readonly Observation[])[]): void {
  for (const day of days) {
    for (const { fixture } of day) forecaster.forecast(fixture, fixture.day);
    forecaster.observe(day);
  }
}

/** The obvious way: three equations of a whole grid, slopes by differences, eight Newton steps. */
function gridNewton(wanted: MarketView): GoalRates {
  let at = [Math.log(1.4), Math.log(1.2), -0.05];
  const rates = (x: readonly number[]) => ({ homeRate: Math.exp(x[0]), awayRate: Math.exp(x[1]), rho: x[2] });
  const misses = (x: readonly number[]) => {
    const view = viewOf(scoreGrid(rates(x)).cells);
    return [
      view.home - view.away - wanted.home + wanted.away,
      (view.over25 ?? 0) - (wanted.over25 ?? 0),
      view.draw - wanted.draw,
    ];
  };
  for (let step = 0; step < 8; step++) {
    const miss = misses(at);
    const columns = at.map((_, k) => {
      const moved = misses(at.map((value, i) => (i === k ? value + 1e-6 : value)));
      return moved.map((value, i) => (value - miss[i]) / 1e-6);
    });
    const move = solve3(columns, miss);
    at = at.map((value, i) => value - move[i]);
  }
  return rates(at);
}

/** Cramer's rule; `columns` are the matrix's columns. */
function solve3(columns: readonly (readonly number[])[], right: readonly number[]): number[] {
  const whole = determinant(columns);
  return columns.map((_, k) => determinant(columns.map((column, i) => (i === k ? right : column))) / whole);
}

function determinant([a, b, c]: readonly (readonly number[])[]): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    b[0] * (a[1] * c[2] - a[2] * c[1]) +
    c[0] * (a[1] * b[2] - a[2] * b[1])
  );
}

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
