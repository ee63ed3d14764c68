import type { LedgerMode } from "../../warehouse/ledger/port.js";

export const RULE_KINDS = [
  "stale-odds",
  "missed-run",
  "quarantine",
  "drawdown",
  "exposure",
  "unsettled",
  "unknown",
] as const;

export type RuleKind = (typeof RULE_KINDS)[number];

export const SEVERITIES = ["warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that must not be. `above`: hours for stale-odds, missed-run and unsettled, else a count or an amount. */
export interface AlertRule {
  readonly kind: RuleKind;
  readonly mode: LedgerMode;
  readonly above: number;
  readonly severity: Severity;
}

export interface AlertPlan {
  readonly rules: readonly AlertRule[];
  /** Program and arguments; the alert comes as JSON on its standard input. Null = none. */
  readonly command: readonly string[] | null;
  /** Where the alert is posted as JSON. Null = nowhere. */
  readonly webhook: string | null;
  /** A standing alert is told again after so many hours. */
  readonly repeatHours: number;
}

/** What names an alert: the same rule is the same alert as long as it stands. */
export function ruleName({ kind, mode }: AlertRule): string {
  return kind === "stale-odds" || kind === "quarantine" ? kind : `${kind} ${mode}`;
}
