import { flaw, type KellyBet, type KellyOptions, meanLog, netPrice } from "./kelly.js";

export type KellyStakes =
  | {
      readonly kind: "stakes";
      /** Share of the bank on each bet, in the order given. */
      readonly stakes: readonly number[];
      /** Mean logarithmic growth of the bank at these stakes. */
      readonly growth: number;
    }
  | { readonly kind: "invalid"; readonly reason: string };

/** Probabilities of one market may sum this much above one before it is an error, and this little below counts as one. */
const SUM_TOLERANCE = 1e-9;

/**
 * Kelly stakes on several runners of one market, of which at most one wins. Closed form.
 *
 * Runners enter by falling p x price while that exceeds the reserve rate
 *   R = (1 - sum of p) / (1 - sum of 1 / price)      over those already in, 1 with none
 * and get f = p - R / price. A book below 100% comes out as f = p. `bets` need not list every runner. Each price is
 * taken net of commission as if its own bet were settled alone: an exchange that charges the market's net winnings
 * takes a little less, so these stakes err on the small side.
 * Source   Smoczynski & Tomkins, Mathematical Scientist 35, 2010.
 */
export function kellyExclusive(bets: readonly KellyBet[], options: KellyOptions = {}): KellyStakes {
  const listed = bets.reduce((sum, { probability }) => sum + probability, 0);
  const reason = flaw(bets, options) ?? sumFlaw(listed);
  if (reason !== null) return { kind: "invalid", reason };
  const { commission = 0, fraction = 1 } = options;
  const prices = bets.map(({ price }) => netPrice(price, commission));
  const reserve = reserveRate(bets, prices);
  const stakes = bets.map(({ probability }, i) => fraction * Math.max(0, probability - reserve / prices[i]));
  return { kind: "stakes", stakes, growth: growthOf(bets, prices, stakes, 1 - listed) };
}

function reserveRate(bets: readonly KellyBet[], prices: readonly number[]): number {
  const value = bets.map(({ probability }, i) => probability * prices[i]);
  const order = bets.map((_, i) => i).sort((a, b) => value[b] - value[a] || a - b);
  let unbacked = 1;
  let unpriced = 1;
  let reserve = 1;
  for (const i of order) {
    const left = unpriced - 1 / prices[i];
    // In exact arithmetic a runner worth backing leaves `left` positive; a fair book in floating point may not.
    if (value[i] <= reserve || left <= 0) break;
    unbacked -= bets[i].probability;
    unpriced = left;
    reserve = Math.max(0, unbacked) / unpriced;
  }
  return reserve;
}

function growthOf(
  bets: readonly KellyBet[],
  prices: readonly number[],
  stakes: readonly number[],
  unlisted: number,
): number {
  const staked = stakes.reduce((sum, stake) => sum + stake, 0);
  const won = meanLog(
    bets.map(({ probability }) => probability),
    stakes.map((stake, i) => stake * prices[i] - staked),
  );
  return unlisted > SUM_TOLERANCE ? won + meanLog([unlisted], [-staked]) : won;
}

function sumFlaw(listed: number): string | null {
  return listed > 1 + SUM_TOLERANCE
    ? `probabilities of one market must not sum above 1, was ${listed}`
    : null;
}
