import { flaw, type KellyBet, type KellyOptions, netPrice } from "./kelly.js";
import { decreasingRoot } from "./root.js";

export type SimultaneousStakes =
  | {
      readonly kind: "stakes";
      readonly stakes: readonly number[];
      readonly growth: number;
      readonly converged: boolean;
      readonly iterations: number;
    }
  | { readonly kind: "invalid"; readonly reason: string };

/** 2^10 outcomes: beyond that the answer hardly differs from scaling single stakes down. */
const MOST_BETS = 10;
const MOST_SWEEPS = 200;
const STAKE_TOLERANCE = 1e-12;

/**
 * Kelly stakes of independent bets that run at the same time: maximises the mean log bank over all 2^n outcomes.
 *
 * One stake after the other is set to its best value given the rest; the objective is concave and smooth inside the
 * bank, so this climbs to its maximum. `converged` is false when 200 sweeps did not settle to 1e-12.
 * Source   Thorp, "The Kelly criterion in blackjack, sports betting and the stock market", 2006, section 6.
 */
export function kellySimultaneous(bets: readonly KellyBet[], options: KellyOptions = {}): SimultaneousStakes {
  const reason = flaw(bets, options) ?? sizeFlaw(bets);
  if (reason !== null) return { kind: "invalid", reason };
  const { commission = 0, fraction = 1 } = options;
  const outcomes = listOutcomes(bets, commission);
  const stakes = bets.map(() => 0);
  let iterations = 0;
  let change = Infinity;
  while (change > STAKE_TOLERANCE && iterations < MOST_SWEEPS) {
    change = sweep(stakes, outcomes);
    iterations++;
  }
  const taken = stakes.map((stake) => stake * fraction);
  const growth = outcomes.reduce((sum, o) => sum + o.probability * Math.log(bank(taken, o)), 0);
  return { kind: "stakes", stakes: taken, growth, converged: change <= STAKE_TOLERANCE, iterations };
}

interface Outcome {
  readonly probability: number;
  /** Profit of a unit stake on each bet. */
  readonly returns: readonly number[];
}

function listOutcomes(bets: readonly KellyBet[], commission: number): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [{ probability: 1, returns: [] }];
  for (const { price, probability } of bets) {
    const won = netPrice(price, commission) - 1;
    outcomes = outcomes.flatMap((o) => [
      { probability: o.probability * probability, returns: [...o.returns, won] },
      { probability: o.probability * (1 - probability), returns: [...o.returns, -1] },
    ]);
  }
  return outcomes.filter((o) => o.probability > 0);
}

/** Set every stake in turn to its best value; the largest change made. */
function sweep(stakes: number[], outcomes: readonly Outcome[]): number {
  let largest = 0;
  for (let i = 0; i < stakes.length; i++) {
    const before = stakes[i];
    stakes[i] = 0;
    const rest = outcomes.map((o) => bank(stakes, o));
    stakes[i] = bestStake(outcomes, rest, i);
    largest = Math.max(largest, Math.abs(stakes[i] - before));
  }
  return largest;
}

function bestStake(outcomes: readonly Outcome[], rest: readonly number[], bet: number): number {
  const slope = (stake: number): number => {
    let sum = 0;
    for (let k = 0; k < outcomes.length; k++) {
      const r = outcomes[k].returns[bet];
      sum += (outcomes[k].probability * r) / (rest[k] + stake * r);
    }
    return sum;
  };
  if (slope(0) <= 0) return 0;
  // The bank of the worst outcome bounds the stake: just inside it the slope falls without limit, unless the bet
  // cannot lose.
  const most = Math.min(...rest) * (1 - 1e-9);
  return slope(most) >= 0 ? most : decreasingRoot(slope, 0, most);
}

function bank(stakes: readonly number[], outcome: Outcome): number {
  return stakes.reduce((sum, stake, i) => sum + stake * outcome.returns[i], 1);
}

function sizeFlaw(bets: readonly KellyBet[]): string | null {
  return bets.length > MOST_BETS ? `at most ${MOST_BETS} bets at the same time, was ${bets.length}` : null;
}
