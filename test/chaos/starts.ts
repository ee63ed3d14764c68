import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const STRATEGY = `name: together
leagues: [SIM1]
seasons: { from: 2025, to: 2026 }
markets: [MATCH_ODDS]
side: back
model: { name: poisson }
prices: { sources: [B365], moment: early }
entry: { edge: { min: 0.02 } }
staking: { method: flat, stake: 2 }
bank: 1000
`;

/** Start so many traders at once on one ledger: one may run, the others say who does and go. */
export async function startTogether(root: string, processes: number) {
  const folder = mkdtempSync(join(tmpdir(), "statistico-starts-"));
  const program = join(process.env.CHAOS_PROGRAM ?? root, "bin/statistico");
  writeFileSync(join(folder, "together.yaml"), STRATEGY);
  const run = (words: readonly string[]) => {
    const started = performance.now();
    const child = spawn(process.execPath, [program, ...words], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const ended = new Promise<{ code: number | null; stderr: string; ms: number }>((resolve) =>
      child.on("close", (code) => resolve({ code, stderr, ms: performance.now() - started })),
    );
    return { child, ended };
  };
  try {
    await run(["ingest", "football-data", "--from", join(root, "fixtures/sample"), "-q"]).ended;
    const all = Array.from({ length: processes }, () => run(["trade", "together.yaml", "--watch"]));
    const gone: { code: number | null; stderr: string; ms: number }[] = [];
    for (const { ended } of all) void ended.then((end) => gone.push(end));
    for (let waited = 0; gone.length < processes - 1 && waited < 60_000; waited += 100)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const losers = gone.filter(({ code }) => code === 75);
    const ran = processes - gone.length;
    for (const { child } of all) child.kill("SIGTERM");
    await Promise.all(all.map(({ ended }) => ended));
    const named = losers.filter(({ stderr }) => /trade paper, pid \d+, since \d{4}-/.test(stderr)).length;
    return {
      ran,
      locked: losers.length,
      named,
      slowestMs: Math.round(Math.max(0, ...losers.map(({ ms }) => ms))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
