import type { MarketSummary } from "../../exchange/recorded/market-summary.js";
import { type Refusal, RULES } from "../../exchange/recorded/rule.js";
import type { ExchangeFile, ExchangeRecording, RawFile, Reject, Warning } from "../../warehouse/port.js";
import type { EntryReading, MarketReading } from "./read-entry.js";
import type { TakenEntry } from "./read-unit.js";

export const VENUE = "betfair";

/** What a file says, as the warehouse takes it. Heartbeats and other lines that say nothing count as blank. */
export function exchangeFile(entry: TakenEntry, reading: EntryReading, raw: RawFile): ExchangeFile {
  const { applied, idle, same, blank, quarantined } = reading.counts;
  const refused = reading.refused.reduce((sum, [, count]) => sum + count, 0);
  return {
    raw,
    rows: reading.lines,
    used: applied,
    repeated: same,
    quarantined,
    blank: blank + idle,
    quarantinedCells: refused - quarantined,
    rejects: rejectsOf(reading),
    warnings: warningsOf(entry, reading),
    recordings: reading.markets.map(recordingOf),
  };
}

/** Of a file that is no market file at all, one line of each rule says enough. */
function rejectsOf({ refusals, markets }: EntryReading): Reject[] {
  const seen = new Set<string>();
  const told = refusals.filter(({ rule }) => markets.length > 0 || (!seen.has(rule) && seen.add(rule)));
  return told.map(rejectOf);
}

function rejectOf({ line, rule, marketId, detail, raw, scope }: Refusal): Reject {
  const said = detail === "" || raw.startsWith(detail) ? "" : `, was ${detail}`;
  return { line, column: marketId ?? "", rule, text: `${RULES[rule]}${said}`, raw, scope };
}

function warningsOf({ damage }: TakenEntry, reading: EntryReading): Warning[] {
  const { lines, markets, unreliable, differences } = reading;
  const warnings: Warning[] = [];
  const warn = (rule: string, text: string, line = 0): void =>
    void warnings.push({ rule, line, column: "", text });
  if (damage !== null) warn("damaged", `read up to its damage: ${damage}`, lines);
  if (lines === 0) warn("empty", "empty");
  else if (markets.length === 0) warn("no-market", "no market in it");
  if (unreliable > 0)
    warn("unreliable", `${unreliable} messages while the exchange called its prices unreliable`);
  for (const { marketId, line, what } of differences)
    warn("log-differs", `${marketId} is left out: its log is not what the file says, ${what}`, line);
  for (const [rule, what, ids] of lacking(markets)) warn(rule, `${ids.length} ${what}, ${ids[0]}`);
  return warnings;
}

/** What markets lack, with the ids of those that do: hundreds of one recording lack the same. */
function lacking(markets: readonly MarketReading[]): (readonly [string, string, readonly string[]])[] {
  const idsWhere = (lacks: (summary: MarketSummary) => boolean): string[] =>
    markets.flatMap(({ summary }) => (lacks(summary) ? [summary.marketId] : []));
  const all = [
    ["no-definition", "without a definition", idsWhere(({ definition }) => definition === null)],
    [
      "no-result",
      "without a result",
      idsWhere(({ definition }) => definition !== null && definition.status !== "CLOSED"),
    ],
    [
      "no-names",
      "without names",
      idsWhere(({ definition, eventNames }) => definition !== null && eventNames.length === 0),
    ],
  ] as const;
  return all.filter(([, , ids]) => ids.length > 0);
}

function recordingOf({ digest, logBytes, summary }: MarketReading): ExchangeRecording {
  const { marketId, updates, firstAt, lastAt, definition, closing } = summary;
  return {
    venue: VENUE,
    marketId,
    digest,
    updates,
    logBytes,
    firstAt,
    lastAt,
    eventTypeId: definition?.eventTypeId ?? "",
    eventId: definition?.eventId ?? "",
    eventName: summary.eventNames.at(-1) ?? null,
    name: summary.names.at(-1) ?? null,
    marketType: definition?.marketType ?? "",
    bettingType: definition?.bettingType ?? "",
    status: definition?.status ?? "",
    kickOff: definition?.marketTime ?? null,
    inPlayAt: summary.inPlayAt,
    settledAt: definition?.settledTime ?? null,
    baseRate: definition?.baseRate ?? null,
    numberOfWinners: definition?.numberOfWinners ?? 0,
    closing: closing.kind === "closing" ? closing.basis : closing.why,
    closingAt: closing.kind === "closing" ? closing.at : null,
    runners: runnersOf(summary),
  };
}

function runnersOf({ definition, closing }: MarketSummary): ExchangeRecording["runners"] {
  const prices = closing.kind === "closing" ? closing.prices : [];
  return (definition?.runners ?? []).map(({ selectionId, handicap, name, status, startingPrice }) => {
    const last = prices.find((price) => price.selectionId === selectionId && price.handicap === handicap);
    return {
      selectionId,
      handicap,
      name,
      status,
      startingPrice,
      lastTraded: last?.lastTraded ?? null,
      bestBack: last?.bestBack ?? null,
      bestLay: last?.bestLay ?? null,
    };
  });
}
