import type { Instant } from "../../core/clock.js";
import type { LedgerMode } from "../../warehouse/ledger/port.js";
import type { Standing } from "../standing.js";
import { type AlertRule, ruleName, type Severity } from "./rule.js";

/** What the rules are held against. A mode without a ledger has no standing. */
export interface Situation {
  readonly now: Instant;
  /** When the last file of prices or results was taken in; null without any. */
  readonly lastPriceAt: Instant | null;
  readonly quarantined: number;
  readonly standings: ReadonlyMap<LedgerMode, Standing>;
}

/** A rule that is broken now. */
export interface Alert {
  readonly name: string;
  readonly severity: Severity;
  readonly value: number;
  readonly above: number;
  readonly text: string;
}

const HOUR_MS = 3_600_000;

/** The rules that are broken, in the order of the file. Pure. */
export function alertsIn(rules: readonly AlertRule[], situation: Situation): Alert[] {
  return rules.flatMap((rule) => {
    const measured = measure(rule, situation);
    if (measured === null || measured.value <= rule.above) return [];
    const { kind: _kind, mode: _mode, above, severity } = rule;
    return [{ name: ruleName(rule), severity, value: measured.value, above, text: measured.text }];
  });
}

interface Measured {
  readonly value: number;
  readonly text: string;
}

function measure(rule: AlertRule, { now, lastPriceAt, quarantined, standings }: Situation): Measured | null {
  const standing = standings.get(rule.mode);
  switch (rule.kind) {
    case "stale-odds":
      return hours("the last data was taken in", lastPriceAt, now);
    case "quarantine":
      return { value: quarantined, text: `${quarantined} rows are in quarantine` };
    case "missed-run":
      return hours(`the last run on ${rule.mode} was`, standing?.lastRunAt ?? null, now);
    case "unsettled":
      return standing?.oldestOpenStart === null || !standing
        ? null
        : hours(`a bet on ${rule.mode} is unsettled, its match began`, standing.oldestOpenStart, now);
    case "drawdown":
      return standing ? amount(`the profit on ${rule.mode} has fallen by`, standing.drawdownMinor) : null;
    case "exposure":
      return standing ? amount(`open bets on ${rule.mode} can lose`, standing.riskMinor) : null;
    case "unknown":
      return standing
        ? { value: standing.unknown, text: `${standing.unknown} bets on ${rule.mode} are unknown` }
        : null;
  }
}

/** Never is longer ago than any rule allows. */
function hours(what: string, at: Instant | null, now: Instant): Measured {
  if (at === null) return { value: Number.MAX_VALUE, text: `${what} never` };
  const value = Math.round((10 * (now - at)) / HOUR_MS) / 10;
  return { value, text: `${what} ${value} h ago` };
}

function amount(what: string, minor: number): Measured {
  return { value: minor / 100, text: `${what} ${(minor / 100).toFixed(2)}` };
}
