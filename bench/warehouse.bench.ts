import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { IngestedFile } from "../src/warehouse/port.js";
import { openSqlite } from "../src/warehouse/sqlite/open.js";
import { file, seasonRecords } from "../test/support/records.js";
import { insertBare, rowsByFile } from "./support/bare-inserts.js";

export const name = "warehouse: ten seasons of 380 matches with 60 prices each";

const ROUNDS = 5;
const clock = { now: () => 0 };

/**
 * The warehouse (clubs resolved, records told apart, foreign keys, quarantine, events) against the least that anybody
 * could do with the same rows: one prepared insert a row, one transaction a file, no checks of any kind. Reads
 * against a plain select of all columns.
 */
export async function run(): Promise<readonly { label: string; ratio: number; unit?: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), "statistico-bench-"));
  try {
    const seasons = files("1");
    const times = { write: [0], bare: [0], again: [0], read: [0], select: [0] };
    for (let round = 0; round < ROUNDS; round++) {
      const path = join(folder, `${round}.db`);
      times.write.push(await elapsed(() => write(path, seasons)));
      times.bare.push(insertBare(join(folder, `${round}-bare.db`), [...rowsByFile(path)]));
      times.read.push(await elapsed(() => read(path)));
      times.select.push(await elapsed(() => selectAll(path)));
      times.again.push(await elapsed(() => write(path, files("2"))));
    }
    const [written, bare] = [best(times.write), best(times.bare)];
    return [
      {
        label: "files written / bare single-row inserts of the same rows",
        ratio: written / bare,
        unit: "times",
      },
      {
        label: "the same files under another reading / the first time",
        ratio: best(times.again) / written,
        unit: "times",
      },
      {
        label: "all prices read / a select of all columns",
        ratio: best(times.read) / best(times.select),
        unit: "times",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function files(reading: string): IngestedFile[] {
  const clubs = Array.from({ length: 20 }, (_, i) => `Club of the ${i}th street`);
  const books = ["B365", "PS", "Max", "BW", "WH", "IW"];
  const sources = books.map((code) => ({ code, name: `Book ${code}`, kind: "bookmaker" as const }));
  return Array.from({ length: 10 }, (_, i) => {
    const records = seasonRecords({ season: 2000 + i, clubs, books });
    return file(records, { sources, raw: { reading, sha256: String(i).repeat(64) } });
  });
}

async function write(path: string, seasons: readonly IngestedFile[]): Promise<void> {
  const warehouse = openSqlite(path, { mode: "write", clock });
  for (const season of seasons) await warehouse.writeFile(season);
  await warehouse.close();
}

async function read(path: string): Promise<void> {
  const warehouse = openSqlite(path, { mode: "read", clock });
  await warehouse.prices({});
  await warehouse.close();
}

function selectAll(path: string): void {
  const database = new Database(path, { readonly: true });
  database.prepare("SELECT * FROM price").all();
  database.close();
}

async function elapsed(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The fastest of the rounds; the first entry starts the list and counts for nothing. */
function best([, ...times]: readonly number[]): number {
  return Math.min(...times);
}
