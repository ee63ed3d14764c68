import { stripControls } from "../../core/text.js";
import type { Reject, Warning } from "../../warehouse/port.js";
import type { CellRule, RowRule, WarningRule } from "./rule.js";

/** What the reader has set aside or remarked on, and the line it is at. One per file, filled while it is read. */
export interface Findings {
  readonly rejects: Reject[];
  readonly warnings: Warning[];
  readonly text: string;
  /** Number of the line, the first being 1, and where it stands in `text`. */
  line: number;
  start: number;
  end: number;
}

export function createFindings(text: string): Findings {
  return { rejects: [], warnings: [], text, line: 0, start: 0, end: 0 };
}

const LONGEST_RAW = 2000;
const LONGEST_VALUE = 60;
const MOST_WARNINGS = 10_000;

export function rejectRow(findings: Findings, column: string, rule: RowRule, text: string): void {
  findings.rejects.push({ line: findings.line, column, rule, text, raw: rawLine(findings), scope: "row" });
}

export function rejectCell(findings: Findings, column: string, rule: CellRule, text: string): void {
  findings.rejects.push({ line: findings.line, column, rule, text, raw: rawLine(findings), scope: "cell" });
}

/** Warnings stop at 10,000 a file, with a last one that says so: nobody reads more, and memory has an end. */
export function warn(findings: Findings, column: string, rule: WarningRule, text: string): void {
  const { warnings, line } = findings;
  if (warnings.length < MOST_WARNINGS) warnings.push({ rule, line, column, text });
  else if (warnings.length === MOST_WARNINGS) {
    warnings.push({ rule: "warnings-cut", line, column: "", text: `no warnings after ${MOST_WARNINGS}` });
  }
}

function rawLine({ text, start, end }: Findings): string {
  return text.slice(start, Math.min(end, start + LONGEST_RAW));
}

/** A value as it can stand in a sentence: in quotes, safe for a terminal, cut at 60 characters. */
export function quoted(value: string): string {
  const shown = stripControls(value.slice(0, LONGEST_VALUE + 1));
  return shown.length > LONGEST_VALUE ? `"${shown.slice(0, LONGEST_VALUE)}..."` : `"${shown}"`;
}
