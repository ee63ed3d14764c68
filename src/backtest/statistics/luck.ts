import type { Rng } from "../../core/rng.js";
import type { Minor } from "../../domain/money.js";
import { terms } from "../../strategy/edge.js";
import type { Bet } from "../bet.js";

const DRAWS = 2000;

/**
 * One-sided p-value: how often a bettor without any edge would have made at least `profitMinor` with these bets.
 *
 * Each bet is drawn anew at fair odds: it wins with the probability at which its price, after commission, has no
 * expectation. Bets on one market of one fixture share a draw, so that two runners never both win; different markets
 * are drawn apart, bets on lines that push or split win or lose outright, and commission is taken bet by bet. 2,000
 * draws; the answer is (1 + at least as good) / (1 + draws), so never 0. Null without bets.
 * Source   Davison & Hinkley, Bootstrap Methods and their Application, 1997, section 4.2 (Monte Carlo tests).
 */
export function luckPValue(
  bets: readonly Bet[],
  commission: number,
  profitMinor: Minor,
  rng: Rng,
): number | null {
  if (bets.length === 0) return null;
  const table = fairTable(bets, commission);
  let atLeast = 0;
  for (let draw = 0; draw < DRAWS; draw++) if (drawProfit(table, rng) >= profitMinor - 1e-6) atLeast++;
  return (1 + atLeast) / (1 + DRAWS);
}

/** Bets as intervals of one uniform draw a market: [from, to) wins. */
interface FairTable {
  readonly group: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly win: Float64Array;
  readonly loss: Float64Array;
}

function fairTable(bets: readonly Bet[], commission: number): FairTable {
  const ordered = byGroup(bets);
  const n = ordered.length;
  const table = {
    group: new Int32Array(n),
    from: new Float64Array(n),
    to: new Float64Array(n),
    win: new Float64Array(n),
    loss: new Float64Array(n),
  };
  for (const [index, bet] of ordered.entries()) {
    const follows = index > 0 && groupOf(ordered[index - 1]) === groupOf(bet);
    const { netWin, netLoss } = terms(bet.side, bet.price, commission);
    const chance = netLoss / (netWin + netLoss);
    table.group[index] = follows ? table.group[index - 1] : index;
    table.from[index] = follows ? table.to[index - 1] : 0;
    table.to[index] = table.from[index] + chance;
    table.win[index] = netWin * bet.stakeMinor;
    table.loss[index] = netLoss * bet.stakeMinor;
  }
  return table;
}

function groupOf({ fixtureId, market, line, side }: Bet): string {
  return `${fixtureId} ${market} ${line} ${side}`;
}

/** Bets of one market side by side, markets in the order of their first bet. */
function byGroup(bets: readonly Bet[]): Bet[] {
  const groups = new Map<string, Bet[]>();
  for (const bet of bets) {
    const group = groups.get(groupOf(bet));
    if (group) group.push(bet);
    else groups.set(groupOf(bet), [bet]);
  }
  return [...groups.values()].flat();
}

function drawProfit({ group, from, to, win, loss }: FairTable, rng: Rng): number {
  let profit = 0;
  let uniform = 0;
  for (let i = 0; i < group.length; i++) {
    if (group[i] === i) uniform = rng();
    // Runners of a book without margin fill [0, 1) exactly; with one below it they run over and wrap round.
    const inside = (uniform >= from[i] && uniform < to[i]) || uniform + 1 < to[i];
    profit += inside ? win[i] : -loss[i];
  }
  return profit;
}
