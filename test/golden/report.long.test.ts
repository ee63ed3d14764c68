import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE, TWO_LINES, workplace } from "./binary.js";

const place = workplace();

// A quick model and flat stakes: what is tested here is the report.
const STRATEGY = (name: string, edge: number) => `name: ${name}
description: "<b>not bold</b>"
leagues: [SIM1]
seasons: { from: 2023, to: 2023 }
markets: [MATCH_ODDS]
side: back
model: { name: poisson }
prices: { sources: [PS, B365], moment: early, maxOverround: 0.10 }
entry: { edge: { min: ${edge}, max: 0.50 }, price: { min: 1.3, max: 8 } }
staking: { method: flat, stake: 10 }
bank: 1000
commission: 0
limits: { perBet: 50 }
live: { enabled: false }
`;

interface Exported {
  readonly schema: string;
  readonly backtest: { readonly bets: number; readonly profit: number };
  readonly bets: readonly { readonly profit: string }[];
}

beforeAll(async () => {
  const taken = await place.run(["ingest", "football-data", "--from", `${SAMPLE}/2223`, `${SAMPLE}/2324`]);
  expect(taken.code, taken.stderr).toBe(0);
  for (const [name, edge] of [
    ["low", 0.02],
    ["high", 0.08],
  ] as const) {
    writeFileSync(place.path(`${name}.yaml`), STRATEGY(name, edge));
    const run = await place.run(["backtest", `${name}.yaml`]);
    expect(run.code, run.stderr).toBe(0);
  }
});

describe("report", () => {
  it("writes the page of the last run beside the caller", async () => {
    const { code, stdout, stderr } = await place.run(["report"]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "",
      stderr: "run 2 (high): report-2.html\n",
    });
    const page = readFileSync(place.path("report-2.html"), "utf8");
    expect(page).toContain("&lt;b&gt;not bold&lt;/b&gt;");
    expect(page).toContain("<dt>entry.edge.min</dt><dd>0.08</dd>");
  });

  it("exports bets that add up to the run's profit", async () => {
    const { backtest, bets, schema } = JSON.parse(
      (await place.run(["report", "1", "--json"])).stdout,
    ) as Exported;
    expect(schema).toBe("statistico/report@1");
    expect(bets).toHaveLength(backtest.bets);
    const pence = bets.reduce((sum, { profit }) => sum + Math.round(100 * Number(profit)), 0);
    expect(pence).toBe(Math.round(100 * backtest.profit));
    const csv = (await place.run(["report", "1", "--csv"])).stdout.trimEnd().split("\n");
    expect(csv).toHaveLength(backtest.bets + 1);
    expect(csv[0]).toContain("fixture,date,league,season,home,away,market,runner");
  });

  it("compares two runs: the stricter one's bets are among the other's", async () => {
    const page = await place.run(["report", "1", "2", "-o", "both.html"]);
    expect(page.stderr).toBe("low (1) against high (2): both.html\n");
    expect(readFileSync(place.path("both.html"), "utf8")).toContain("<h2>Bets in common and apart</h2>");
    const { stdout } = await place.run(["report", "1", "2", "--csv"]);
    const where = stdout
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(where).toContain("first");
    expect(where).toContain("both");
    // Flat stakes and one model: whoever asks for more edge strikes a part of the same bets.
    expect(where).not.toContain("second");
  });

  it("speaks to a terminal as well", async () => {
    const one = await place.run(["report", "1", "--text"]);
    expect(one.stdout).toMatch(/^bank {6}[▁-█]+$/m);
    expect(one.stdout).toMatch(/^drawdown {2}[▁-█]+$/m);
    const two = await place.run(["report", "1", "2", "--text"]);
    expect(two.stdout).toMatch(/entry\.edge\.min +0\.02 +0\.08/);
    expect(existsSync(place.path("report-1-2.html"))).toBe(false);
  });

  it.each([
    [["report", "9"], "no run 9", 3],
    [["report", "1", "9"], "no run 9", 3],
    [["report", "1", "2", "3"], "at most two runs can be compared, was 3", 2],
    [["report", "one"], 'a whole number is wanted, was "one"', 2],
  ])("refuses %j in two lines", async (args, message, code) => {
    const ended = await place.run(args);
    expect(ended.stderr).toMatch(TWO_LINES);
    expect(ended.stderr).toContain(message);
    expect(ended.code).toBe(code);
  });
});
