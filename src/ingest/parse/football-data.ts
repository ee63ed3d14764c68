import type { PriceSource } from "../../domain/price.js";
import type { FixtureRecord, LeagueDescription, Reject, Warning } from "../../warehouse/port.js";
import { decodeText } from "./decode.js";
import { findHeader } from "./header.js";
import { ambiguousColumn, compileLayout, type Layout } from "./layout.js";
import { splitLines } from "./lines.js";
import { createReader, type Reader, readRows } from "./reader.js";
import { type RefusedFile, refuse, refuseAmbiguous, refuseBinary, refuseWithoutHeader } from "./refusal.js";
import { surveyRows } from "./survey.js";

export type { RefusedFile } from "./refusal.js";

/**
 * What a file of football-data.co.uk says. rows = records + rejects of scope "row" + blank, exactly; rows are all
 * physical lines but the header and an empty one at the very end.
 */
export interface ParsedFile {
  readonly kind: "parsed";
  /** `fixtures`: several divisions, or not one result. It has no bearing on how a row is read. */
  readonly format: "season" | "extra-league" | "fixtures";
  /** Every price and score is made up by `statistico simulate`, and says so in its column Provenance. */
  readonly simulated: boolean;
  readonly leagues: readonly LeagueDescription[];
  /** Sources with at least one price. */
  readonly sources: readonly PriceSource[];
  readonly rows: number;
  readonly blank: number;
  readonly records: readonly FixtureRecord[];
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
}

/**
 * Read a file of football-data.co.uk: a season of a division, an extra league, the fixtures or the latest results.
 *
 * Pure: bytes in, records out. What cannot be used is a reject with line, column, rule and raw text (rule.ts lists
 * the rules, docs/data-quirks.md explains them); a file of which nothing can be used is refused as a whole.
 *
 * Prices  carry as observation the collection slot (early) or the kick-off (close). On handicaps, `line` is the
 *         handicap of the HOME side in quarter goals, for both runners: HOME -2 and AWAY -2 are one market.
 * Season  of a division's rows is what most of their dates say; `hints.name`, a path, only breaks a tie.
 * Rows    repeated word for word stay records (a store finds them unchanged); a second row of the same fixture that
 *         says something else is a reject.
 * Source  football-data.co.uk notes.txt.
 */
export function parseFootballData(
  bytes: Uint8Array,
  hints: { readonly name: string },
): ParsedFile | RefusedFile {
  const lines = splitLines(decodeText(bytes));
  const header = findHeader(lines);
  if (header === null) return refuseWithoutHeader(lines);
  const binary = refuseBinary(lines.text.slice(0, lines.ends[header.index]));
  if (binary) return binary;
  const layout = compileLayout(header);
  const ambiguous = ambiguousColumn(header);
  if (ambiguous !== null) return refuseAmbiguous(header, ambiguous);
  const reader = createReader(lines, layout, surveyRows(lines, layout, hints.name));
  readRows(reader);
  if (reader.blank === reader.survey.rows) {
    return refuse("no-rows", header.index + 2, 1, "a header and not one row under it");
  }
  return summarise(reader);
}

function summarise(reader: Reader): ParsedFile {
  const { records, layout, leagues, findings, survey, used } = reader;
  const met = new Set(records.map(({ league }) => league));
  const described = new Map([...leagues.byText.values()].map((league) => [league.code, league]));
  const sources = new Map([...used].map((source) => [source.code, source]));
  return {
    kind: "parsed",
    format: formatOf(layout, records, met.size),
    simulated: leagues.isSimulated,
    leagues: [...described.values()].filter(({ code }) => met.has(code)),
    sources: [...sources.values()],
    rows: survey.rows,
    blank: reader.blank,
    records,
    rejects: findings.rejects,
    warnings: findings.warnings,
  };
}

function formatOf(layout: Layout, records: readonly FixtureRecord[], leagues: number): ParsedFile["format"] {
  if (layout.keyedBy === "country") return "extra-league";
  return leagues > 1 || records.every(({ goals }) => goals === null) ? "fixtures" : "season";
}
