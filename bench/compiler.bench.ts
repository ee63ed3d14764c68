import { powerProbabilities } from "../src/compiler/margin/power.js";
import { matchOdds } from "../src/compiler/match-odds.js";
import { priceEverything } from "../src/compiler/sheet.js";
import { createRng } from "../src/core/rng.js";
import { scoreGrid } from "../src/models/dixon-coles-grid.js";

export const name = "odds compiler: margin removal and price sheets";

const BOOKS = 200_000;
const SHEETS = 300;
const ROUNDS = 7;

/** Ours against the obvious way: bisection on a fresh array a step, one pass over an object grid a market. */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  const books = newBooks();
  const times = { naivePower: [0], power: [0], sheet: [0], naiveSheet: [0] };
  for (let round = 0; round < ROUNDS; round++) {
    times.naivePower.push(elapsed(() => naivePowers(books)));
    times.power.push(elapsed(() => ourPowers(books)));
    times.naiveSheet.push(elapsed(naiveSheets));
    times.sheet.push(elapsed(ourSheets));
  }
  const [naivePower, power] = [best(times.naivePower) * 10, best(times.power)];
  const [naiveSheet, sheet] = [best(times.naiveSheet), best(times.sheet)];
  return [
    {
      label: "power by bisection / powerProbabilities, three runners",
      ratio: naivePower / power,
      unit: "times",
    },
    { label: "a book by powerProbabilities", ratio: (power / BOOKS) * 1e6, unit: "ns" },
    {
      label: "grid of objects, filter and reduce / price sheet of 45 markets",
      ratio: naiveSheet / sheet,
      unit: "times",
    },
    { label: "a price sheet", ratio: sheet / SHEETS, unit: "ms" },
  ];
}

function newBooks(): Float64Array {
  const rng = createRng(1);
  const prices = new Float64Array(3 * BOOKS);
  for (let b = 0; b < BOOKS; b++) {
    const [home, draw] = [0.15 + 0.5 * rng(), 0.2 + 0.1 * rng()];
    prices.set([1 / (1.05 * home), 1 / (1.05 * draw), 1 / (1.05 * (1 - home - draw))], 3 * b);
  }
  return prices;
}

function ourPowers(books: Float64Array): number {
  const out = new Float64Array(3);
  let sum = 0;
  for (let b = 0; b < BOOKS; b++) sum += powerProbabilities(out, books.subarray(3 * b, 3 * b + 3)) + out[0];
  return sum;
}

/** A tenth of the books: it is that slow. */
function naivePowers(books: Float64Array): number {
  let sum = 0;
  for (let b = 0; b < BOOKS / 10; b++) {
    const prices = [...books.subarray(3 * b, 3 * b + 3)];
    let [low, high] = [0.5, 3];
    while (high - low > 1e-14) {
      const k = (low + high) / 2;
      if (prices.map((p) => (1 / p) ** k).reduce((x, y) => x + y) > 1) low = k;
      else high = k;
    }
    sum += low;
  }
  return sum;
}

function ourSheets(): number {
  let sum = 0;
  for (let i = 0; i < SHEETS; i++)
    sum += priceEverything({ homeRate: 1.2 + i / 1000, awayRate: 1.1, rho: -0.05 }).tailMass;
  return sum;
}

/** The same number of passes over the same scores, without the halves: to its advantage. */
function naiveSheets(): number {
  let sum = 0;
  for (let i = 0; i < SHEETS; i++) {
    const grid = scoreGrid({ homeRate: 1.2 + i / 1000, awayRate: 1.1, rho: -0.05 });
    const cells = [...grid.cells].map((p, cell) => ({
      home: Math.floor(cell / (grid.maxGoals + 1)),
      away: cell % (grid.maxGoals + 1),
      p,
    }));
    for (let runner = 0; runner < RUNNERS; runner++)
      sum += cells
        .filter(({ home, away }) => home - away > (runner % 9) - 4)
        .reduce((total, { p }) => total + p, 0);
    sum += matchOdds(grid).HOME;
  }
  return sum;
}

/** Runners of all tables, and five ways of 116 line sides counted once a line. */
const RUNNERS = 200;

function elapsed(work: () => number): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The first entry is a placeholder, and the first round warms up. */
function best(times: readonly number[]): number {
  return Math.min(...times.slice(2));
}
