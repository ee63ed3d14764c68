import { countsToTail, type FillCounts, gridOfCells } from "./count-grid.js";
import { frankCopula } from "./frank-copula.js";
import type { ScoreGrid } from "./grid.js";
import type { MatchLogs, MatchTerm, ScoreLikelihood } from "./score-likelihood.js";
import { type WeibullTable, weibullPmf, weibullReaches, weibullTable } from "./weibull-count.js";

/** Goals of a side the likelihood can take. */
const MOST_GOALS = 15;
/** Goals of a side on a grid. */
const MOST_GRID_GOALS = 40;

/**
 * Weibull counts of one shape, tied by Frank's copula: over- or underdispersed goals with dependence of either sign.
 *
 * P(x, y) = C(F(x), G(y)) - C(F(x-1), G(y)) - C(F(x), G(y-1)) + C(F(x-1), G(y-1)). The rates are those of the waiting
 * times: expected goals are read from the grid. shape = 1 and kappa = 0 are two independent Poissons.
 * Source   Boshnakov, Kharrat & McHale, International Journal of Forecasting 33(2), 2017.
 */
export const WEIBULL_COPULA: ScoreLikelihood = {
  name: "weibull-copula",
  shapes: [
    { name: "shape", start: 1, low: 0.7, high: 1.5 },
    { name: "kappa", start: 0, low: -10, high: 10 },
  ],
  at: ([shape, kappa]) => copulaTerm(weibullTable(shape, MOST_GOALS), kappa),
  grids: ([shape, kappa]) => {
    const table = weibullTable(shape, MOST_GRID_GOALS);
    return (logs) => copulaGrid(logs, table, kappa);
  },
};

function copulaTerm(table: WeibullTable, kappa: number): MatchTerm {
  const home = newSide();
  const away = newSide();
  const corner = new Float64Array(4);
  return (homeGoals, awayGoals, logs, slopes) => {
    slopes.fill(0);
    const [homeRate, awayRate] = [Math.exp(logs.homeLog), Math.exp(logs.awayLog)];
    if (Math.max(homeGoals, awayGoals) > MOST_GOALS) return Number.NEGATIVE_INFINITY;
    if (!weibullReaches(Math.max(homeRate, awayRate), table.shape)) return Number.NEGATIVE_INFINITY;
    fillSide(home, table, homeGoals, homeRate);
    fillSide(away, table, awayGoals, awayRate);
    let p = 0;
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 2; j++) {
        if ((i === 1 && homeGoals === 0) || (j === 1 && awayGoals === 0)) continue;
        const sign = i === j ? 1 : -1;
        frankCopula(home.cdf[i], away.cdf[j], kappa, corner);
        p += sign * corner[0];
        slopes[0] += sign * corner[1] * home.byLog[i];
        slopes[1] += sign * corner[2] * away.byLog[j];
        slopes[3] += sign * (corner[1] * home.byShape[i] + corner[2] * away.byShape[j]);
        slopes[4] += sign * corner[3];
      }
    for (let k = 0; k < slopes.length; k++) slopes[k] /= p;
    return p > 0 ? Math.log(p) : Number.NEGATIVE_INFINITY;
  };
}

/** F(goals) and F(goals - 1) of one side, with derivatives by ln rate and shape. */
interface Side {
  readonly cdf: Float64Array;
  readonly byLog: Float64Array;
  readonly byShape: Float64Array;
  readonly pmf: Float64Array;
}

function newSide(): Side {
  return {
    cdf: new Float64Array(2),
    byLog: new Float64Array(2),
    byShape: new Float64Array(2),
    pmf: new Float64Array(3),
  };
}

function fillSide(side: Side, table: WeibullTable, goals: number, rate: number): void {
  const { cdf, byLog, byShape, pmf } = side;
  let [sum, log, shape] = [0, 0, 0];
  for (let x = 0; x <= goals; x++) {
    [cdf[1], byLog[1], byShape[1]] = [sum, log, shape];
    weibullPmf(table, x, rate, pmf);
    sum += pmf[0];
    log += pmf[1];
    shape += pmf[2];
  }
  [cdf[0], byLog[0], byShape[0]] = [sum, log, shape];
}

function copulaGrid({ homeLog, awayLog }: MatchLogs, table: WeibullTable, kappa: number): ScoreGrid | null {
  const rates = [Math.exp(homeLog), Math.exp(awayLog)];
  if (!weibullReaches(Math.max(...rates), table.shape)) return null;
  const [home, away] = rates.map((rate) => countsToTail(weibullCounts(table, rate)));
  if (!home || !away) return null;
  const maxGoals = Math.max(home.length, away.length) - 1;
  const [f, g] = rates.map((rate) => cumulative(weibullCounts(table, rate), maxGoals));
  const width = maxGoals + 1;
  const cells = new Float64Array(width * width);
  const corner = new Float64Array(4);
  const copula = (i: number, j: number) => {
    if (i < 0 || j < 0) return 0;
    frankCopula(f[i], g[j], kappa, corner);
    return corner[0];
  };
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) {
      const cell = copula(i, j) - copula(i - 1, j) - copula(i, j - 1) + copula(i - 1, j - 1);
      // A copula gives no rectangle less than nothing; what is below zero is rounding far out in the tail.
      cells[i * width + j] = Math.max(0, cell);
    }
  return gridOfCells(maxGoals, cells);
}

/** Probabilities of a count; rounding below zero far out in the tail is cut off. */
function weibullCounts(table: WeibullTable, rate: number): FillCounts {
  const out = new Float64Array(3);
  return (counts) => {
    for (let x = 0; x < counts.length; x++) {
      if (x <= table.mostGoals) weibullPmf(table, x, rate, out);
      counts[x] = x <= table.mostGoals ? Math.max(0, out[0]) : 0;
    }
  };
}

function cumulative(fill: FillCounts, maxGoals: number): Float64Array {
  const counts = new Float64Array(maxGoals + 1);
  fill(counts);
  for (let x = 1; x <= maxGoals; x++) counts[x] = Math.min(1, counts[x] + counts[x - 1]);
  return counts;
}
