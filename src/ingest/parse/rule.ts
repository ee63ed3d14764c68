/**
 * Every rule by which the football-data.co.uk reader sets something aside or speaks up. `docs/data-quirks.md` explains
 * them to a user; a test keeps that page complete.
 *
 * `file`     nothing in the file can be used.
 * `row`      the row gives no record.
 * `cell`     the row is kept without this cell, or without the group of cells that make no sense without it.
 * `warning`  nothing is lost, but a person should know.
 */
export const RULES = {
  "empty-file": "file",
  "binary-file": "file",
  "html-page": "file",
  "wrong-separator": "file",
  "no-header": "file",
  "repeated-column": "file",
  "no-rows": "file",

  "nul-byte": "row",
  "two-headers": "row",
  "foreign-row": "row",
  "date-missing": "row",
  "date-not-a-date": "row",
  "date-outside-season": "row",
  "division-missing": "row",
  "division-not-a-code": "row",
  "season-not-a-season": "row",
  "team-missing": "row",
  "team-not-a-name": "row",
  "team-against-itself": "row",
  "header-drift": "row",
  "duplicate-row": "row",

  "time-not-a-time": "cell",
  "score-not-a-count": "cell",
  "score-incomplete": "cell",
  "half-time-above-full-time": "cell",
  "statistic-not-a-count": "cell",
  "referee-not-a-name": "cell",
  "price-zero": "cell",
  "price-not-numeric": "cell",
  "price-not-above-one": "cell",
  "price-above-1001": "cell",
  "book-sum": "cell",
  "handicap-missing": "cell",
  "handicap-not-a-line": "cell",
  "handicap-off-grid": "cell",
  "handicap-beyond-five": "cell",
  "handicap-swapped": "cell",

  "result-contradicts-score": "warning",
  "half-time-incomplete": "warning",
  "on-target-above-shots": "warning",
  "thin-exchange-book": "warning",
  "cells-beyond-header": "warning",
  "unnamed-column": "warning",
  "unknown-column": "warning",
  "repeated-header": "warning",
  "repeated-row": "warning",
  "handicap-without-line": "warning",
  "unknown-book": "warning",
  "unknown-division": "warning",
  "foreign-competition": "warning",
  "stray-quote": "warning",
  "warnings-cut": "warning",
} as const satisfies Record<string, "file" | "row" | "cell" | "warning">;

type Rules = typeof RULES;
type RuleOf<Scope> = { [Name in keyof Rules]: Rules[Name] extends Scope ? Name : never }[keyof Rules];

export type FileRule = RuleOf<"file">;
export type RowRule = RuleOf<"row">;
export type CellRule = RuleOf<"cell">;
export type WarningRule = RuleOf<"warning">;
