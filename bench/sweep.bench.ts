import { prepareInTurn } from "../src/backtest/backtest.js";
import { modelsOf } from "../src/backtest/model.js";
import { closingBooksIn, play } from "../src/backtest/play.js";
import { type Scene, sceneOf } from "../src/backtest/sights.js";
import { backtestOverfitting } from "../src/backtest/statistics/overfitting.js";
import { type TrialBench, trialBench } from "../src/backtest/sweep/bench.js";
import { createRng } from "../src/core/rng.js";
import { parseStrategy } from "../src/strategy/parse.js";
import type { Strategy } from "../src/strategy/strategy.js";
import { simulatedRows } from "../test/backtest/simulated.js";
import { memory } from "../test/backtest/source.js";

export const name = "sweep: configurations on columns, probability of overfitting";

const SEASONS = 60;
const ROUNDS = 5;
const CONFIGURATIONS = 200;
const SERIES = 30;
const DAYS = 480;

const YAML = `name: bench
leagues: [E0]
seasons: { from: 2015, to: ${2015 + SEASONS} }
markets: [MATCH_ODDS]
model: { name: fair-price, source: PS }
prices: { sources: [B365], closing: [PS] }
staking: { method: kelly, fraction: 0.25 }
bank: 100000
commission: 0.02
`;

/** Ours against the obvious way: a whole play for each configuration; every split of the days added up block by block. */
export async function run(): Promise<readonly { label: string; ratio: number; unit?: string }[]> {
  const base = parseStrategy(YAML, "bench.yaml");
  const leagues = await prepareInTurn(
    memory(simulatedRows(1, SEASONS, { margin: 0.03, error: 0.2 })),
    String,
  )(base, modelsOf(base, {}));
  const scene = sceneOf(leagues, base);
  const series = newSeries();
  const times = { full: [0], lean: [0], table: [0], naive: [0], ours: [0] };
  for (let round = 0; round < ROUNDS; round++) {
    const bench = trialBench(scene);
    times.table.push(elapsed(() => bench.sketch(base).bets));
    times.lean.push(elapsed(() => leanSweep(bench, base)) / CONFIGURATIONS);
    times.full.push(elapsed(() => fullPlay(scene, configuration(base, round))));
    times.naive.push(elapsed(() => naiveOverfitting(series)));
    times.ours.push(elapsed(() => backtestOverfitting(series)?.probability ?? 0));
  }
  return [
    {
      label: `a full play / a configuration on columns, ${scene.fixtures.length} fixtures`,
      ratio: best(times.full) / best(times.lean),
      unit: "times",
    },
    { label: "a configuration on columns", ratio: best(times.lean), unit: "ms" },
    { label: "the columns, once / a full play", ratio: best(times.table) / best(times.full) },
    {
      label: `overfitting of ${SERIES} configurations, block by block / ours`,
      ratio: best(times.naive) / best(times.ours),
      unit: "times",
    },
  ];
}

function configuration(base: Strategy, index: number): Strategy {
  return { ...base, entry: { ...base.entry, edge: { min: index / 1000, max: null } } };
}

function leanSweep(bench: TrialBench, base: Strategy): number {
  let bets = 0;
  for (let index = 0; index < CONFIGURATIONS; index++) bets += bench.sketch(configuration(base, index)).bets;
  return bets;
}

function fullPlay(scene: Scene, strategy: Strategy): number {
  const closingOf = closingBooksIn(scene.prices, strategy.prices);
  return play(strategy, scene.slots, { closingOf }).bets.length;
}

function newSeries(): readonly Float64Array[] {
  const rng = createRng(3);
  return Array.from({ length: SERIES }, () => Float64Array.from({ length: DAYS }, () => rng() - 0.5));
}

/** Sixteen blocks; each half chooses, and what it chose is ranked on the other half. */
function naiveOverfitting(series: readonly Float64Array[]): number {
  const size = DAYS / 16;
  let splits = 0;
  let overfitted = 0;
  for (let bits = 0; bits < 2 ** 16; bits++) {
    if (bits.toString(2).replaceAll("0", "").length !== 8) continue;
    splits++;
    const sharpe = (values: Float64Array, chosen: number): number => {
      let [n, sum, squares] = [0, 0, 0];
      for (let block = 0; block < 16; block++)
        if ((chosen >> block) & 1)
          for (let t = block * size; t < (block + 1) * size; t++) {
            n++;
            sum += values[t];
            squares += values[t] * values[t];
          }
      return sum / n / Math.sqrt(squares / n - (sum / n) ** 2);
    };
    const inside = series.map((values) => sharpe(values, bits));
    const outside = series.map((values) => sharpe(values, 65535 - bits));
    const chosen = outside[inside.indexOf(Math.max(...inside))];
    if ((outside.filter((value) => value < chosen).length + 1) / (series.length + 1) <= 0.5) overfitted++;
  }
  return overfitted / splits;
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
