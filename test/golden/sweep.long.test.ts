import { rmSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE, workplace } from "./binary.js";

const { path, run } = workplace();

const STRATEGY = `name: sample
leagues: [SIM2]
seasons: { from: 2025, to: 2025 }
markets: [MATCH_ODDS]
side: back
model: { name: poisson }
prices: { sources: [PS, B365], moment: early }
entry: { edge: { min: 0.02 } }
staking: { method: kelly, fraction: 0.25 }
bank: 1000
commission: 0.02
`;

const GRID = ["--set", "entry.edge.min=0.01:0.03:0.01", "--set", "model.halfLifeDays=200,400"];

/** Without the figure that the clock made. */
function withoutTime(json: string): string {
  return json.replace(/"elapsedMs": \d+/, '"elapsedMs": 0');
}

async function json(...args: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await run([...args, "--json"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return withoutTime(stdout);
}

beforeAll(async () => {
  writeFileSync(path("s.yaml"), STRATEGY);
  const { code } = await run([
    "ingest",
    "football-data",
    "--from",
    `${SAMPLE}/2425/SIM2.csv`,
    `${SAMPLE}/2526/SIM2.csv`,
  ]);
  expect(code).toBe(0);
}, 240_000);

describe("forecasts that are kept", () => {
  it("change no result: with them, without them, in one thread and in two", async () => {
    const fresh = await json("backtest", "s.yaml", "-n", "--fresh", "--workers", "1");
    const threads = await json("backtest", "s.yaml", "-n", "--fresh", "--workers", "2");
    const making = await json("backtest", "s.yaml", "-n");
    const using = await json("backtest", "s.yaml", "-n");
    expect(JSON.parse(fresh).bets).toBeGreaterThan(0);
    expect([threads, making, using]).toEqual([fresh, fresh, fresh]);
  }, 240_000);
});

describe("sweep", () => {
  it("gives the same document in one thread and in two, and each row is its backtest", async () => {
    const one = await json("sweep", "s.yaml", ...GRID, "-n", "--nested", "--workers", "1");
    const two = await json("sweep", "s.yaml", ...GRID, "-n", "--nested", "--workers", "2");
    expect(two).toBe(one);
    const { trials, configurations } = JSON.parse(one);
    expect(configurations).toBe(6);
    const [row] = trials.filter(
      ({ values }: { values: Record<string, number> }) =>
        values["entry.edge.min"] === 0.03 && values["model.halfLifeDays"] === 400,
    );
    writeFileSync(
      path("t.yaml"),
      STRATEGY.replace("min: 0.02", "min: 0.03").replace("name: poisson", "name: poisson, halfLifeDays: 400"),
    );
    const backtest = JSON.parse(await json("backtest", "t.yaml", "-n"));
    expect([row.bets, row.profit, row.roi, row.strategyHash]).toEqual([
      backtest.bets,
      backtest.profit,
      backtest.roi,
      backtest.strategyHash,
    ]);
  }, 240_000);

  it("is kept, shown again and counted as tried", async () => {
    const swept = JSON.parse(await json("sweep", "s.yaml", ...GRID));
    expect(swept.tried).toBe(6);
    const shown = JSON.parse(await json("sweep", "show"));
    expect(shown.trials).toEqual(swept.trials);
    const table = await run(["sweep", "show"]);
    expect(table.stdout).toContain("return on stakes");
    const backtest = JSON.parse(await json("backtest", "s.yaml", "-n"));
    // With the model's own half-life it is a seventh strategy.
    expect(backtest.trials).toBe(7);
  }, 240_000);

  it("refuses what makes no strategy, and a database without a sweep", async () => {
    const wrong = await run(["sweep", "s.yaml", "--set", "entry.egde.min=1,2"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("makes no strategy");
    const badRange = await run(["sweep", "s.yaml", "--set", "entry.edge.min=1:0:1"]);
    expect(badRange.code).toBe(2);
    rmSync(path("other"), { recursive: true, force: true });
    const none = await run(["sweep", "show", "77"]);
    expect(none.code).toBe(3);
  }, 240_000);
});
