import type { GoalRates } from "../domain/goals.js";
import type { MarketView } from "./forecaster.js";
import { type GoalDifference, goalDifference } from "./market-difference.js";
import { risingRoot } from "./market-root.js";

/** Bounds of the implied dependence, and what stands for it where no total was quoted. */
export const RHO_FLOOR = -0.35;
export const RHO_CEILING = 0.25;
export const RHO_WITHOUT_TOTAL = -0.05;

const MOST_GOALS = 40;

export type ImpliedRates =
  | {
      readonly kind: "rates";
      readonly rates: GoalRates;
      /** True when rho met its bound: the draw is then not reproduced, everything else is. */
      readonly rhoClamped: boolean;
    }
  | { readonly kind: "unattainable"; readonly reason: string };

/**
 * The goal rates whose Dixon-Coles grid gives a market's margin-free probabilities.
 *
 * With a total: home - away, over 2.5 and draw are all met, exactly. The dependence touches neither home - away nor
 * the total, so the three equations fall apart: over 2.5 gives the sum of the rates, home - away their split, the draw
 * gives rho. Without a total: rho = -0.05, and home - away and draw give the rates.
 *
 * Units    probabilities in (0, 1), home + draw + away = 1 to 1e-6.
 * Returns  `unattainable` for probabilities that are none, or that no pair of rates below 40 goals reaches.
 * Source   Dixon & Coles, Applied Statistics 46(2), 1997, section 4.
 */
export function impliedRates(market: MarketView): ImpliedRates {
  const fault = faultOf(market);
  if (fault !== null) return { kind: "unattainable", reason: fault };
  return market.over25 === null ? ratesWithoutTotal(market) : ratesWithTotal(market, market.over25);
}

function faultOf({ home, draw, away, over25 }: MarketView): string | null {
  const all = over25 === null ? [home, draw, away] : [home, draw, away, over25];
  const wrong = all.find((p) => !(p > 0 && p < 1));
  if (wrong !== undefined) return `a probability is not between 0 and 1, was ${wrong}`;
  const sum = home + draw + away;
  return Math.abs(sum - 1) <= 1e-6 ? null : `home, draw and away do not sum to 1, was ${sum}`;
}

function ratesWithTotal({ home, draw, away }: MarketView, over25: number): ImpliedRates {
  const total = totalGoals(over25);
  const homeRate = total === null ? null : splitOf(total, home - away);
  if (total === null || homeRate === null)
    return {
      kind: "unattainable",
      reason: `no rates give home - away ${home - away} and over 2.5 ${over25}`,
    };
  const awayRate = total - homeRate;
  const { level } = goalDifference(homeRate, awayRate);
  // P(draw) = level - 2 homeRate awayRate rho exp(-total): the 0-0 and 1-1 cells lose what 1-0 and 0-1 gain.
  const rho = ((level - draw) * Math.exp(total)) / (2 * homeRate * awayRate);
  const clamped = Math.min(Math.max(rho, RHO_FLOOR), RHO_CEILING);
  return { kind: "rates", rates: { homeRate, awayRate, rho: clamped }, rhoClamped: clamped !== rho };
}

/** The Poisson mean with P(more than 2) = `over`; null beyond 40 goals. */
function totalGoals(over: number): number | null {
  const under = 1 - over;
  const skew = over - 0.5;
  return risingRoot(
    (n) => {
      const none = Math.exp(-n);
      return { value: under - none * (1 + n + (n * n) / 2), slope: (none * n * n) / 2 };
    },
    0,
    MOST_GOALS,
    // The inverse near evens, where most lines lie: it saves a step.
    2.674 + skew * (4.05 + skew * (2.2 + 5.1 * skew)),
  );
}

/** The home rate with which two rates that sum to `total` give `lead` = home - away; null when none does. */
function splitOf(total: number, lead: number): number | null {
  return risingRoot(
    (homeRate) => {
      const d = goalDifference(homeRate, total - homeRate);
      return { value: d.lead - lead, slope: 2 * d.level + d.oneUp + d.oneDown };
    },
    0,
    total,
    // The normal approximation, its inverse to third order.
    (total + lead * (1.253 + 0.328 * lead * lead) * Math.sqrt(total)) / 2,
  );
}

function ratesWithoutTotal({ home, draw, away }: MarketView): ImpliedRates {
  const lead = home - away;
  let homeRate: number | null = null;
  // Along the rates that give this lead the draw falls as goals rise, from 1 - |lead| at the fewest goals.
  const total = risingRoot(
    (n) => {
      homeRate = splitOf(n, lead);
      if (homeRate === null) return { value: -1, slope: 1 };
      return drawExcess(goalDifference(homeRate, n - homeRate), homeRate, n - homeRate, draw);
    },
    -Math.log1p(-Math.abs(lead)),
    MOST_GOALS,
    2.6 + 2 * lead * lead,
  );
  homeRate = total === null ? null : splitOf(total, lead);
  if (total === null || homeRate === null)
    return { kind: "unattainable", reason: `no rates give home - away ${lead} and draw ${draw}` };
  const rates = { homeRate, awayRate: total - homeRate, rho: RHO_WITHOUT_TOTAL };
  return { kind: "rates", rates, rhoClamped: false };
}

/** Wanted draw minus the grid's, and its slope in total goals along the curve of constant home - away. */
function drawExcess(d: GoalDifference, homeRate: number, awayRate: number, draw: number) {
  const both = 2 * RHO_WITHOUT_TOTAL * Math.exp(-homeRate - awayRate);
  const byHome = d.oneDown - d.level - both * awayRate * (1 - homeRate);
  const byAway = d.oneUp - d.level - both * homeRate * (1 - awayRate);
  const homeShare = (d.level + d.oneUp) / (2 * d.level + d.oneUp + d.oneDown);
  return {
    value: draw - (d.level - both * homeRate * awayRate),
    slope: -(byHome * homeShare + byAway * (1 - homeShare)),
  };
}
