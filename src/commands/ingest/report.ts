import type { App } from "../../app.js";
import { EXIT, StatisticoError } from "../../core/errors.js";
import type { Season } from "../../domain/season.js";
import type { IngestReport } from "../../ingest/ingest.js";
import { type Column, present } from "../../report/present.js";

const COLUMNS: readonly Column[] = [
  { key: "path", title: "file", keepsEnd: true },
  { key: "rows", title: "rows", align: "right" },
  { key: "new", title: "new", align: "right" },
  { key: "changed", title: "changed", align: "right" },
  { key: "same", title: "same", align: "right" },
  { key: "quarantined", title: "quarantined", align: "right" },
  { key: "quarantinedCells", title: "cells", align: "right" },
  { key: "blank", title: "blank", align: "right" },
  { key: "warningCount", title: "warnings", align: "right" },
];

/** What one source came to. `failed`: why it could not be begun at all. */
export interface SourceOutcome {
  readonly source: string;
  readonly report: IngestReport;
  readonly failed?: StatisticoError;
}

const NOTHING: IngestReport = { files: [], refused: [], skipped: 0, interrupted: false };

export function failedOutcome(source: string, failed: StatisticoError): SourceOutcome {
  return { source, report: NOTHING, failed };
}

type Count = "rows" | "new" | "changed" | "same" | "quarantined" | "blank" | "quarantinedCells" | "prices";

function totalsOf({ files, refused, skipped }: IngestReport) {
  const sum = (key: Count): number => files.reduce((total, file) => total + file[key], 0);
  return {
    files: files.length,
    rows: sum("rows"),
    new: sum("new"),
    changed: sum("changed"),
    same: sum("same"),
    quarantined: sum("quarantined"),
    blank: sum("blank"),
    quarantinedCells: sum("quarantinedCells"),
    prices: sum("prices"),
    warnings: files.reduce((total, { warnings }) => total + warnings.length, 0),
    refused: refused.length,
    skipped,
  };
}

function rowsOf(source: string, { files }: IngestReport) {
  return files.map(({ leagues, seasons, ...file }) => ({
    ...file,
    source,
    league: one(leagues),
    season: one(seasons),
    leagues,
    seasons,
    warningCount: file.warnings.length,
  }));
}

/** Show what one source, or several, came to: the files, then what was revised and refused, then the last line. */
export function showOutcomes(app: App, outcomes: readonly SourceOutcome[]): void {
  const whole = wholeOf(outcomes);
  const rows = outcomes.flatMap(({ source, report }) => rowsOf(source, report));
  present(app, {
    schema: "statistico/ingest@1",
    document: {
      source: outcomes.length === 1 ? outcomes[0].source : null,
      files: rows,
      totals: totalsOf(whole),
      refused: whole.refused.map(({ path, error }) => ({ path, error: error.message, hint: error.hint })),
      sources: outcomes.map(({ source, report, failed }) => ({
        source,
        ...totalsOf(report),
        failed: failed?.message ?? null,
      })),
    },
    columns: rows.length > 0 ? COLUMNS : [],
    rows,
  });
  for (const file of whole.files) tellRevisions(app, file);
  if (outcomes.length > 1) for (const outcome of outcomes) tellSource(app, outcome);
  if (whole.files.length === 0) return;
  for (const { error } of whole.refused) app.console.warn(`refused: ${error.message}`);
  tellTotals(app, whole);
}

function tellTotals(app: App, whole: IngestReport): void {
  const { rows, blank, new: fresh, changed, same, quarantined, quarantinedCells } = totalsOf(whole);
  app.console.say(
    `${rows - blank} fixtures in ${count(whole.files.length, "file")}: ${fresh} new, ${changed} changed, ${same} same, ${quarantined} quarantined`,
  );
  if (quarantinedCells + quarantined > 0) app.console.say("  see: statistico quarantine list");
}

function tellSource(app: App, { source, report, failed }: SourceOutcome): void {
  if (failed) {
    app.console.warn(`${source}: ${failed.message}`);
    return;
  }
  const { files, rows, blank, new: fresh, changed, quarantined, prices, refused } = totalsOf(report);
  app.console.say(
    `${source}: ${count(files, "file")}, ${rows - blank} rows, ${fresh} new, ${changed} changed, ${quarantined} quarantined, ${prices} prices, ${refused} refused`,
  );
}

/** Several sources' reports as one. */
export function wholeOf(outcomes: readonly SourceOutcome[]): IngestReport {
  return {
    files: outcomes.flatMap(({ report }) => report.files),
    refused: outcomes.flatMap(({ report }) => report.refused),
    skipped: outcomes.reduce((sum, { report }) => sum + report.skipped, 0),
    interrupted: outcomes.some(({ report }) => report.interrupted),
  };
}

/** The exit code, or the first problem when there is nothing but problems. */
export function conclude(
  outcomes: readonly SourceOutcome[],
  asked: { readonly league?: readonly string[] | undefined; readonly season?: readonly Season[] | undefined },
): void {
  const { files, refused, skipped } = wholeOf(outcomes);
  const problems = [...outcomes.flatMap(({ failed }) => failed ?? []), ...refused.map(({ error }) => error)];
  const [first] = problems;
  if (first && files.length === 0) throw problems.find(({ kind }) => kind === "authentication") ?? first;
  if (first)
    process.exitCode = problems.some(({ kind }) => kind === "authentication")
      ? EXIT.authentication
      : EXIT.data;
  if (files.length > 0 || first) return;
  if (outcomes.every(({ source }) => source !== "football-data") && skipped === 0) return;
  throw new StatisticoError(
    "data",
    `no row of ${wanted(asked.league, asked.season)} in ${count(skipped, "file")}`,
    "statistico ingest football-data --help",
  );
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function tellRevisions(app: App, { path, revisions }: IngestReport["files"][number]): void {
  for (const { line, home, away, before, after } of revisions)
    app.console.say(`revised: ${home} - ${away} ${before}, now ${after} (${path}:${line})`);
}

/** The only one of a list, or null: cli contract gives a file one league and one season where it has one. */
function one<T>(list: readonly T[]): T | null {
  return list.length === 1 ? list[0] : null;
}

function wanted(league: readonly string[] = [], season: readonly Season[] = []): string {
  const seasons = season.length > 0 ? `season ${season.join(", ")}` : "";
  return [league.join(", "), seasons].filter(Boolean).join(" in ");
}
