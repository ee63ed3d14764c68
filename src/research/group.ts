import { compareText } from "../domain/fixture.js";
import { type Frame, knownColumns, type Value } from "./frame.js";

/** Rows that share the values of some columns. */
export interface Group {
  readonly key: Readonly<Record<string, Value>>;
  readonly frame: Frame;
}

/** Rows by the values of `keys`, in order of those values: numbers by size, words by code unit, nothing first. */
export function groupBy(frame: Frame, keys: readonly string[]): Group[] {
  knownColumns(frame, keys);
  const groups = new Map<string, Frame["rows"][number][]>();
  for (const row of frame.rows) {
    const name = JSON.stringify(keys.map((key) => row[key] ?? null));
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups.values()]
    .map((rows) => ({
      key: Object.fromEntries(keys.map((key) => [key, rows[0][key] ?? null])),
      frame: { columns: frame.columns, rows },
    }))
    .sort((a, b) => compareKeys(a.key, b.key, keys));
}

function compareKeys(a: Group["key"], b: Group["key"], keys: readonly string[]): number {
  return keys.reduce((order, key) => order || compareValues(a[key], b[key]), 0);
}

function compareValues(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const rank = (value: Value) => ["object", "boolean", "number", "string"].indexOf(typeof value);
  return rank(a) - rank(b) || compareText(String(a), String(b));
}
