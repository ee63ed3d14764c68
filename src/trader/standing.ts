import type { Instant } from "../core/clock.js";
import { dayOfInstant } from "../core/day.js";
import type { Minor } from "../domain/money.js";
import type { BetBook } from "./bet-book.js";
import { isOpen } from "./bet-state.js";
import { openRiskMinor } from "./exposure.js";

/** A ledger at a glance. Profits are after commission. */
export interface Standing {
  readonly lastRunAt: Instant | null;
  readonly open: number;
  readonly riskMinor: Minor;
  readonly unknown: number;
  /** Of bets that were settled on this UTC day. */
  readonly todayMinor: Minor;
  readonly profitMinor: Minor;
  /** Most that the profit has been below its best, in order of settlement. */
  readonly drawdownMinor: Minor;
  /** When the match of the oldest bet began that stands and is not settled; null without one. */
  readonly oldestOpenStart: Instant | null;
  readonly entries: number;
}

export function standingOf(book: BetBook, now: Instant): Standing {
  const bets = [...book.bets()];
  const today = dayOfInstant(now);
  const settled = bets
    .flatMap(({ state }) =>
      state.settled === null
        ? []
        : [{ at: state.settled.settledAt, net: state.settled.profitMinor - (state.commissionMinor ?? 0) }],
    )
    .sort((a, b) => a.at - b.at);
  const open = bets.filter(({ state }) => isOpen(state));
  const starts = open.filter(({ state }) => state.order !== null).map(({ intent }) => intent.startsAt);
  return {
    lastRunAt: book.ledger.latest(["run"])?.at ?? null,
    open: open.length,
    riskMinor: bets.reduce((sum, { intent, state }) => sum + openRiskMinor(intent, state), 0),
    unknown: bets.filter(({ state }) => state.stage === "UNKNOWN" || state.stage === "ABSENT").length,
    todayMinor: settled.filter(({ at }) => dayOfInstant(at) === today).reduce((sum, { net }) => sum + net, 0),
    profitMinor: settled.reduce((sum, { net }) => sum + net, 0),
    drawdownMinor: drawdown(settled.map(({ net }) => net)),
    oldestOpenStart: starts.length === 0 ? null : Math.min(...starts),
    entries: book.ledger.head().seq,
  };
}

function drawdown(profits: readonly Minor[]): Minor {
  let [sum, best, worst] = [0, 0, 0];
  for (const profit of profits) {
    sum += profit;
    best = Math.max(best, sum);
    worst = Math.max(worst, best - sum);
  }
  return worst;
}
