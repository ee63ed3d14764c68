import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT_IN_ALIASES } from "../src/ingest/aliases.js";
import { openArchive } from "../src/ingest/archive.js";
import { type IngestReport, ingestFiles } from "../src/ingest/ingest.js";
import { inputsOf } from "../src/ingest/inputs.js";
import { openSqlite } from "../src/warehouse/sqlite/open.js";
import { insertBare, rowsByFile } from "./support/bare-inserts.js";

// The benchmark runs from the project's root: real season files beside it, the sample without them.
const REAL = "../shared/data/football-data.co.uk/mmz4281";
const FOLDER = existsSync(REAL) ? REAL : "fixtures/sample";
const MIB = 1024 * 1024;

export const name = `ingest: all files of ${FOLDER === REAL ? "the real set" : "the sample"}, read, kept, parsed, written`;

/** The whole of `ingest football-data --from` against bare prepared inserts of the rows it wrote. */
export async function run(): Promise<readonly { label: string; ratio: number; unit?: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), "statistico-bench-"));
  try {
    const path = join(folder, "whole.db");
    const [first, whole] = await timed(() => ingest(path, folder));
    const memory = process.resourceUsage().maxRSS / 1024;
    const [, again] = await timed(() => ingest(path, folder));
    const bare = insertBare(join(folder, "bare.db"), rowsByFile(path));
    const rows = first.files.reduce((sum, file) => sum + file.rows, 0);
    const prices = first.files.reduce((sum, file) => sum + file.prices, 0);
    return [
      {
        label: "the whole ingest / bare single-row inserts of the same rows",
        ratio: whole / bare,
        unit: "times",
      },
      { label: "the same files again / the first time", ratio: again / whole, unit: "times" },
      { label: "peak resident memory", ratio: memory, unit: "MiB" },
      { label: `rows, with ${prices} prices`, ratio: rows, unit: "rows" },
      { label: "database", ratio: statSync(path).size / MIB, unit: "MiB" },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ingest(path: string, folder: string): Promise<IngestReport> {
  const clock = { now: () => 0 };
  const warehouse = openSqlite(path, { mode: "write", clock });
  const report = await ingestFiles(
    inputsOf([FOLDER], process.stdin),
    {},
    { warehouse, archive: openArchive(join(folder, "raw")), aliases: BUILT_IN_ALIASES, clock },
  );
  await warehouse.close();
  return report;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const answer = await work();
  return [answer, performance.now() - start];
}
