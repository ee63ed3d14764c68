import type { Side } from "../domain/price.js";
import { kellyExclusive } from "../models/kelly-exclusive.js";
import { kellySimultaneous } from "../models/kelly-simultaneous.js";
import { kellyRisk, terms } from "./edge.js";
import type { Together } from "./strategy.js";
import { layerShares, type OutcomeShares } from "./view.js";

/** A bet that is to be staked together with others. */
export interface KellyWish {
  /** Same for runners of one market at one line of one fixture: at most one of them wins. */
  readonly group: string;
  readonly side: Side;
  readonly price: number;
  readonly shares: OutcomeShares;
  readonly commission: number;
}

/** As many as the exact solution takes: 2^10 outcomes. */
const MOST_EXACT = 10;

/**
 * Full Kelly of several bets, each as the share of the bank at risk.
 *
 * single   each bet by itself
 * market   backs of one market that win outright or lose: closed form of Smoczynski & Tomkins; all others by themselves
 * day      so within each market, and the markets taken as independent: the ten largest lone bets are solved for
 *          exactly (Thorp, 2006), everything else is scaled by what that did to their sum
 * With `market` and `day` a total above the bank is scaled down to it.
 */
export function jointRisks(bets: readonly KellyWish[], together: Together): number[] {
  const risks = bets.map(loneRisk);
  if (together === "single") return risks;
  const groups = byGroup(bets);
  for (const indices of groups.values()) stakeMarket(bets, indices, risks);
  if (together === "day") {
    const lone = [...groups.values()].flatMap((indices) => (indices.length === 1 ? indices : []));
    stakeDay(bets, lone, risks);
  }
  return withinBank(risks);
}

function byGroup(bets: readonly KellyWish[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, { group }] of bets.entries()) {
    const members = groups.get(group) ?? [];
    if (members.length === 0) groups.set(group, members);
    members.push(index);
  }
  return groups;
}

function loneRisk({ side, price, shares, commission }: KellyWish): number {
  const { netWin, netLoss } = terms(side, price, commission);
  return kellyRisk(side === "BACK" ? shares : layerShares(shares), netWin / netLoss);
}

function stakeMarket(bets: readonly KellyWish[], indices: readonly number[], risks: number[]): void {
  const backs = indices.filter((index) => bets[index].side === "BACK" && isPlain(bets[index].shares));
  if (backs.length < 2) return;
  const stakes = kellyExclusive(backs.map((index) => plainBet(bets[index])));
  if (stakes.kind === "invalid") return;
  for (const [place, index] of backs.entries()) risks[index] = stakes.stakes[place];
}

function stakeDay(bets: readonly KellyWish[], lone: readonly number[], risks: number[]): void {
  const exact = lone
    .filter((index) => isPlain(bets[index].shares) && risks[index] > 0)
    .sort((a, b) => risks[b] - risks[a] || a - b)
    .slice(0, MOST_EXACT);
  if (exact.length < 2) return;
  const stakes = kellySimultaneous(exact.map((index) => plainBet(bets[index])));
  if (stakes.kind === "invalid") return;
  const ratio = sum(stakes.stakes) / sum(exact.map((index) => risks[index]));
  for (const index of risks.keys()) risks[index] *= Math.min(1, ratio);
  for (const [place, index] of exact.entries()) risks[index] = stakes.stakes[place];
}

function isPlain({ halfWin, push, halfLoss }: OutcomeShares): boolean {
  return halfWin === 0 && push === 0 && halfLoss === 0;
}

/** The bet as a back of one unit at risk, its price net of commission. */
function plainBet({ side, price, shares, commission }: KellyWish): { price: number; probability: number } {
  const { netWin, netLoss } = terms(side, price, commission);
  const mine = side === "BACK" ? shares : layerShares(shares);
  return { price: 1 + netWin / netLoss, probability: Math.min(1, mine.win) };
}

function withinBank(risks: readonly number[]): number[] {
  const total = sum(risks);
  return total > 1 ? risks.map((risk) => risk / total) : [...risks];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
