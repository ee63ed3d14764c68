import type { SideStatistics } from "../../domain/fixture.js";
import { type Header, type HeaderNote, teamColumns } from "./header.js";
import { compileOdds, type OddsLayout } from "./price-group.js";

/** A named column; index -1 when the file has none. */
export interface Column {
  readonly index: number;
  readonly label: string;
}

export interface ScoreColumns {
  readonly homeGoals: Column;
  readonly awayGoals: Column;
  readonly result: Column;
  readonly halfTimeHome: Column;
  readonly halfTimeAway: Column;
}

export interface StatisticColumn extends Column {
  readonly name: keyof SideStatistics;
}

/** Where everything is that a row can say: compiled once a file, so that rows are read without looking up a name. */
export interface Layout {
  readonly header: Header;
  /** `country`: the extra-leagues files, with a season and a competition in every row. */
  readonly keyedBy: "division" | "country";
  readonly division: Column;
  readonly country: Column;
  readonly competition: Column;
  readonly season: Column;
  readonly day: Column;
  readonly time: Column;
  readonly home: Column;
  readonly away: Column;
  readonly score: ScoreColumns;
  readonly homeStatistics: readonly StatisticColumn[];
  readonly awayStatistics: readonly StatisticColumn[];
  readonly hasStatistics: boolean;
  readonly attendance: Column;
  readonly referee: Column;
  readonly provenance: Column;
  readonly odds: OddsLayout;
  /** Columns without a name between named ones. */
  readonly unnamed: readonly number[];
  readonly notes: readonly HeaderNote[];
}

/** Labels of the statistics: H or A stands for the underscore. */
const STATISTICS: readonly (readonly [keyof SideStatistics, string])[] = [
  ["shots", "_S"],
  ["shotsOnTarget", "_ST"],
  ["fouls", "_F"],
  ["corners", "_C"],
  ["yellowCards", "_Y"],
  ["redCards", "_R"],
  ["offsides", "_O"],
  ["woodwork", "_HW"],
  ["bookingPoints", "_BP"],
];

/** Columns that say nothing a warehouse needs: the half-time letter, and how many books Betbrain looked at. */
const NEEDLESS: ReadonlySet<string> = new Set(["HTR", "Bb1X2", "BbOU", "BbAH"]);

export function compileLayout(header: Header): Layout {
  const [homeLabel, awayLabel] = teamColumns(header.names) ?? ["HomeTeam", "AwayTeam"];
  const column = (...labels: string[]): Column => findColumn(header, labels);
  const keyedBy = header.names.includes("Div") ? "division" : "country";
  const odds = compileOdds(header.positions, keyedBy === "country");
  const named = {
    division: column("Div"),
    country: column("Country"),
    competition: column("League"),
    season: column("Season"),
    day: column("Date"),
    time: column("Time"),
    home: column(homeLabel),
    away: column(awayLabel),
    attendance: column("Attendance"),
    referee: column("Referee"),
    provenance: column("Provenance"),
  };
  const score = scoreColumns(column);
  const homeStatistics = statisticColumns("H", header);
  const awayStatistics = statisticColumns("A", header);
  const read = [...Object.values(named), ...Object.values(score), ...homeStatistics, ...awayStatistics];
  return {
    header,
    keyedBy,
    ...named,
    score,
    homeStatistics,
    awayStatistics,
    hasStatistics: homeStatistics.length + awayStatistics.length > 0,
    odds,
    unnamed: header.names.flatMap((name, index) => (name === "" ? [index] : [])),
    notes: [...header.notes, ...odds.notes, ...unknownColumns(header, read, odds)],
  };
}

function findColumn({ positions }: Header, labels: readonly string[]): Column {
  const label = labels.find((name) => positions.has(name)) ?? labels[0];
  return { index: positions.get(label) ?? -1, label };
}

function scoreColumns(column: (...labels: string[]) => Column): ScoreColumns {
  return {
    homeGoals: column("FTHG", "HG"),
    awayGoals: column("FTAG", "AG"),
    result: column("FTR", "Res"),
    halfTimeHome: column("HTHG"),
    halfTimeAway: column("HTAG"),
  };
}

function statisticColumns(side: "H" | "A", { positions }: Header): StatisticColumn[] {
  return STATISTICS.flatMap(([name, pattern]) => {
    const label = pattern.replace("_", side);
    const index = positions.get(label);
    return index === undefined ? [] : [{ name, label, index }];
  });
}

function unknownColumns(header: Header, read: readonly Column[], odds: OddsLayout): HeaderNote[] {
  const known = new Set(read.map(({ label }) => label));
  return [...header.positions.keys()]
    .filter((name) => !known.has(name) && !odds.labels.has(name) && !NEEDLESS.has(name))
    .map((column) => ({
      rule: "unknown-column",
      column,
      text: `${column} is no column this reader knows: not read`,
    }));
}

/** Name of a column without which no row says which fixture it is, and which stands twice; null when all is well. */
export function ambiguousColumn({ repeated }: Header): string | null {
  const names = ["Div", "Country", "League", "Season", "Date", "HomeTeam", "AwayTeam", "Home", "Away"];
  return names.find((name) => repeated.has(name)) ?? null;
}
