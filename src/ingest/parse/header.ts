import { collapseSpace } from "../../core/text.js";
import { type Cells, createCells, splitCells } from "./cells.js";
import { type Lines, lineText } from "./lines.js";
import type { WarningRule } from "./rule.js";

/** What the compiler of a header has to tell a person. `column` is a header name. */
export interface HeaderNote {
  readonly rule: WarningRule;
  readonly column: string;
  readonly text: string;
}

/** The header of a file: where it stands and where each column is. Columns are found by name, never by position. */
export interface Header {
  /** Index of its line, from 0. */
  readonly index: number;
  /** Names as the file writes them. */
  readonly written: readonly string[];
  /** Names in order, up to the last that is not empty; "" where a column has none. */
  readonly names: readonly string[];
  /** Columns that can be read, by name. A name that stands twice and cannot be resolved is not among them. */
  readonly positions: ReadonlyMap<string, number>;
  /** Names that stand more than once, and are not read. */
  readonly repeated: ReadonlySet<string>;
  readonly notes: readonly HeaderNote[];
}

/** Teams by the names that different files give them; 0001/G1 heads them HT and AT, elsewhere unused. */
const TEAM_COLUMNS = [
  ["HomeTeam", "AwayTeam"],
  ["Home", "Away"],
  ["HT", "AT"],
] as const;

/** Names of the two team columns in a list of names; null when it has neither pair. */
export function teamColumns(names: readonly string[]): readonly [home: string, away: string] | null {
  return TEAM_COLUMNS.find(([home, away]) => names.includes(home) && names.includes(away)) ?? null;
}

/** Whether names head a table of fixtures: a date, two teams, and a division or a country with league and season. */
export function isHeader(names: readonly string[]): boolean {
  const isByCountry = ["Country", "League", "Season"].every((name) => names.includes(name));
  return names.includes("Date") && teamColumns(names) !== null && (names.includes("Div") || isByCountry);
}

/** The first header among the lines, wherever it stands; null when there is none. */
export function findHeader(lines: Lines): Header | null {
  const cells = createCells();
  for (let index = 0; index < lines.starts.length; index++) {
    if (!lineText(lines, index).includes("Date")) continue;
    splitCells(cells, lines.text, lines.starts[index], lines.ends[index]);
    const names = headerNames(cells);
    if (isHeader(names)) return createHeader(index, names);
  }
  return null;
}

/** The cells of a line as header names, trailing empty ones left out. */
export function headerNames(cells: Cells): string[] {
  const names: string[] = [];
  for (let index = 0; index < cells.count; index++) {
    const name = cells.text.slice(cells.starts[index], cells.ends[index]);
    names.push(collapseSpace(name.replace(/^ï»¿/, "")));
  }
  while (names.length > 0 && names[names.length - 1] === "") names.pop();
  return names;
}

function createHeader(index: number, written: readonly string[]): Header {
  const { names, notes } = nameTriples(written);
  const repeated = new Set(names.filter((name, at) => name !== "" && names.indexOf(name) !== at));
  const readable = names.map((name, at) => [name, at] as const).filter(([name]) => !repeated.has(name));
  return {
    index,
    written,
    names,
    positions: new Map(readable.filter(([name]) => name !== "")),
    repeated,
    notes: [...notes, ...[...repeated].map(repeatNote)],
  };
}

function repeatNote(column: string): HeaderNote {
  return { rule: "repeated-header", column, text: `${column} heads several columns: none of them is read` };
}

/**
 * 0405/D2 heads the home, draw and away prices of one book "LB,LB,LB". Three equal neighbours, and no column with one
 * of the three proper names, can only be that triple.
 */
function nameTriples(written: readonly string[]): { names: string[]; notes: HeaderNote[] } {
  const names = [...written];
  const notes: HeaderNote[] = [];
  for (let at = 0; at + 2 < names.length; at++) {
    const name = names[at];
    if (name === "" || name !== names[at + 1] || !isTriple(written, at)) continue;
    ["H", "D", "A"].forEach((outcome, step) => {
      names[at + step] = name + outcome;
    });
    const text = `${name} heads three neighbours: read as ${name}H, ${name}D and ${name}A by position`;
    notes.push({ rule: "repeated-header", column: name, text });
  }
  return { names, notes };
}

function isTriple(names: readonly string[], at: number): boolean {
  const name = names[at];
  const places = names.flatMap((other, index) => (other === name ? [index] : []));
  const isTaken = ["H", "D", "A"].some((outcome) => names.includes(name + outcome));
  return places.length === 3 && places[0] === at && places[2] === at + 2 && !isTaken;
}
