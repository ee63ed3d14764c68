import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const name = "command line: whole processes beside an empty node";

const ROUNDS = 15;

/** Whole processes in turn: an empty node, the help, one season's results as JSON. The median of the pairwise ratios. */
export async function run(): Promise<readonly { label: string; ratio: number; unit?: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), "statistico-bench-"));
  try {
    const db = join(folder, "sample.db");
    spend(["bin/statistico", "ingest", "football-data", "--from", "fixtures/sample", "--db", db]);
    const ratios = { help: [0], results: [0] };
    for (let round = 0; round < ROUNDS; round++) {
      const empty = spend(["-e", "0"]);
      ratios.help.push(spend(["bin/statistico", "--help"]) / empty);
      ratios.results.push(
        spend(["bin/statistico", "results", "--league", "SIM1", "--season", "2024", "--json", "--db", db]) /
          empty,
      );
    }
    return [
      { label: "statistico --help / node -e 0", ratio: median(ratios.help), unit: "times" },
      { label: "results --league --season --json / node -e 0", ratio: median(ratios.results), unit: "times" },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function spend(words: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, words, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}`);
  return performance.now() - start;
}

/** The first entry starts the list and counts for nothing. */
function median([, ...values]: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
