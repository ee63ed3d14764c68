import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseFootballData } from "../src/ingest/parse/football-data.js";
import { sharedAvailable, sharedPath } from "../test/support/shared.js";

export const name = "football-data.co.uk files read: all 372 seasons";

const ROUNDS = 5;

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Our reader, with every check, against the two least that anybody could do: cut lines and cells, and cut them and
 * turn each row into an object of numbers and texts. Without the real files there is nothing to measure.
 */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  if (!sharedAvailable) return [];
  const files = realFiles();
  const times = { cut: [0], objects: [0], ours: [0] };
  for (let round = 0; round < ROUNDS; round++) {
    times.cut.push(elapsed(() => files.reduce((sum, file) => sum + cutCells(file), 0)));
    times.objects.push(elapsed(() => files.reduce((sum, file) => sum + rowObjects(file), 0)));
    times.ours.push(elapsed(() => files.reduce((sum, file) => sum + ourRows(file), 0)));
  }
  const rows = files.reduce((sum, file) => sum + ourRows(file), 0);
  const ours = best(times.ours);
  return [
    { label: "our reader / lines and cells cut, nothing read", ratio: ours / best(times.cut), unit: "times" },
    { label: "our reader / an object of numbers a row", ratio: ours / best(times.objects), unit: "times" },
    { label: "thousand rows a second", ratio: rows / ours, unit: "k/s" },
  ];
}

function realFiles(): File[] {
  const root = sharedPath("data", "football-data.co.uk", "mmz4281");
  return readdirSync(root).flatMap((season) =>
    readdirSync(`${root}/${season}`).map((file) => ({
      name: `${season}/${file}`,
      bytes: gunzipSync(readFileSync(`${root}/${season}/${file}`)),
    })),
  );
}

function ourRows({ name, bytes }: File): number {
  const file = parseFootballData(bytes, { name });
  return file.kind === "parsed" ? file.records.length : 0;
}

/** Naive in every way but one: the text is the same, so that only the reading is compared. */
function cutCells({ bytes }: File): number {
  return cut(bytes).reduce((sum, cells) => sum + cells.length, 0);
}

function rowObjects({ bytes }: File): number {
  const [header, ...rows] = cut(bytes);
  const objects = rows.map((cells) =>
    Object.fromEntries(header.map((label, index) => [label, Number(cells[index]) || cells[index]])),
  );
  return objects.length;
}

function cut(bytes: Uint8Array): string[][] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.map((line) => line.split(","));
}

function elapsed(work: () => number): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The fastest of the timed rounds; the first entry is the seed of the array, not a time. */
function best(times: readonly number[]): number {
  return Math.min(...times.slice(1));
}
