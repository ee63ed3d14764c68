import { renameSync, rmSync } from "node:fs";
import { StatisticoError } from "../core/errors.js";
import { writeFailure } from "../files/write-whole.js";
import { type Frame, numbersOf, type Value } from "./frame.js";
import type { Summary } from "./summary.js";

/** A column summed up by danfojs within a group, or over all rows when `key` is empty. */
export interface DanfoSummary
  extends Pick<Summary, "count" | "sum" | "mean" | "deviation" | "least" | "median" | "most"> {
  readonly key: Readonly<Record<string, Value>>;
}

/** What danfojs-node does here. It takes about two seconds to load: nothing but this asks for it. */
export interface Danfo {
  /** Rows without a value in `column` are left out first: danfojs would answer NaN. */
  summarise(frame: Frame, column: string): DanfoSummary;
  /** As `summarise`, a group each, in order of first appearance. */
  summariseGroups(frame: Frame, keys: readonly string[], column: string): DanfoSummary[];
  /** An .xlsx file, whole or not at all. Texts stay texts: no cell is ever a formula. */
  writeSpreadsheet(frame: Frame, path: string): void;
}

/** Load danfojs-node. Throws StatisticoError where it is not installed: it is an optional dependency. */
export async function loadDanfo(): Promise<Danfo> {
  const danfo = await import("danfojs-node").catch(() => null);
  if (danfo === null)
    throw new StatisticoError(
      "usage",
      "danfojs-node is not installed",
      "leave out --frames and --xlsx, or npm install danfojs-node@1.2.0 (see docs/research.md)",
    );
  const { DataFrame, Series, toExcel } = danfo;
  return {
    summarise: (frame, column) => {
      const values = numbersOf(frame, column).filter((value) => value !== null);
      if (values.length === 0) return nothing;
      const series = new Series(values);
      return {
        key: {},
        count: values.length,
        sum: series.sum(),
        mean: series.mean(),
        deviation: values.length < 2 ? null : series.std(),
        least: series.min(),
        median: series.median(),
        most: series.max(),
      };
    },
    summariseGroups: (frame, keys, column) => {
      const rows = rowsWith(frame, keys, column);
      if (rows.length === 0) return [];
      const grouped = new DataFrame(rows, { columns: [...keys, column] }).groupby(keys);
      const { columns, values } = grouped.agg({ [column]: OPERATIONS });
      return values.map((row) =>
        groupSummary(keys, column, new Map(columns.map((name, i) => [name, row[i]]))),
      );
    },
    writeSpreadsheet: (frame, path) => {
      const rows = frame.rows.map((row) => frame.columns.map((column) => row[column] ?? null));
      const neighbour = `${path}.${process.pid}.part.xlsx`;
      try {
        toExcel(new DataFrame(rows, { columns: frame.columns }), {
          filePath: neighbour,
          sheetName: "statistico",
        });
        renameSync(neighbour, path);
      } catch (error) {
        rmSync(neighbour, { force: true });
        throw writeFailure(path, error);
      }
    },
  };
}

const OPERATIONS = ["count", "sum", "mean", "std", "min", "max"];

const nothing: DanfoSummary = {
  key: {},
  count: 0,
  sum: 0,
  mean: null,
  deviation: null,
  least: null,
  median: null,
  most: null,
};

function rowsWith(frame: Frame, keys: readonly string[], column: string): Value[][] {
  const numbers = numbersOf(frame, column);
  return frame.rows.flatMap((row, i) =>
    numbers[i] === null ? [] : [[...keys.map((key) => row[key] ?? null), numbers[i]]],
  );
}

function groupSummary(
  keys: readonly string[],
  column: string,
  cells: ReadonlyMap<string, Value>,
): DanfoSummary {
  const number = (name: string): number => Number(cells.get(`${column}_${name}`));
  return {
    key: Object.fromEntries(keys.map((key) => [key, cells.get(key) ?? null])),
    count: number("count"),
    sum: number("sum"),
    mean: number("mean"),
    // Of one value danfojs says 0: there is no spread to speak of.
    deviation: number("count") < 2 ? null : number("std"),
    least: number("min"),
    median: null,
    most: number("max"),
  };
}
