import type { Side } from "../domain/price.js";
import { layerShares, type OutcomeShares } from "./view.js";

/**
 * Expected profit of a bet as a share of its stake, after commission on winnings: for a plain back
 * `p x (1 + (price - 1)(1 - commission)) - 1`, for a plain lay `(1 - p)(1 - commission) - p (price - 1)`.
 *
 * Halves of quarter lines count half, pushes nothing. The commission is taken bet by bet: another bet on the same
 * market can only lower it.
 */
export function edgeOf(side: Side, shares: OutcomeShares, price: number, commission: number): number {
  const { netWin, netLoss } = terms(side, price, commission);
  const mine = side === "BACK" ? shares : layerShares(shares);
  return (mine.win + mine.halfWin / 2) * netWin - (mine.loss + mine.halfLoss / 2) * netLoss;
}

/** What one unit of stake wins after commission, and what it loses. */
export function terms(side: Side, price: number, commission: number): { netWin: number; netLoss: number } {
  return side === "BACK"
    ? { netWin: (price - 1) * (1 - commission), netLoss: 1 }
    : { netWin: 1 - commission, netLoss: price - 1 };
}

/**
 * Share of the bank to put at risk that makes expected log growth largest (Kelly, 1956); 0 without an edge.
 *
 * `odds`   what a unit at risk wins after commission, > 0.
 * Without halves in closed form, (win x odds - loss) / (odds (win + loss)); with halves by bisection on the derivative
 * of growth, which falls throughout: 60 steps, to 1e-16.
 */
export function kellyRisk(shares: OutcomeShares, odds: number): number {
  if (growthSlope(shares, odds, 0) <= 0) return 0;
  if (shares.halfWin === 0 && shares.halfLoss === 0)
    return (shares.win * odds - shares.loss) / (odds * (shares.win + shares.loss));
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (growthSlope(shares, odds, middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}

/** d/df of E log(1 + f x return). */
function growthSlope(shares: OutcomeShares, odds: number, risk: number): number {
  const slope = (share: number, gain: number): number =>
    share === 0 ? 0 : (share * gain) / (1 + risk * gain);
  return (
    slope(shares.win, odds) +
    slope(shares.halfWin, odds / 2) +
    slope(shares.halfLoss, -0.5) +
    slope(shares.loss, -1)
  );
}
