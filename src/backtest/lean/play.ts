import type { Minor } from "../../domain/money.js";
import { commissionDue, grossProfitMinor } from "../../strategy/settlement.js";
import { cappedStake, kellyStake, leastStake, riskMinorOf } from "../../strategy/staking.js";
import type { Staking } from "../../strategy/strategy.js";
import type { LeanRules } from "./rules.js";
import { type LeanTable, OUTCOMES } from "./table.js";

/** What a strategy did on a table. Its arrays belong to the desk: they hold until the desk plays again. */
export interface LeanPlay {
  readonly bets: number;
  /** Rows of the bets in the order in which they were struck; the first `bets` entries count. */
  readonly rows: Int32Array;
  /** Stake of each row, 0 where there was no bet. */
  readonly stakeMinor: Float64Array;
  /** Profit of each sight after commission, under the last correction of its result. */
  readonly profitMinor: Float64Array;
}

/** Plays strategies on one table, one after the other, in memory of its own. */
export interface LeanDesk {
  play(rules: LeanRules): LeanPlay;
}

/**
 * A desk for a table: the very bets and money of `play` over the same sights, to the minor unit, in one scan over
 * numbers.
 */
export function leanDesk(table: LeanTable): LeanDesk {
  const { slots, sights, rows, moves } = table;
  const stakes = new Float64Array(rows.edge.length);
  const struck = new Int32Array(rows.edge.length);
  const profit = new Float64Array(sights.day.length);
  const risk = new Float64Array(sights.day.length);
  const betsOn = new Int32Array(sights.day.length);
  const settledOn = new Float64Array(table.utcDays);
  const riskOn = new Float64Array(table.utcDays);
  const net = new Float64Array(1 + rows.account.reduce((most, account) => Math.max(most, account), 0));
  const rate = new Float64Array(net.length);
  let bank = 0;
  let open = 0;
  let bets = 0;

  function settle(from: number, to: number): void {
    for (let move = from; move < to; move++) {
      const sight = moves.sight[move];
      if (betsOn[sight] === 0) continue;
      const now = profitOf(sight, moves.start[move]);
      const change = now - profit[sight];
      profit[sight] = now;
      bank += change;
      settledOn[moves.utcDay[move]] += change;
      if (moves.first[move] === 1) open -= risk[sight];
    }
  }

  /** Net of commission, which each source takes on the net of its own bets on a market. */
  function profitOf(sight: number, outcomes: number): Minor {
    const begin = sights.rows[sight];
    const end = sights.rows[sight + 1];
    let gross = 0;
    let accounts = 0;
    for (let row = begin; row < end; row++) {
      if (stakes[row] === 0) continue;
      const account = rows.account[row];
      while (accounts <= account) net[accounts++] = 0;
      const side = rows.lay[row] === 1 ? "LAY" : "BACK";
      const won = grossProfitMinor(
        side,
        stakes[row],
        rows.had[row],
        OUTCOMES[moves.outcomes[outcomes + row - begin]],
      );
      gross += won;
      net[account] += won;
      rate[account] = rows.commission[row];
    }
    let due = 0;
    for (let account = 0; account < accounts; account++)
      if (net[account] > 0) due += commissionDue(net[account], rate[account]);
    return gross - due;
  }

  function decide(slot: number, rules: LeanRules): void {
    const { limits, staking } = rules;
    const day = slots.utcDay[slot];
    if (limits.perDayLossMinor !== null && Math.max(0, -settledOn[day]) >= limits.perDayLossMinor) return;
    const most = staking.maxStakeMinor ?? Number.POSITIVE_INFINITY;
    const least = leastStake(staking);
    const perBet = limits.perBetMinor ?? Number.POSITIVE_INFINITY;
    const perFixture = limits.perFixtureMinor ?? Number.POSITIVE_INFINITY;
    let room = bank - open;
    let dayRoom = limits.perDayMinor === null ? Number.POSITIVE_INFINITY : limits.perDayMinor - riskOn[day];
    for (let sight = slots.sights[slot]; sight < slots.sights[slot + 1]; sight++) {
      if (!holds(rules.verdicts, sight)) continue;
      let fixtureRoom = perFixture;
      for (let row = sights.rows[sight]; row < sights.rows[sight + 1]; row++) {
        if (!isWanted(row, rules)) continue;
        const wanted = wantedOn(row, staking);
        if (!(wanted > 0)) continue;
        const netLoss = rows.lay[row] === 1 ? rows.price[row] - 1 : 1;
        const within = Math.min(room, perBet, fixtureRoom, dayRoom, rows.depth[row]);
        const stake = cappedStake(wanted, most, within, netLoss);
        if (stake < least) continue;
        const loss = riskMinorOf(stake, netLoss);
        room -= loss;
        fixtureRoom -= loss;
        dayRoom -= loss;
        if (rows.had[row] > 0) strike(row, sight, day, stake);
      }
    }
  }

  function strike(row: number, sight: number, day: number, stake: Minor): void {
    const loss = rows.lay[row] === 1 ? riskMinorOf(stake, rows.had[row] - 1) : stake;
    stakes[row] = stake;
    struck[bets++] = row;
    betsOn[sight]++;
    risk[sight] += loss;
    riskOn[day] += loss;
    open += loss;
  }

  function isWanted(row: number, { edge, price, second, runners }: LeanRules): boolean {
    if (!(rows.edge[row] >= edge.low && rows.edge[row] <= edge.high)) return false;
    if (!(rows.quoted[row] >= price.low && rows.quoted[row] <= price.high)) return false;
    if (runners !== null && runners[rows.runner[row]] === 0) return false;
    return second === null || (rows.second[row] >= second.low && rows.second[row] <= second.high);
  }

  /** As `wantedStake` has it. */
  function wantedOn(row: number, staking: Staking): number {
    const lay = rows.lay[row] === 1;
    const price = rows.price[row];
    switch (staking.method) {
      case "flat":
        return staking.stakeMinor;
      case "percentage":
        return (bank * staking.percent) / 100;
      case "liability":
        return staking.liabilityMinor / (lay ? price - 1 : 1);
      case "target-profit":
        return (
          staking.profitMinor / (lay ? 1 - rows.commission[row] : (price - 1) * (1 - rows.commission[row]))
        );
      case "kelly":
        return kellyStake(
          staking.fraction,
          { side: lay ? "LAY" : "BACK", price, bankMinor: bank },
          rows.kelly[row],
        );
    }
  }

  return {
    play(rules) {
      for (const column of [stakes, profit, risk, betsOn, settledOn, riskOn]) column.fill(0);
      bank = rules.bankMinor;
      open = 0;
      bets = 0;
      let known = 0;
      for (let slot = 0; slot < slots.utcDay.length; slot++) {
        settle(known, slots.moves[slot + 1]);
        known = slots.moves[slot + 1];
        decide(slot, rules);
      }
      settle(known, moves.sight.length);
      return { bets, rows: struck, stakeMinor: stakes, profitMinor: profit };
    },
  };
}

function holds(verdicts: readonly Uint8Array[], sight: number): boolean {
  for (const verdict of verdicts) if (verdict[sight] === 0) return false;
  return true;
}
