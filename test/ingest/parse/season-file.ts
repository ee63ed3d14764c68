import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type ParsedFile, parseFootballData } from "../../../src/ingest/parse/football-data.js";
import type { FixtureRecord, Reject, Warning } from "../../../src/warehouse/port.js";
import { sharedPath } from "../../support/shared.js";

/** Bytes of a real file under the shared folder's football-data.co.uk, by its path without ".csv.gz". */
export function realBytes(path: string): Uint8Array {
  return gunzipSync(readFileSync(sharedPath("data", "football-data.co.uk", `${path}.csv.gz`)));
}

/** A real file read; a path of a season such as "2425/E0" lies under mmz4281. */
export function readReal(path: string): ParsedFile {
  const place = /^\d{4}\//.test(path) ? `mmz4281/${path}` : path;
  return parsed(parseFootballData(realBytes(place), { name: place }));
}

export function readText(text: string, name = "made-up.csv"): ParsedFile {
  return parsed(parseFootballData(new TextEncoder().encode(text), { name }));
}

export function parsed(file: ReturnType<typeof parseFootballData>): ParsedFile {
  if (file.kind === "refused") throw new Error(`refused: ${file.rule}, ${file.text}`);
  return file;
}

/** "line column rule" of every reject or warning of a line. */
export function at({ rejects, warnings }: ParsedFile, line: number): string[] {
  return [...rejects, ...warnings].filter((each) => each.line === line).map(place);
}

export function place({ line, column, rule }: Reject | Warning): string {
  return `${line} ${column} ${rule}`;
}

export function recordAt({ records }: ParsedFile, line: number): FixtureRecord {
  const record = records.find((each) => each.line === line);
  if (!record) throw new Error(`no record of line ${line}`);
  return record;
}

/** Prices of a record by "source moment market runner line", to two quarter-goal digits as stored. */
export function pricesOf({ quotes }: FixtureRecord): Record<string, number> {
  return Object.fromEntries(
    quotes.map(({ kind, line, price }) => [
      `${kind.source} ${kind.moment} ${kind.market} ${kind.runner} ${line}`,
      price,
    ]),
  );
}
