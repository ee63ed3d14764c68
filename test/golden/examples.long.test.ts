import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { type Ended, SAMPLE, workplace } from "./binary.js";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));
const NAMES = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => name.slice(0, -".yaml".length));

const place = workplace();

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Run {
  readonly bets: number;
  readonly won: number;
  readonly halfWon: number;
  readonly halfLost: number;
  readonly staked: number;
  readonly liability: number;
  readonly commission: number;
  readonly roi: Interval;
  readonly clv: { readonly mean: number; readonly low: number; readonly high: number };
  readonly finalBank: number;
  readonly assumptions: readonly string[];
  readonly strategy: { readonly codeHash?: string };
}

const runs = new Map<string, Run>();

function runOf(name: string): Run {
  const run = runs.get(name);
  if (!run) throw new Error(`no run of ${name}`);
  return run;
}

/** An example on the sample's leagues and seasons: those two lines are all that differs. */
function onSample(name: string): string {
  return readFileSync(`${EXAMPLES}/${name}.yaml`, "utf8")
    .replace(/^leagues: .*$/m, "leagues: [SIM1, SIM2]")
    .replace(/^seasons: .*$/m, "seasons: { from: 2025, to: 2025 }");
}

const run = (...args: readonly string[]): Promise<Ended> => place.run([...args, "--db", place.path("s.db")]);

async function backtestOf(name: string): Promise<void> {
  const ended = await run("backtest", place.path(`sim/${name}.yaml`), "--allow-code", "-n", "--json", "-q");
  expect({ name, code: ended.code, stderr: ended.stderr }).toEqual({ name, code: 0, stderr: "" });
  runs.set(name, JSON.parse(ended.stdout) as Run);
}

beforeAll(async () => {
  expect((await run("ingest", "football-data", "--from", SAMPLE, "-q")).code).toBe(0);
  mkdirSync(place.path("sim"));
  for (const name of NAMES) writeFileSync(place.path(`sim/${name}.yaml`), onSample(name));
  // The sample's clubs play once a week: no side ever rests three days longer there, some rest one.
  const code = readFileSync(`${EXAMPLES}/rested.mjs`, "utf8").replace("LONGER = 3", "LONGER = 1");
  writeFileSync(place.path("sim/rested.mjs"), code);
  for (let index = 0; index < NAMES.length; index += 2)
    await Promise.all(NAMES.slice(index, index + 2).map(backtestOf));
}, 120_000);

describe("the examples", () => {
  it("are all in order, as one folder", async () => {
    const ended = await run("check", EXAMPLES, "--json", "-q");
    expect(ended.code).toBe(0);
    const { strategies } = JSON.parse(ended.stdout) as { strategies: { strategy: { name: string } }[] };
    expect(strategies.map(({ strategy }) => strategy.name)).toEqual(NAMES);
  });

  it("each bet on the sample, and each end with a bank that is not below nothing", () => {
    for (const name of NAMES) {
      expect({ name, bets: runOf(name).bets > 10 }).toEqual({ name, bets: true });
      expect(runOf(name).finalBank).toBeGreaterThanOrEqual(0);
    }
  });

  it("sharp-vs-soft beats the close, and asks for confirmation in a part of its bets", () => {
    // The sample's soft books err more than the sharp one, so that a price above its fair price has real value.
    const [plain, confirmed] = [runOf("sharp-vs-soft"), runOf("sharp-vs-soft-confirmed")];
    expect(plain.clv.low).toBeGreaterThan(0);
    expect(confirmed.clv.mean).toBeGreaterThan(0);
    expect(confirmed.bets).toBeLessThan(plain.bets);
  });

  it("ratings-only loses against the close, and null loses the margin", () => {
    expect(runOf("ratings-only").clv.high).toBeLessThan(0);
    // PS is quoted with a margin of 2.5%: 1 / 1.025 - 1. The interval is one of 95%, of one seed.
    const { roi, clv } = runOf("null");
    expect(roi.low).toBeLessThan(1 / 1.025 - 1);
    expect(roi.high).toBeGreaterThan(1 / 1.025 - 1);
    expect(clv.high).toBeLessThan(0);
  });

  it("asian-handicap settles halves, and lay-the-draw pays commission and risks its liability", () => {
    const { halfWon, halfLost } = runOf("asian-handicap");
    expect(Math.min(halfWon, halfLost)).toBeGreaterThan(0);
    const lay = runOf("lay-the-draw");
    expect(lay.commission).toBeGreaterThan(0);
    // 10.00 at risk a bet, stakes rounded down to the penny: at most 3.5 pence of each liability is lost to that.
    expect(lay.liability).toBeLessThanOrEqual(10 * lay.bets);
    expect(lay.liability).toBeGreaterThan(9.9 * lay.bets);
    expect(lay.assumptions.join("\n")).toContain("nobody has offered it");
  });

  it("rested runs its code only when it is allowed, and says which code it was", async () => {
    const refused = await run("backtest", place.path("sim/rested.yaml"), "-n");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("names code to run and code is not allowed, was ./rested.mjs");
    expect(runOf("rested").strategy.codeHash).toMatch(/^[0-9a-f]{64}$/);
  });
});
