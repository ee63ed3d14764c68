import type { GoalMatch } from "./goal-match.js";

/** Ratings found by iteratively reweighted least squares on one row a side. */
export interface StackedFit {
  readonly intercept: number;
  readonly homeAdvantage: number;
  readonly attack: ReadonlyMap<string, number>;
  readonly defence: ReadonlyMap<string, number>;
  readonly iterations: number;
}

const ITERATIONS = 100;

/**
 * The weighted Poisson fit the way a statistics package does it: two rows a match, a log link, dummy columns with the
 * first team as reference, iteratively reweighted least squares and Gaussian elimination with pivoting.
 *
 * It shares nothing with `fitGoals` (no pair sums, no gauge, no Newton, no Cholesky): a second path for `verify`. Slow.
 * Returns  null when the equations are singular or 100 iterations do not settle.
 * Source   McCullagh & Nelder, Generalized Linear Models, 2nd edition, section 2.5.
 */
export function stackedPoissonFit(matches: readonly GoalMatch[]): StackedFit | null {
  const teams = [...new Set(matches.flatMap(({ home, away }) => [home, away]))].sort();
  const rows = matches.flatMap((match) => rowsOf(match, teams));
  const width = 2 * teams.length;
  let beta: number[] | null = null;
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const next = reweightedStep(rows, width, beta);
    if (!next) return null;
    const moved = beta === null ? 1 : Math.max(...next.map((value, i) => Math.abs(value - (beta?.[i] ?? 0))));
    beta = next;
    if (moved < 1e-13) return centred(beta, teams, iteration);
  }
  return null;
}

/** Columns set to 1 or -1: 0 intercept, 1 home, then attack and defence of every team but the first. */
interface Row {
  readonly columns: readonly (readonly [column: number, value: number])[];
  readonly goals: number;
  readonly weight: number;
}

function rowsOf(match: GoalMatch, teams: readonly string[]): Row[] {
  const h = teams.indexOf(match.home);
  const a = teams.indexOf(match.away);
  const weight = match.weight ?? 1;
  const side = (scorer: number, opponent: number, atHome: boolean) => {
    const columns: [number, number][] = [[0, 1]];
    if (atHome) columns.push([1, 1]);
    if (scorer > 0) columns.push([1 + scorer, 1]);
    if (opponent > 0) columns.push([teams.length + opponent, -1]);
    return columns;
  };
  return [
    { columns: side(h, a, !match.neutral), goals: match.homeGoals, weight },
    { columns: side(a, h, false), goals: match.awayGoals, weight },
  ];
}

/** One weighted least-squares step for the working response; the first starts from the observed goals. */
function reweightedStep(
  rows: readonly Row[],
  width: number,
  beta: readonly number[] | null,
): number[] | null {
  const system = Array.from({ length: width }, () => new Array<number>(width + 1).fill(0));
  for (const { columns, goals, weight } of rows) {
    const eta = beta === null ? Math.log(goals + 0.5) : columns.reduce((sum, [c, v]) => sum + v * beta[c], 0);
    const mean = Math.exp(eta);
    const response = eta + (goals - mean) / mean;
    for (const [c, v] of columns) {
      for (const [d, u] of columns) system[c][d] += weight * mean * v * u;
      system[c][width] += weight * mean * v * response;
    }
  }
  return eliminate(system);
}

/** Gauss-Jordan elimination with partial pivoting on an augmented system; null when singular. */
export function eliminate(system: number[][]): number[] | null {
  const size = system.length;
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let r = c + 1; r < size; r++) if (Math.abs(system[r][c]) > Math.abs(system[pivot][c])) pivot = r;
    if (!(Math.abs(system[pivot][c]) > 1e-10)) return null;
    [system[c], system[pivot]] = [system[pivot], system[c]];
    for (let r = 0; r < size; r++) {
      const factor = r === c ? 0 : system[r][c] / system[c][c];
      if (factor !== 0) for (let k = c; k <= size; k++) system[r][k] -= factor * system[c][k];
    }
  }
  return system.map((row, c) => row[size] / row[c]);
}

/** From the first team as reference to ratings that sum to zero. */
function centred(beta: readonly number[], teams: readonly string[], iterations: number): StackedFit {
  const count = teams.length;
  const attack = teams.map((_, t) => (t === 0 ? 0 : beta[1 + t]));
  const defence = teams.map((_, t) => (t === 0 ? 0 : beta[count + t]));
  const meanAttack = attack.reduce((sum, value) => sum + value, 0) / count;
  const meanDefence = defence.reduce((sum, value) => sum + value, 0) / count;
  return {
    intercept: beta[0] + meanAttack - meanDefence,
    homeAdvantage: beta[1],
    attack: new Map(teams.map((team, t) => [team, attack[t] - meanAttack])),
    defence: new Map(teams.map((team, t) => [team, defence[t] - meanDefence])),
    iterations,
  };
}
