import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE, TWO_LINES, workplace } from "./binary.js";

const place = workplace();

beforeAll(async () => {
  const taken = await place.run(["ingest", "football-data", "--from", `${SAMPLE}/2223`, `${SAMPLE}/2324`]);
  expect(taken.code, taken.stderr).toBe(0);
});

async function answer<T>(args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await place.run(["research", ...args, "--json"]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

describe("research", () => {
  it("counts and averages as the database itself does", async () => {
    const sql = "select league, home_goals - away_goals margin from result_readable";
    const { summary } = await answer<{ readonly summary: readonly Record<string, unknown>[] }>([
      ...["--sql", sql, "--group-by", "league", "--describe", "margin"],
    ]);
    const { stdout } = await place.run([
      ...["db", "sql", "--json"],
      "select league, count(*) n, sum(home_goals - away_goals) s from result_readable group by league order by 1",
    ]);
    const { rows } = JSON.parse(stdout) as { readonly rows: readonly Record<string, unknown>[] };
    expect(summary.map(({ league, count, sum }) => ({ league, n: count, s: sum }))).toEqual(rows);
  });

  it("relates ratings to goals and draws it", async () => {
    const asked = [
      "--ratings",
      "SIM1",
      "--algorithm",
      "elo",
      "--regress",
      "goalDifference ~ ratingDifference",
    ];
    const { n, coefficients } = await answer<{
      readonly n: number;
      readonly coefficients: readonly { readonly name: string; readonly low: number }[];
    }>([...asked, "--svg", "plot.svg"]);
    // Twice 240 matches in the sample's first division, in which strengths are real: the better side wins by more.
    expect(n).toBe(480);
    expect(coefficients.find(({ name }) => name === "ratingDifference")?.low).toBeGreaterThan(0);
    expect(readFileSync(place.path("plot.svg"), "utf8").match(/<circle/g)?.length).toBeGreaterThanOrEqual(
      240,
    );
    const { stdout } = await place.run(["research", ...asked]);
    expect(stdout).toContain("goalDifference\n");
    expect(stdout).toMatch(/^ratingDifference +0\.\d+ /m);
  });

  it("exports prices for spreadsheets", async () => {
    const { stdout } = await place.run(["research", "--prices", "SIM1", "--limit", "10", "--csv"]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(11);
  });

  it.each([
    [["research"], "name one of --sql, --bets, --ratings and --prices", 2],
    [["research", "--bets", "1", "--ratings", "SIM1"], "name one of", 2],
    [["research", "--bets", "1"], "no run 1", 3],
    [["research", "--ratings", "SIM1", "--describe", "homegoals"], 'no such column, was "homegoals"', 2],
    [["research", "--ratings", "SIM1", "--regress", "a b"], 'a relation is like "y ~ a + b", was "a b"', 2],
    [["research", "--ratings", "SIM1", "--regress", "home ~ season"], "column home holds words", 2],
    [
      ["research", "--ratings", "SIM1", "--regress", "homeGoals ~ season", "--season", "2022"],
      "season does not vary",
      3,
    ],
    [["research", "--sql", "delete from fixture"], "cannot run the query", 2],
  ])("refuses %j in two lines", async (args, message, code) => {
    const ended = await place.run(args);
    expect(ended.stderr).toMatch(TWO_LINES);
    expect(ended.stderr).toContain(message);
    expect(ended.code).toBe(code);
  });
});
