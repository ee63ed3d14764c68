/** Where rho must lie so that no score of any two of these teams has a negative probability. */
export interface RhoInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * The interval of rho for all ordered pairs of different teams, at home or on neutral ground.
 *
 * `theta`: attack, defence (each `teams` long), home advantage. With H = max(1, e^homeAdvantage), M the largest
 * e^(attack_i - defence_j) and P the largest e^(attack_i - defence_i + attack_j - defence_j) over i != j:
 * -1 / (H M) <= rho <= min(1, 1 / (H P)). Cost: one pass over the teams.
 * Source   Dixon & Coles (1997), section 4.1: the bound for one match, here over all that can be played.
 */
export function rhoInterval(theta: Float64Array, teams: number): RhoInterval {
  const lift = Math.max(0, theta[2 * teams]);
  return {
    low: -Math.exp(-lift - largestRate(theta, teams)),
    high: Math.min(1, Math.exp(-lift - largestProduct(theta, teams))),
  };
}

/** max over i != j of attack_i - defence_j, by the two best attacks and the two worst defences. */
function largestRate(theta: Float64Array, teams: number): number {
  const i = largest(theta, 0, teams, 1, -1);
  const j = largest(theta, teams, teams, -1, -1);
  if (i !== j) return theta[i] - theta[teams + j];
  const secondAttack = largest(theta, 0, teams, 1, i);
  const secondDefence = largest(theta, teams, teams, -1, j);
  return Math.max(theta[secondAttack] - theta[teams + j], theta[i] - theta[teams + secondDefence]);
}

/** Number of the team with the largest `sign` x entry of the block at `from`, leaving out one team. */
function largest(theta: Float64Array, from: number, teams: number, sign: number, without: number): number {
  let best = without === 0 ? 1 : 0;
  for (let t = 0; t < teams; t++)
    if (t !== without && sign * theta[from + t] > sign * theta[from + best]) best = t;
  return best;
}

/** max over i != j of (attack_i - defence_i) + (attack_j - defence_j). */
function largestProduct(theta: Float64Array, teams: number): number {
  let first = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < teams; t++) {
    const openness = theta[t] - theta[teams + t];
    if (openness > first) {
      second = first;
      first = openness;
    } else if (openness > second) second = openness;
  }
  return first + second;
}
