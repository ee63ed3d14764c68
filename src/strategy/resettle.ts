import type { Instant } from "../core/clock.js";
import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { Minor } from "../domain/money.js";
import type { Side } from "../domain/price.js";
import { type Fate, settleFate } from "./fate.js";
import { commissionShares, grossProfitMinor, layerOutcome, type Outcome } from "./settlement.js";

/** A bet as far as settling it goes. */
export interface StruckBet {
  readonly market: Market;
  readonly runner: Runner;
  readonly line: QuarterLine;
  readonly side: Side;
  readonly price: number;
  readonly stakeMinor: Minor;
}

/** What was known of a match's end from an instant on. */
export interface FateRevision {
  readonly revision: number;
  readonly knownAt: Instant;
  readonly fate: Fate;
}

/** A line of the ledger: never changed, only followed by another. */
export interface SettlementEntry {
  /** Index of the bet in the list given. */
  readonly bet: number;
  readonly revision: number;
  readonly knownAt: Instant;
  /** For the one who struck the bet. */
  readonly outcome: Outcome;
  /** What the bet has made in all, after commission, as of this entry. */
  readonly profitMinor: Minor;
  /** What this entry moves. */
  readonly changeMinor: Minor;
}

/**
 * Settle all bets of one account on one market of one fixture through every revision of its result.
 *
 * The first revision settles every bet; a later one adds an entry for each bet whose outcome or profit it changes, and
 * that entry moves the difference alone. Revisions ascend. The sum of a bet's changes is its profit under the last.
 */
export function settlementEntries(
  bets: readonly StruckBet[],
  revisions: readonly FateRevision[],
  commission: number,
): SettlementEntry[] {
  const entries: SettlementEntry[] = [];
  const last: (SettlementEntry | undefined)[] = bets.map(() => undefined);
  for (const { revision, knownAt, fate } of revisions) {
    const settled = settleMarket(bets, fate, commission);
    for (const [bet, { outcome, grossMinor, commissionMinor }] of settled.entries()) {
      const profitMinor = grossMinor - commissionMinor;
      const before = last[bet];
      if (before && before.outcome === outcome && before.profitMinor === profitMinor) continue;
      const changeMinor = profitMinor - (before?.profitMinor ?? 0);
      const entry = { bet, revision, knownAt, outcome, profitMinor, changeMinor };
      last[bet] = entry;
      entries.push(entry);
    }
  }
  return entries;
}

/** A bet under one fate of its match. */
export interface Settled {
  /** For the one who struck the bet. */
  readonly outcome: Outcome;
  readonly grossMinor: Minor;
  /** Its share of the commission on the market. */
  readonly commissionMinor: Minor;
}

/** All bets of one account on one market of one fixture, as one fate of the match settles them. */
export function settleMarket(bets: readonly StruckBet[], fate: Fate, commission: number): Settled[] {
  const backers = bets.map(({ market, runner, line }) => settleFate(market, runner, line, fate));
  const gross = bets.map(({ side, stakeMinor, price }, index) =>
    grossProfitMinor(side, stakeMinor, price, backers[index]),
  );
  const shares = commissionShares(gross, commission);
  return bets.map(({ side }, index) => ({
    outcome: side === "BACK" ? backers[index] : layerOutcome(backers[index]),
    grossMinor: gross[index],
    commissionMinor: shares[index],
  }));
}
