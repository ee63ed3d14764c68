import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { strategyDocument } from "../../src/strategy/document.js";
import { parseStrategies } from "../../src/strategy/parse-many.js";
import { problemLine, StrategyProblems } from "../../src/strategy/problems.js";
import { SHORT } from "./example.js";

const TWO = `defaults:
  leagues: [E0]
  seasons: { from: 2015, to: 2016 }
  markets: [MATCH_ODDS]
  model: { name: poisson, xi: 0.002 }
  prices: { sources: [B365], moment: early }
  staking: { method: flat, stake: 10 }
  bank: 100
strategies:
  - name: one
  - name: two
    model: { name: ratings }
    prices: { moment: close }
    limits: { perBet: 5 }
`;

function problemsOf(text: string): string[] {
  try {
    parseStrategies(text, "s.yaml");
  } catch (error) {
    if (error instanceof StrategyProblems) return error.problems.map((each) => problemLine("s.yaml", each));
  }
  return [];
}

describe("parseStrategies", () => {
  it("reads a file of one", () => {
    expect(parseStrategies(SHORT, "s.yaml").map(({ name }) => name)).toEqual(["short"]);
  });

  it("lays each of several over the defaults", () => {
    const [one, two] = parseStrategies(TWO, "s.yaml");
    expect(one).toMatchObject({ name: "one", model: { name: "poisson", parameters: { xi: 0.002 } } });
    // A model is replaced as a whole, prices are laid over key by key.
    expect(two).toMatchObject({ model: { name: "ratings", parameters: {} }, limits: { perBetMinor: 500 } });
    expect(two?.prices).toMatchObject({ sources: ["B365"], moment: { kind: "close" } });
  });

  it.each([
    ["in an entry", "moment: close", "moment: clsoe", /^s\.yaml:13:23 prices\.moment must be/],
    [
      "in the defaults, said once",
      "stake: 10",
      "stake: -10",
      /^s\.yaml:7:35 staking\.stake must be > 0, was -10$/,
    ],
    [
      "a name given twice",
      "name: two",
      "name: one",
      /^s\.yaml:11:11 name is that of an earlier strategy, was one$/,
    ],
    ["an unknown key", "limits:", "limitz:", /^s\.yaml:14:5 unknown key, did you mean limits, was limitz$/],
    [
      "a key beside the list",
      "defaults:",
      "default:",
      /^s\.yaml:1:1 unknown key beside strategies, did you mean defaults/,
    ],
    ["an entry that is none", "  - name: one", "  - one", /^s\.yaml:10:5 strategies\[0\] must be a mapping$/],
  ] as const)("gives the place of what is wrong %s", (_, from, to, expected) => {
    const problems = problemsOf(TWO.replace(from, to));
    expect(problems[0]).toMatch(expected);
    expect(problems).toHaveLength(1);
  });
});

describe("the documentation", () => {
  it("shows files that are in order", () => {
    const docs = readFileSync(new URL("../../docs/strategy.md", import.meta.url), "utf8");
    const files = [...docs.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
    const names = files.map((text) => parseStrategies(text, "docs.yaml").map(({ name }) => name));
    expect(names).toEqual([["value-1x2"], ["sharp", "own"]]);
  });

  it("reads back every strategy from the document that a run keeps of it", () => {
    const folder = new URL("../../examples/", import.meta.url);
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
      const [strategy] = parseStrategies(readFileSync(new URL(file, folder), "utf8"), file);
      if (!strategy) throw new Error(file);
      expect(parseStrategies(JSON.stringify(strategyDocument(strategy)), file)).toEqual([strategy]);
    }
  });
});

describe("a strategy that can never bet", () => {
  const problem = (...lines: readonly string[]): string[] => {
    const keys = lines.map((line) => line.split(":")[0]);
    const kept = SHORT.split("\n").filter((line) => !keys.includes(line.split(":")[0]));
    return problemsOf([...kept, ...lines].join("\n"));
  };
  it.each([
    ["staking: { method: flat, stake: 10, minStake: 20 }", "staking can never bet: stake is below minStake"],
    [
      "staking: { method: kelly, minStake: 20, maxStake: 10 }",
      "staking can never bet: maxStake is below minStake",
    ],
    ["staking: { method: kelly, minStake: 200 }", "staking can never bet: minStake is above the bank"],
    ["fills: { latency: 5s }", "fills.latency can never be met"],
    ["fills: { maxMove: 0.1 }", "fills.maxMove says nothing without fills.latency"],
  ] as const)("%s", (line, text) => {
    expect(problem(line)[0]).toContain(text);
  });

  it("because it asks a price for an edge over itself", () => {
    const own = ["model: { name: fair-price, source: B365 }", "entry: { edge: { min: 0.01 } }"];
    expect(problem(...own)[0]).toContain("entry.edge can never be reached");
    expect(problem("model: { name: fair-price }", "markets: [DOUBLE_CHANCE]")[0]).toContain(
      "markets can never be bet on",
    );
  });
});

describe("a path to code", () => {
  it.each([
    "../my.mjs",
    "/tmp/my.mjs",
    "./../my.mjs",
    "./a/../../my.mjs",
    "my.mjs",
    "./my.json",
    "https://x/my.mjs",
  ])("%s is refused", (path) => {
    expect(problemsOf(`${SHORT}strategy: "${path}"\n`)[0]).toContain(
      "must be a file beside or below this one",
    );
  });
});
