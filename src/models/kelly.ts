import { decreasingRoot } from "./root.js";

/** How often a line is won, half won, half lost and lost; what is missing to 1 is a push. */
export interface LineShares {
  readonly fullWin: number;
  readonly halfWin: number;
  readonly halfLoss: number;
  readonly fullLoss: number;
}

/** A bet as Kelly's criterion sees it. */
export interface KellyBet {
  /** Decimal, > 1, before commission. */
  readonly price: number;
  /** What we believe, in [0, 1]. */
  readonly probability: number;
}

export interface KellyOptions {
  /** Share of net winnings the exchange keeps, in [0, 1); 0 by default. */
  readonly commission?: number;
  /** Share of the full Kelly stake to take, in (0, 1]; 1 by default. */
  readonly fraction?: number;
}

/** Stake as a share of the bank, and the mean logarithmic growth of the bank that it brings at that stake. */
export type KellyStake =
  | { readonly kind: "stake"; readonly stake: number; readonly growth: number }
  | { readonly kind: "invalid"; readonly reason: string };

export type KellyLay =
  | {
      readonly kind: "lay";
      /** Share of the bank that can be lost, (price - 1) x stake. */
      readonly liability: number;
      readonly stake: number;
      readonly growth: number;
    }
  | { readonly kind: "invalid"; readonly reason: string };

/** What a winning unit stake pays after commission on its winnings: 1 + (price - 1)(1 - commission). */
export function netPrice(price: number, commission = 0): number {
  return 1 + (price - 1) * (1 - commission);
}

/** Mean profit of a unit stake after commission: probability x net price - 1. */
export function edgeAfterCommission(probability: number, price: number, commission = 0): number {
  return probability * netPrice(price, commission) - 1;
}

/**
 * Kelly stake of one back bet: f = (p (b + 1) - 1) / b with b the net price less 1, times `fraction`; 0 without an edge.
 *
 * Source   Kelly, Bell System Technical Journal 35, 1956; Thorp, "The Kelly criterion", 2006.
 */
export function kellyBack(bet: KellyBet, options: KellyOptions = {}): KellyStake {
  const reason = flaw([bet], options);
  if (reason !== null) return { kind: "invalid", reason };
  const { commission = 0, fraction = 1 } = options;
  const won = netPrice(bet.price, commission) - 1;
  const stake = fraction * Math.max(0, edgeAfterCommission(bet.probability, bet.price, commission) / won);
  return {
    kind: "stake",
    stake,
    growth: meanLog([bet.probability, 1 - bet.probability], [stake * won, -stake]),
  };
}

/**
 * Kelly stake of one lay: a back bet on the runner losing, at net odds (1 - commission) / (price - 1) on the liability.
 *
 * `probability` is that of the runner winning.
 */
export function kellyLay(bet: KellyBet, options: KellyOptions = {}): KellyLay {
  const reason = flaw([bet], options);
  if (reason !== null) return { kind: "invalid", reason };
  const { commission = 0, fraction = 1 } = options;
  const won = (1 - commission) / (bet.price - 1);
  const against = 1 - bet.probability;
  const liability = fraction * Math.max(0, (against * (won + 1) - 1) / won);
  const growth = meanLog([against, bet.probability], [liability * won, -liability]);
  return { kind: "lay", liability, stake: liability / (bet.price - 1), growth };
}

/**
 * Kelly stake of a bet on a line that can push or end by half: the root of the derivative of the mean log bank.
 *
 * The grid's tail counts as a push. The stake is exact to 1 ulp of its root; see `decreasingRoot` for the bound.
 */
export function kellyFiveWay(line: LineShares, price: number, options: KellyOptions = {}): KellyStake {
  const reason = flaw([{ price, probability: 0 }], options);
  if (reason !== null) return { kind: "invalid", reason };
  const { commission = 0, fraction = 1 } = options;
  const won = netPrice(price, commission) - 1;
  const weights = [line.fullWin, line.halfWin, line.halfLoss, line.fullLoss];
  const returns = [won, won / 2, -0.5, -1];
  const slope = (stake: number): number =>
    weights.reduce((sum, w, i) => (w === 0 ? sum : sum + (w * returns[i]) / (1 + stake * returns[i])), 0);
  const stake = fraction * bestShare(slope);
  return {
    kind: "stake",
    stake,
    growth: meanLog(
      weights,
      returns.map((r) => r * stake),
    ),
  };
}

/** Where a falling slope crosses zero inside [0, 1], or the end it points to. */
function bestShare(slope: (stake: number) => number): number {
  if (slope(0) <= 0) return 0;
  return slope(1) >= 0 ? 1 : decreasingRoot(slope, 0, 1);
}

/** Mean of log(1 + return); what has no probability does not count, even where the bank would be gone. */
export function meanLog(probabilities: readonly number[], returns: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < returns.length; i++)
    if (probabilities[i] > 0) sum += probabilities[i] * Math.log1p(returns[i]);
  return sum;
}

/** Why bets or options make no sense; null when they do. */
export function flaw(
  bets: readonly KellyBet[],
  { commission = 0, fraction = 1 }: KellyOptions,
): string | null {
  for (const { price, probability } of bets) {
    if (!(price > 1 && Number.isFinite(price))) return `a price must be a number above 1, was ${price}`;
    if (!(probability >= 0 && probability <= 1))
      return `a probability must lie in [0, 1], was ${probability}`;
  }
  if (!(commission >= 0 && commission < 1)) return `commission must lie in [0, 1), was ${commission}`;
  if (!(fraction > 0 && fraction <= 1)) return `the Kelly fraction must lie in (0, 1], was ${fraction}`;
  return null;
}
