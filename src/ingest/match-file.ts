import type { Day } from "../core/day.js";
import { parseIsoDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { parseNumber } from "../core/number.js";
import { collapseSpace } from "../core/text.js";

/** A match of a file that a user made: not a stored fixture. */
export interface FileMatch {
  readonly day: Day | undefined;
  readonly home: string;
  readonly away: string;
  readonly homeGoals: number;
  readonly awayGoals: number;
  readonly weight: number;
  readonly neutral: boolean;
}

const COLUMNS = "date, home, away, hg, ag and optionally w, neutral";

/**
 * Matches of a JSON list or a CSV with the columns date (2019-05-12), home, away, hg, ag and optionally w (weight)
 * and neutral (1 or true). Goals may be fractions.
 *
 * Throws StatisticoError with file, row and column for what cannot be read.
 */
export function readMatches(text: string, path: string): FileMatch[] {
  const json = /^\s*[[{]/.test(text);
  const rows = json ? jsonRows(text, path) : csvRows(text);
  if (rows.length === 0)
    throw new StatisticoError("data", `${path} holds no match`, `a file with ${COLUMNS}`);
  return rows.map(({ cells, line }) => matchOf(cells, json ? `${path} match ${line}` : `${path}:${line}`));
}

interface Row {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

function jsonRows(text: string, path: string): Row[] {
  const parsed: unknown = parseJson(text, path);
  const list = Array.isArray(parsed) ? parsed : (parsed as { matches?: unknown }).matches;
  if (!Array.isArray(list))
    throw new StatisticoError("data", `${path} must be a list of matches`, `[{"date":...,"home":...}]`);
  return list.map((item: unknown, index) => ({
    line: index + 1,
    cells: new Map(Object.entries(item ?? {}).map(([key, value]) => [key, String(value ?? "")])),
  }));
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StatisticoError(
      "data",
      `${path} is not JSON: ${(error as Error).message}`,
      `a file with ${COLUMNS}`,
    );
  }
}

function csvRows(text: string): Row[] {
  const [header = "", ...lines] = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const names = header.split(",").map((name) => collapseSpace(name).toLowerCase());
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const cells = line.split(",").map(collapseSpace);
    return [{ line: index + 2, cells: new Map(names.map((name, at) => [name, cells[at] ?? ""])) }];
  });
}

function matchOf(cells: ReadonlyMap<string, string>, place: string): FileMatch {
  return {
    day: dayCell(cells.get("date") ?? "", place),
    home: nameCell(cells.get("home"), `${place} home`),
    away: nameCell(cells.get("away"), `${place} away`),
    homeGoals: numberCell(cells.get("hg"), `${place} hg`),
    awayGoals: numberCell(cells.get("ag"), `${place} ag`),
    weight: cells.get("w") ? numberCell(cells.get("w"), `${place} w`) : 1,
    neutral: /^(1|true|yes)$/i.test(cells.get("neutral") ?? ""),
  };
}

function dayCell(text: string, place: string): Day | undefined {
  if (text === "") return undefined;
  const day = parseIsoDay(text.slice(0, 10));
  if (day === null)
    throw new StatisticoError(
      "data",
      `${place} date must be like 2019-05-12, was "${text}"`,
      `a file with ${COLUMNS}`,
    );
  return day;
}

function nameCell(text: string | undefined, place: string): string {
  const name = collapseSpace(text ?? "");
  if (name === "") throw new StatisticoError("data", `${place} is missing`, `a file with ${COLUMNS}`);
  return name;
}

/** Numbers of a program may carry an exponent: 9.3e-5 is a weight like any other. */
function numberCell(text: string | undefined, place: string): number {
  const value =
    parseNumber(text ?? "") ?? (/^\d+(\.\d+)?e-?\d{1,3}$/i.test(text ?? "") ? Number(text) : null);
  if (value === null || value < 0)
    throw new StatisticoError(
      "data",
      `${place} must be a number and not negative, was "${text ?? ""}"`,
      `a file with ${COLUMNS}`,
    );
  return value;
}
