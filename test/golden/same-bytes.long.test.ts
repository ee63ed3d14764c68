import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE, workplace } from "./binary.js";

const { path, run } = workplace();

const STRATEGY = `name: sample
leagues: [SIM1, SIM2]
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

/** East and west of Greenwich, half and quarter hours, days ahead of each other, summer times of both hemispheres. */
const ZONES = [
  "UTC",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "America/Sao_Paulo",
];

/** Standard output and the bets file of a command in a zone, but for the clock's own figure. */
async function bytesOf(zone: string, workers: number, args: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await run(
    [...args, "-n", "--fresh", "--workers", String(workers), "--json"],
    {
      env: { TZ: zone, LANG: zone === "Asia/Kolkata" ? "hi_IN.UTF-8" : "C" },
    },
  );
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout.replace(/"elapsedMs": \d+/, '"elapsedMs": 0');
}

beforeAll(async () => {
  writeFileSync(path("s.yaml"), STRATEGY);
  const files = ["2425/SIM1", "2425/SIM2", "2526/SIM1", "2526/SIM2"].map((name) => `${SAMPLE}/${name}.csv`);
  const { code } = await run(["ingest", "football-data", "--from", ...files]);
  expect(code).toBe(0);
}, 240_000);

describe("the same inputs give the same bytes", () => {
  it("of a backtest and its bets, in ten time zones and in one thread or two", async () => {
    const outputs: string[] = [];
    for (const [index, zone] of ZONES.entries()) {
      const json = await bytesOf(zone, 1 + (index % 2), ["backtest", "s.yaml", "--bets", "bets.csv"]);
      outputs.push(`${json}\n${readFileSync(path("bets.csv"), "utf8")}`);
    }
    expect(JSON.parse(outputs[0].slice(0, outputs[0].indexOf("\n}\n") + 2)).bets).toBeGreaterThan(0);
    expect(new Set(outputs).size).toBe(1);
  }, 180_000);

  it("of a sweep, in three time zones and in one thread or two", async () => {
    const sweep = [
      "sweep",
      "s.yaml",
      "--nested",
      "--set",
      "entry.edge.min=0:0.11:0.001",
      "--set",
      "staking.fraction=0.25,1",
    ];
    const outputs = [
      await bytesOf("UTC", 1, sweep),
      await bytesOf("Pacific/Kiritimati", 2, sweep),
      await bytesOf("America/St_Johns", 2, sweep),
    ];
    expect(JSON.parse(outputs[0]).configurations).toBe(222);
    expect(new Set(outputs).size).toBe(1);
  }, 180_000);
});
