import { invariant } from "../core/assert.js";
import { type Market, type QuarterLine, type Runner, totalLine } from "../domain/market.js";
import { liabilityMinor, type Minor, roundHalfEven } from "../domain/money.js";
import type { Side } from "../domain/price.js";

/** How a runner ended for its backer. Quarter lines win or lose by halves; a push and a void give the stake back. */
export type Outcome = "won" | "half-won" | "push" | "half-lost" | "lost" | "void";

/**
 * Outcome of a runner at a full-time score, for the backer.
 *
 * `line`   quarter goals; of an Asian handicap always the home side's, for both runners.
 * Throws   InvariantError for a runner that the market does not have.
 * Source   the exchange's market rules; quarter lines are half a stake on each neighbouring line.
 */
export function settleRunner(
  market: Market,
  runner: Runner,
  line: QuarterLine,
  homeGoals: number,
  awayGoals: number,
): Outcome {
  const margin = homeGoals - awayGoals;
  const total = totalLine(market);
  if (total !== null) return settleQuarters(4 * (homeGoals + awayGoals) - 4 * total, over(runner, market));
  switch (market) {
    case "ASIAN_HANDICAP":
      return settleQuarters(4 * margin + line, home(runner, market));
    case "ALT_TOTAL_GOALS":
      return settleQuarters(4 * (homeGoals + awayGoals) - line, over(runner, market));
    case "DRAW_NO_BET":
      return settleQuarters(4 * margin, home(runner, market));
    case "BOTH_TEAMS_TO_SCORE":
      return settleFlag(runner, market, {
        YES: homeGoals > 0 && awayGoals > 0,
        NO: homeGoals === 0 || awayGoals === 0,
      });
    case "MATCH_ODDS":
      return settleFlag(runner, market, { HOME: margin > 0, DRAW: margin === 0, AWAY: margin < 0 });
    case "DOUBLE_CHANCE":
      return settleFlag(runner, market, {
        HOME_OR_DRAW: margin >= 0,
        DRAW_OR_AWAY: margin <= 0,
        HOME_OR_AWAY: margin !== 0,
      });
    default:
      return settleScore(runner, market, homeGoals, awayGoals);
  }
}

/** `quarters` by which the line was beaten, seen from the runner the line is quoted for; `sign` turns it round. */
function settleQuarters(quarters: number, sign: 1 | -1): Outcome {
  const beaten = quarters * sign;
  if (beaten >= 2) return "won";
  if (beaten <= -2) return "lost";
  if (beaten === 0) return "push";
  return beaten > 0 ? "half-won" : "half-lost";
}

function settleFlag(runner: Runner, market: Market, flags: Readonly<Record<string, boolean>>): Outcome {
  const flag = flags[runner];
  invariant(flag !== undefined, `${market} has no runner ${runner}`);
  return flag ? "won" : "lost";
}

/** "2-1" of a correct score. */
function settleScore(runner: Runner, market: Market, homeGoals: number, awayGoals: number): Outcome {
  invariant(market === "CORRECT_SCORE" && /^\d+-\d+$/.test(runner), `${market} has no runner ${runner}`);
  return runner === `${homeGoals}-${awayGoals}` ? "won" : "lost";
}

function home(runner: Runner, market: Market): 1 | -1 {
  invariant(runner === "HOME" || runner === "AWAY", `${market} has no runner ${runner}`);
  return runner === "HOME" ? 1 : -1;
}

function over(runner: Runner, market: Market): 1 | -1 {
  invariant(runner === "OVER" || runner === "UNDER", `${market} has no runner ${runner}`);
  return runner === "OVER" ? 1 : -1;
}

/** What a bet wins (+) or loses (-) before commission; a lay is the exact mirror of the back at the same price. */
export function grossProfitMinor(side: Side, stakeMinor: Minor, price: number, outcome: Outcome): Minor {
  const backer = backerProfitMinor(stakeMinor, price, outcome);
  return side === "BACK" || backer === 0 ? backer : -backer;
}

function backerProfitMinor(stakeMinor: Minor, price: number, outcome: Outcome): Minor {
  switch (outcome) {
    case "won":
      return liabilityMinor(stakeMinor, price);
    case "half-won":
      return roundHalfEven((stakeMinor * (price - 1)) / 2);
    case "half-lost":
      return -roundHalfEven(stakeMinor / 2);
    case "lost":
      return -stakeMinor;
    default:
      return 0;
  }
}

/** The same outcome for the layer. */
export function layerOutcome(outcome: Outcome): Outcome {
  const mirrored: Readonly<Record<Outcome, Outcome>> = {
    won: "lost",
    "half-won": "half-lost",
    push: "push",
    "half-lost": "half-won",
    lost: "won",
    void: "void",
  };
  return mirrored[outcome];
}

/** Commission on the net of all bets of one account on one market of one fixture: none on a loss. */
export function commissionDue(netMinor: Minor, commission: number): Minor {
  return netMinor > 0 ? roundHalfEven(netMinor * commission) : 0;
}

/**
 * Commission on one market of one fixture: a share of the net winnings of all its bets, none on a net loss.
 *
 * Returns  a share for each bet, in the order given: winners carry it by their winnings, pence left over go to the
 *          largest remainders, so that the shares add up exactly.
 */
export function commissionShares(grossMinor: readonly Minor[], commission: number): Minor[] {
  const due = commissionDue(
    grossMinor.reduce((sum, gross) => sum + gross, 0),
    commission,
  );
  const won = grossMinor.reduce((sum, gross) => sum + Math.max(0, gross), 0);
  const exact = grossMinor.map((gross) => (won > 0 ? (due * Math.max(0, gross)) / won : 0));
  const shares = exact.map(Math.floor);
  const left = due - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
