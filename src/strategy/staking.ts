import { type Minor, roundHalfEven } from "../domain/money.js";
import type { Side } from "../domain/price.js";
import { kellyRisk, terms } from "./edge.js";
import type { Limits, Staking } from "./strategy.js";
import { layerShares, type OutcomeShares } from "./view.js";

/** What a stake is worked out from. */
export interface Proposition {
  readonly side: Side;
  readonly price: number;
  readonly shares: OutcomeShares;
  readonly commission: number;
  /** The bank that was known, settled bets only. */
  readonly bankMinor: Minor;
}

/** What a bet may lose at most, and which rule says so. */
export interface Room {
  readonly riskMinor: Minor;
  readonly rule: string;
}

export type Stake =
  | {
      readonly kind: "stake";
      readonly stakeMinor: Minor;
      readonly riskMinor: Minor;
      readonly cut: string | null;
    }
  | { readonly kind: "none"; readonly reason: string };

/**
 * Stake of a bet in minor units, rounded down, within the room that limits and bank leave.
 *
 * `stakeMinor` is the backer's stake on both sides of the market; `riskMinor` is what the bet can lose: the stake of a
 * back, the liability of a lay. `cut` names the rule that made the stake smaller.
 * `wanted` is what is asked for before any cap, the method's own answer unless given.
 */
export function stakeOf(
  staking: Staking,
  bet: Proposition,
  rooms: readonly Room[],
  wanted: number = wantedStake(staking, bet),
): Stake {
  if (!(wanted > 0)) return { kind: "none", reason: "staking asks for no stake" };
  const caps = [...stakeCaps(staking), ...rooms.map((room) => roomCap(room, bet))];
  const tightest = caps.reduce<StakeCap | null>(
    (least, cap) => (cap.stake < (least?.stake ?? wanted) ? cap : least),
    null,
  );
  const { netLoss } = terms(bet.side, bet.price, 0);
  const room = rooms.reduce((least, { riskMinor }) => Math.min(least, riskMinor), Number.POSITIVE_INFINITY);
  const stakeMinor = cappedStake(wanted, staking.maxStakeMinor ?? Number.POSITIVE_INFINITY, room, netLoss);
  if (stakeMinor < leastStake(staking))
    return { kind: "none", reason: tightest ? `no room under ${tightest.rule}` : "stake below the minimum" };
  return {
    kind: "stake",
    stakeMinor,
    riskMinor: riskMinorOf(stakeMinor, netLoss),
    cut: tightest?.rule ?? null,
  };
}

/**
 * The largest whole stake not above `wanted` and `most` whose risk is within `room`, all in minor units. `netLoss` is
 * what a unit of stake can lose: 1 for a back, price - 1 for a lay. The kernel of `stakeOf`, without its words.
 */
export function cappedStake(wanted: number, most: number, room: Minor, netLoss: number): Minor {
  let stake = floorMinor(Math.min(wanted, most, Math.max(0, room) / netLoss));
  // A lay's liability is rounded to the penny: step down while that passes the room.
  while (stake > 0 && riskMinorOf(stake, netLoss) > room) stake--;
  return stake;
}

/** What a stake can lose. */
export function riskMinorOf(stakeMinor: Minor, netLoss: number): Minor {
  return roundHalfEven(stakeMinor * netLoss);
}

/** A stake below this is none. */
export function leastStake({ minStakeMinor }: Pick<Staking, "minStakeMinor">): Minor {
  return Math.max(1, minStakeMinor);
}

interface StakeCap {
  readonly stake: number;
  readonly rule: string;
}

function stakeCaps(staking: Staking): StakeCap[] {
  return staking.maxStakeMinor === null ? [] : [{ stake: staking.maxStakeMinor, rule: "maxStake" }];
}

function roomCap(room: Room, bet: Proposition): StakeCap {
  return { stake: Math.max(0, room.riskMinor) / terms(bet.side, bet.price, 0).netLoss, rule: room.rule };
}

/** The stake that a method asks for, before any cap; not rounded. */
export function wantedStake(staking: Staking, bet: Proposition): number {
  const { netWin, netLoss } = terms(bet.side, bet.price, bet.commission);
  switch (staking.method) {
    case "flat":
      return staking.stakeMinor;
    case "percentage":
      return (bet.bankMinor * staking.percent) / 100;
    case "liability":
      return staking.liabilityMinor / netLoss;
    case "target-profit":
      return staking.profitMinor / netWin;
    case "kelly":
      return kellyStake(staking.fraction, bet, kellyOf(bet));
  }
}

/** The backer's stake that puts a fraction of `risk`, a share of the bank, at risk. */
export function kellyStake(
  fraction: number,
  { side, price, bankMinor }: Pick<Proposition, "side" | "price" | "bankMinor">,
  risk: number,
): number {
  return (fraction * bankMinor * risk) / terms(side, price, 0).netLoss;
}

/** Full Kelly, as the share of the bank at risk. */
export function kellyOf(bet: Omit<Proposition, "bankMinor">): number {
  const { netWin, netLoss } = terms(bet.side, bet.price, bet.commission);
  return kellyRisk(bet.side === "BACK" ? bet.shares : layerShares(bet.shares), netWin / netLoss);
}

/** A whole number of pence never above `stake`, but for the last bits of a product of decimals. */
function floorMinor(stake: number): Minor {
  return Math.floor(stake + 1e-9 * Math.max(1, stake));
}

/** What the limits and the bank still allow one bet to lose. */
export interface Used {
  readonly bankMinor: Minor;
  readonly openMinor: Minor;
  readonly fixtureRiskMinor: Minor;
  readonly dayRiskMinor: Minor;
}

export function roomsOf(limits: Limits, used: Used): Room[] {
  const rooms: Room[] = [{ riskMinor: used.bankMinor - used.openMinor, rule: "the bank" }];
  if (limits.perBetMinor !== null) rooms.push({ riskMinor: limits.perBetMinor, rule: "perBet" });
  if (limits.perFixtureMinor !== null)
    rooms.push({ riskMinor: limits.perFixtureMinor - used.fixtureRiskMinor, rule: "perFixture" });
  if (limits.perDayMinor !== null)
    rooms.push({ riskMinor: limits.perDayMinor - used.dayRiskMinor, rule: "perDay" });
  return rooms;
}
