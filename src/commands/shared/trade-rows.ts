import { formatInstant } from "../../core/day.js";
import { toDecimal } from "../../domain/money.js";
import type { Column, Row } from "../../report/present.js";
import type { Bet, BetIntent } from "../../trader/bet.js";
import type { Cycle } from "../../trader/cycle.js";
import type { RunNote } from "../../trader/run.js";
import type { LedgerMode } from "../../warehouse/ledger/port.js";

export const OFFER_COLUMNS: readonly Column[] = [
  { key: "strategy", title: "strategy" },
  { key: "fixture", title: "fixture" },
  { key: "market", title: "market" },
  { key: "runner", title: "runner" },
  { key: "side", title: "side" },
  { key: "price", title: "price", align: "right" },
  { key: "stake", title: "stake", align: "right" },
  { key: "edge", title: "edge", align: "right" },
  { key: "state", title: "state" },
  { key: "reason", title: "reason" },
];

/** A wish, or a bet, as a row: plain fields. */
export function intentRow(intent: BetIntent): Row {
  return {
    strategy: intent.strategy,
    fixture: intent.fixture,
    market: intent.market,
    runner: intent.runner,
    line: intent.line / 4,
    side: intent.side,
    price: intent.price,
    stake: toDecimal(intent.sizeMinor).toFixed(2),
    edge: `${(100 * intent.why.edge).toFixed(2)}%`,
    marketId: intent.marketId,
    startsAt: formatInstant(intent.startsAt),
    key: intent.key,
  };
}

export function betRow({ intent, state }: Bet): Row {
  const order = state.order;
  return {
    ...intentRow(intent),
    state: state.stage,
    reason: state.code ?? "",
    betId: order?.betId ?? "",
    matched: order ? toDecimal(order.matchedMinor).toFixed(2) : "",
    averagePrice: order?.averagePrice ?? null,
    profit: state.settled ? toDecimal(state.settled.profitMinor).toFixed(2) : "",
    commission: state.commissionMinor === null ? "" : toDecimal(state.commissionMinor).toFixed(2),
  };
}

export function offerRows(cycle: Cycle | null): Row[] {
  return (cycle?.offered ?? []).map(({ proposal, outcome }) => offerRow(proposal.intent, outcome));
}

function offerRow(intent: BetIntent, outcome: Cycle["offered"][number]["outcome"]): Row {
  switch (outcome.kind) {
    case "sent":
      return betRow(outcome.bet);
    case "denied":
      return deniedRow(intent, `${outcome.verdict.control}: ${outcome.verdict.refusal}`);
    case "known":
      return { ...intentRow(intent), state: "KNOWN", reason: "bet before" };
    case "preview":
      return outcome.refusal === null
        ? { ...intentRow(intent), state: "PLANNED", reason: "" }
        : deniedRow(intent, outcome.refusal);
  }
}

function deniedRow(intent: BetIntent, reason: string): Row {
  return { ...intentRow(intent), state: "DENIED", reason };
}

export function runDocument(
  mode: LedgerMode,
  note: RunNote,
  cycle: Cycle | null,
  bets: readonly Row[],
): object {
  return {
    mode,
    ...note,
    markets: cycle?.markets ?? 0,
    unmatched: cycle?.unmatched ?? [],
    nextDue: cycle && cycle.nextDue !== null ? formatInstant(cycle.nextDue) : null,
    bets,
  };
}

/** The last line of a run: what changed, and when there will be more to decide. */
export function runLine(mode: LedgerMode, note: RunNote, dryRun: boolean, cycle: Cycle | null): string {
  const unmatched = cycle?.unmatched.length ?? 0;
  const nextDue = cycle?.nextDue ?? null;
  const { decided, intents, sent, placed, denied, unknown } = note;
  const parts = dryRun
    ? [`${decided} fixtures decided`, `${intents} bets wished for`, "nothing sent"]
    : [
        `${decided} fixtures decided`,
        `${intents} bets wished for`,
        `${sent} sent`,
        `${placed} placed`,
        `${denied} denied`,
        `${unknown} unknown`,
      ];
  if (unmatched > 0) parts.push(`${unmatched} events not matched (-v)`);
  if (nextDue !== null) parts.push(`next due ${formatInstant(nextDue)}`);
  return `${mode}: ${cycle?.markets ?? 0} markets, ${parts.join(", ")}`;
}
