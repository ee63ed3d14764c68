import type { Rng } from "../core/rng.js";
import type { Played, PlayScore } from "./play-scores.js";

/**
 * Scores of the Weibull count model tied by Frank's copula, from waiting times: a side's goals are the arrivals in one
 * unit of time with survival exp(-rate t^shape) between them. Their distribution is counted over `counted` seasons of a
 * match, and a pair of quantiles drawn from the copula by conditional inversion picks both sides' goals from it.
 *
 * Source   McShane et al., JBES 26(3), 2008; Boshnakov, Kharrat & McHale, International Journal of Forecasting 33(2), 2017.
 */
export function weibullPlayer({ homeRate, awayRate, shapes }: Played, counted: number, rng: Rng): PlayScore {
  const { shape = 1, kappa = 0 } = shapes;
  const home = countedShares(homeRate, shape, counted, rng);
  const away = countedShares(awayRate, shape, counted, rng);
  return (draw) => {
    const u = draw();
    return [quantileOf(home, u), quantileOf(away, conditionalFrank(u, draw(), kappa))];
  };
}

/** Cumulated shares of 0, 1, 2, ... arrivals. */
function countedShares(rate: number, shape: number, counted: number, rng: Rng): number[] {
  const counts: number[] = [];
  for (let i = 0; i < counted; i++) {
    const goals = arrivals(rate, shape, rng);
    while (counts.length <= goals) counts.push(0);
    counts[goals]++;
  }
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum / counted;
  });
}

function arrivals(rate: number, shape: number, rng: Rng): number {
  let goals = 0;
  for (let time = wait(rate, shape, rng); time <= 1; time += wait(rate, shape, rng)) goals++;
  return goals;
}

function wait(rate: number, shape: number, rng: Rng): number {
  return (-Math.log(1 - rng()) / rate) ** (1 / shape);
}

function quantileOf(cumulated: readonly number[], u: number): number {
  const at = cumulated.findIndex((share) => u < share);
  return at < 0 ? cumulated.length - 1 : at;
}

/** v with dC/du (u, v) = w for Frank's copula; w itself where kappa is 0, independence. */
function conditionalFrank(u: number, w: number, kappa: number): number {
  if (Math.abs(kappa) < 1e-9) return w;
  const a = Math.exp(-kappa * u);
  return -Math.log1p((w * Math.expm1(-kappa)) / (a * (1 - w) + w)) / kappa;
}
