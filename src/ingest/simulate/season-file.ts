import { invariant } from "../../core/assert.js";
import { dateOf } from "../../core/day.js";
import { fullTimeResult } from "../../domain/fixture.js";
import type { BookPrices, MomentPrices } from "./bookmaker.js";
import type { SimulatedMatch } from "./match.js";
import type { SimulatedCounts } from "./statistics.js";

// The columns of E0 2024/25 as football-data.co.uk writes them, by its notes, with the books that are simulated.
const FACTS = ["Div", "Date", "Time", "HomeTeam", "AwayTeam"];
const OUTCOME = ["FTHG", "FTAG", "FTR", "HTHG", "HTAG", "HTR", "Referee"];
const COUNTS = ["HS", "AS", "HST", "AST", "HF", "AF", "HC", "AC", "HY", "AY", "HR", "AR"];
const THREE_WAY_BOOKS = ["B365", "BW", "PS", "WH", "Max", "Avg", "BFE"];
const TWO_WAY_BOOKS = ["B365", "PS", "Max", "Avg", "BFE"];

type Field = keyof BookPrices;
const THREE_WAY: readonly Field[] = ["home", "draw", "away"];
const TOTALS: readonly Field[] = ["over", "under"];
const HANDICAP: readonly Field[] = ["handicapHome", "handicapAway"];

export const SEASON_COLUMNS: readonly string[] = [
  ...FACTS,
  ...OUTCOME,
  ...COUNTS,
  ...priceColumns(""),
  ...priceColumns("C"),
  "Provenance",
];

/** Which part of a match a file shows: a played one all of it, an upcoming one its early prices alone. */
export type Shown = "played" | "upcoming";

/** A file in the site's format: header and a row a match, CRLF as the site has it. */
export function seasonFile(matches: readonly SimulatedMatch[], shown: Shown, provenance: string): string {
  const rows = matches.map((match) => seasonRow(match, shown, provenance));
  return [SEASON_COLUMNS, ...rows].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function seasonRow(match: SimulatedMatch, shown: Shown, provenance: string): string[] {
  const played = shown === "played";
  const cells = [
    ...factCells(match),
    ...(played ? outcomeCells(match) : blank(OUTCOME.length)),
    ...(played ? countCells(match.counts.home, match.counts.away) : blank(COUNTS.length)),
    ...priceCells(match.early),
    ...(played ? priceCells(match.close) : blank(priceColumns("C").length)),
    provenance,
  ];
  invariant(cells.length === SEASON_COLUMNS.length, `row has ${cells.length} cells`);
  return cells;
}

function factCells(match: SimulatedMatch): string[] {
  const { year, month, dayOfMonth } = dateOf(match.day);
  const date = `${pad2(dayOfMonth)}/${pad2(month)}/${year}`;
  const time = `${pad2(Math.floor(match.minutes / 60))}:${pad2(match.minutes % 60)}`;
  return [match.division, date, time, match.home, match.away];
}

function outcomeCells(match: SimulatedMatch): string[] {
  const { homeGoals, awayGoals, halfTimeHome, halfTimeAway } = match;
  return [
    String(homeGoals),
    String(awayGoals),
    fullTimeResult(homeGoals, awayGoals),
    String(halfTimeHome),
    String(halfTimeAway),
    fullTimeResult(halfTimeHome, halfTimeAway),
    match.referee,
  ];
}

function countCells(home: SimulatedCounts, away: SimulatedCounts): string[] {
  const fields = ["shots", "onTarget", "fouls", "corners", "yellow", "red"] as const;
  return fields.flatMap((field) => [String(home[field]), String(away[field])]);
}

function priceCells({ line, books }: MomentPrices): string[] {
  const cells = (codes: readonly string[], fields: readonly Field[]) =>
    codes.flatMap((code) => fields.map((field) => priceCell(books[code], field)));
  return [
    ...cells(THREE_WAY_BOOKS, THREE_WAY),
    ...cells(TWO_WAY_BOOKS, TOTALS),
    String(line),
    ...cells(TWO_WAY_BOOKS, HANDICAP),
  ];
}

function priceCell(book: BookPrices | null, field: Field): string {
  return book === null ? "" : String(book[field]);
}

/** `mark` is "" for the early prices, "C" for the closing ones. The sharp book is P where two sides are quoted. */
function priceColumns(mark: "" | "C"): string[] {
  const twoWay = TWO_WAY_BOOKS.map((code) => (code === "PS" ? "P" : code));
  return [
    ...THREE_WAY_BOOKS.flatMap((code) => ["H", "D", "A"].map((side) => `${code}${mark}${side}`)),
    ...twoWay.flatMap((code) => [">2.5", "<2.5"].map((side) => `${code}${mark}${side}`)),
    mark === "" ? "AHh" : "AHCh",
    ...twoWay.flatMap((code) => ["AHH", "AHA"].map((side) => `${code}${mark}${side}`)),
  ];
}

function blank(count: number): string[] {
  return new Array<string>(count).fill("");
}

function pad2(value: number): string {
  return String(value).padStart(2, "0");
}
