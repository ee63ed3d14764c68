import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStatisticoError } from "../../src/core/errors.js";
import { describeStrategy } from "../../src/strategy/describe.js";
import { strategyDocument } from "../../src/strategy/document.js";
import { parseStrategy } from "../../src/strategy/parse.js";
import { StrategyProblems } from "../../src/strategy/problems.js";
import { EXAMPLE, SHORT } from "./example.js";

/** Everything wrong with a text, as "LINE:COLUMN words". */
function faults(text: string, parameters = {}): string[] {
  try {
    parseStrategy(text, "s.yaml", parameters);
    return [];
  } catch (error) {
    if (!(error instanceof StrategyProblems)) throw error;
    return error.problems.map(({ line, column, text: words }) => `${line}:${column} ${words}`);
  }
}

describe("parseStrategy", () => {
  it("reads every key of the documented example", () => {
    expect(parseStrategy(EXAMPLE, "s.yaml")).toEqual({
      name: "value-1x2",
      description: "back what our model prices shorter than the early market",
      leagues: ["E0", "E1"],
      seasons: { from: 2015, to: 2022 },
      markets: ["MATCH_ODDS"],
      runners: null,
      side: "back",
      model: { name: "market-informed", parameters: {}, parts: null },
      confirm: null,
      prices: {
        sources: ["PS", "B365"],
        moment: { kind: "early" },
        maxOverround: 0.1,
        closing: ["PS"],
        assumedSpread: null,
      },
      entry: { edge: { min: 0.03, max: 0.3 }, price: { min: 1.5, max: 6 } },
      filters: [
        {
          kind: "statistic",
          leagues: null,
          team: "home",
          stat: "goals",
          action: "for",
          measure: "average",
          games: 5,
          minGames: 5,
          range: { min: 1.2, max: null },
          venue: "home",
          within: "season",
        },
        {
          kind: "result",
          leagues: null,
          team: "away",
          result: "lose",
          games: 3,
          minGames: 3,
          venue: "any",
          within: "season",
        },
      ],
      staking: {
        method: "kelly",
        fraction: 0.25,
        together: "single",
        minStakeMinor: 1,
        maxStakeMinor: 5000,
      },
      bankMinor: 100_000,
      commission: 0.02,
      commissionBySource: {},
      fills: { slippage: 0, ticks: 0, sizeShare: 1, latencyMs: null, maxMove: 0 },
      limits: { perBetMinor: 5000, perFixtureMinor: 10_000, perDayMinor: 30_000, perDayLossMinor: 20_000 },
      live: { enabled: false },
      code: null,
    });
  });

  it("fills in defaults and freezes", () => {
    const strategy = parseStrategy(SHORT, "s.yaml");
    expect(strategy.prices).toEqual({
      sources: ["B365"],
      moment: { kind: "early" },
      maxOverround: 0.15,
      closing: ["PS"],
      assumedSpread: null,
    });
    expect(strategy.entry).toEqual({ edge: { min: null, max: null }, price: { min: null, max: null } });
    expect(strategy.limits.perBetMinor).toBeNull();
    expect(Object.isFrozen(strategy.staking)).toBe(true);
  });

  it.each([
    ["asof:-60m", { kind: "asof", beforeMs: 3_600_000 }],
    ["asof:-2h", { kind: "asof", beforeMs: 7_200_000 }],
    ["close", { kind: "close" }],
  ])("reads the moment %s", (moment, expected) => {
    const text = SHORT.replace("[B365]", `[B365], moment: "${moment}"`);
    expect(parseStrategy(text, "s.yaml").prices.moment).toEqual(expected);
  });

  it("resolves a few aliases", () => {
    const text = SHORT.replace("{ from: 2015, to: 2015 }", "{ from: &a 2015, to: *a }");
    expect(parseStrategy(text, "s.yaml").seasons).toEqual({ from: 2015, to: 2015 });
  });

  it("gives the first problem in the message, all of them in a list, and a command as hint", () => {
    const text = SHORT.replace("bank: 100", "bank: -1\nfoo: 1").replace("poisson", "poison");
    try {
      parseStrategy(text, "s.yaml");
      expect.unreachable();
    } catch (error) {
      if (!isStatisticoError(error)) throw error;
      expect(error.kind).toBe("usage");
      expect(error.message).toMatch(
        /^s\.yaml:5:16 model\.name must be one of .*, did you mean poisson, was poison \(and 2 more problems\)$/,
      );
      expect(error.hint).toBe("statistico check s.yaml");
      expect(error).toHaveProperty("problems.length", 3);
    }
  });
});

describe("places and words of errors", () => {
  // Lines and columns counted by hand in SHORT, from 1; replacing text keeps what stands before it in place.
  const table: readonly (readonly [string, string, string, string])[] = [
    ["unknown key", "bank: 100", "bakn: 100\nbank: 100", "8:1 unknown key, did you mean bank, was bakn"],
    [
      "unknown inner key",
      "{ sources:",
      "{ momnet: early, sources:",
      "6:11 unknown key in prices, did you mean moment, was momnet",
    ],
    [
      "unknown key of a method",
      "stake: 10",
      "stake: 10, fractoin: 1",
      "7:37 unknown key in staking, did you mean fraction, was fractoin",
    ],
    ["missing key", "bank: 100\n", "", "1:1 missing key bank"],
    ["missing inner key", "stake: 10", "maxStake: 10", "7:10 missing key staking.stake"],
    [
      "enum word",
      "bank: 100",
      "bank: 100\nside: bakc",
      "9:7 side must be one of back, lay, both, did you mean back, was bakc",
    ],
    [
      "method",
      "flat",
      "flatt",
      "7:20 staking.method must be one of flat, percentage, kelly, liability, target-profit, did you mean flat, was flatt",
    ],
    ["bound", "bank: 100", "bank: 100\ncommission: 0.6", "9:13 commission must be <= 0.5, was 0.6"],
    ["pence", "bank: 100", "bank: 100.001", "8:7 bank must have at most two decimals, was 100.001"],
    ["quoted number", "bank: 100", 'bank: "100"', '8:7 bank must be a number, was "100"'],
    ["no value", "bank: 100", "bank:", "8:6 bank must be a number, was null"],
    ["text for a list", "[E0]", "E0", '2:10 leagues must be a list, was "E0"'],
    ["empty list", "[E0]", "[]", "2:10 leagues must have >= 1 entries"],
    ["seasons reversed", "to: 2015", "to: 2014", "3:10 seasons must have from <= to"],
    ["half a season", "to: 2015", "to: 2015.5", "3:28 seasons.to must be a whole number, was 2015.5"],
    [
      "moment",
      "[B365]",
      "[B365], moment: asof:60m",
      "6:36 prices.moment must be early, close, tick or like asof:-60m or tick:-60m, was asof:60m",
    ],
    [
      "infinity",
      "bank: 100",
      "bank: .inf",
      "8:7 value must be a finite number, a text or true or false, was .inf",
    ],
    [
      "not a number",
      "bank: 100",
      "bank: .NaN",
      "8:7 value must be a finite number, a text or true or false, was .NaN",
    ],
    [
      "overflow",
      "bank: 100",
      "bank: 1e999",
      "8:7 value must be a finite number, a text or true or false, was 1e999",
    ],
    ["duplicate key", "bank: 100\n", "bank: 100\nbank: 200\n", "9:1 key is given twice, was bank"],
    [
      "prototype key",
      "bank: 100",
      "bank: 100\n__proto__: { enabled: true }",
      "9:1 key is not allowed, was __proto__",
    ],
    ["constructor key", "poisson }", "poisson, constructor: 1 }", "5:25 key is not allowed, was constructor"],
    ["unknown tag", "bank: 100", "bank: !money 100", "8:7 not valid YAML: unresolved tag: !money"],
    [
      "syntax",
      "bank: 100",
      "bank: 100: 2",
      "8:7 not valid YAML: nested mappings are not allowed in compact mappings",
    ],
    [
      "name",
      "name: short",
      "name: My Strategy",
      "1:7 name must be lower-case letters, digits, dots and dashes, was My Strategy",
    ],
    [
      "parameter",
      "poisson }",
      "poisson, xi: [1] }",
      "5:29 model.xi must be a number, a text or true or false",
    ],
    [
      "runner",
      "bank: 100",
      "bank: 100\nrunners: [HOEM]",
      "9:11 runners[0] must be one of HOME, DRAW, AWAY, did you mean HOME, was HOEM",
    ],
    [
      "filter without subject",
      "bank: 100",
      "bank: 100\nfilters:\n  - { team: home, games: 5 }",
      "10:5 filters[0] must have exactly one of stat, result, oneOf, noneOf or rating",
    ],
    [
      "filter without range",
      "bank: 100",
      "bank: 100\nfilters:\n  - { team: home, stat: goals, games: 5 }",
      "10:5 filters[0] must have atLeast or atMost beside stat",
    ],
    [
      "filter games",
      "bank: 100",
      "bank: 100\nfilters:\n  - { team: home, result: win, games: 3, minGames: 5 }",
      "10:5 filters[0] must have minGames <= games",
    ],
    [
      "filter statistic",
      "bank: 100",
      "bank: 100\nfilters:\n  - { team: home, stat: gaols, games: 5, atLeast: 1 }",
      "10:25 filters[0].stat must be one of goals, points, shots, shotsOnTarget, corners, fouls, cards, yellowCards, redCards, offsides, woodwork, bookingPoints, did you mean goals, was gaols",
    ],
    ["not a mapping", SHORT, "[1, 2]", "1:1 the file must be a mapping, was [1,2]"],
    ["empty file", SHORT, "", "1:1 the file must be a mapping, was null"],
  ];
  it.each(table)("%s", (_, before, after, expected) => {
    expect(SHORT).toContain(before);
    expect(faults(SHORT.replace(before, () => after))[0]).toBe(expected);
  });

  it("knows the parameters of a model when it is told them", () => {
    const text = SHORT.replace("poisson }", "poisson, halfLifeDay: 200 }");
    expect(faults(text)).toEqual([]);
    expect(faults(text, { poisson: ["xi", "halfLifeDays"] })).toEqual([
      "5:25 model poisson has no such parameter, did you mean halfLifeDays, was halfLifeDay",
    ]);
  });

  it("shows no control characters of a hostile value", () => {
    const [fault] = faults(SHORT.replace("bank: 100", 'bank: 100\nside: "\\e[31mred\\e[0m"'));
    expect(fault).toMatch(/^9:7 side must be one of back, lay, both.*, was \[31mred\[0m$/);
  });
});

describe("hostile YAML", () => {
  const lines = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const bomb = `a: &a [${"x,".repeat(9)}x]\n${lines(8, (i) => `${"bcdefghi"[i]}: &${"bcdefghi"[i]} [${`*${"abcdefgh"[i]},`.repeat(9)}x]`)}\n`;
  it.each([
    ["300 KB of text", `description: ${"x".repeat(300 * 1024)}`, /larger than 256 KB/],
    ["flow nesting", `a: ${"[".repeat(50_000)}`, /nested deeper/],
    ["list nesting", `${"- ".repeat(50_000)}a`, /nested deeper/],
    ["mapping nesting", lines(150, (i) => `${" ".repeat(i)}a:`), /nested deeper/],
    ["14 levels", lines(14, (i) => `${" ".repeat(i)}a:`).concat(" 1"), /nested deeper/],
    ["question marks", "? ".repeat(50_000), /nested deeper/],
    ["many keys", lines(20_000, (i) => `k${i}: 1`), /words and signs/],
    ["anchors", `a: ${"&a ".repeat(60_000)}`, /words and signs/],
    ["billion laughs", bomb, /aliases|values/],
    ["alias to itself", "a: &a [*a]", /deeper|aliases|values|not valid YAML/],
    ["unknown alias", "a: *b", /alias has no anchor, was \*b/],
    ["two documents", "a: 1\n---\nb: 2\n", /not valid YAML/],
    ["a list as key", "? [a, b]\n: 1\n", /not valid YAML/],
    ["tab indent", "a:\n\tb: 1\n", /not valid YAML/],
  ])("refuses %s", (_, text, expected) => {
    expect(faults(text).length).toBeGreaterThan(0);
    expect(faults(text)[0]).toMatch(expected);
  });

  it.each(["__proto__", "constructor", "prototype"])("never lets %s reach an object", (key) => {
    for (const part of ["live", "prices", "model"]) {
      const text = `${SHORT.replace(/^(prices|model).*\n/gm, "")}${part}:\n  ${key}: { enabled: true }\n`;
      expect(faults(text)).toContainEqual(expect.stringMatching(`key is not allowed, was ${key}$`));
    }
    expect(Reflect.get({}, "enabled")).toBeUndefined();
  });

  it("answers any text with a strategy or with problems that have places", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...SHORT.split("\n"), "- ", "a: ", "&a ", "*a", "[", "{", "\n", "  "),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        for (const fault of faults(text)) expect(fault).toMatch(/^[1-9]\d*:[1-9]\d* ./);
      }),
      { seed: 42, numRuns: 300 },
    );
  });
});

describe("strategyDocument", () => {
  it.each([EXAMPLE, SHORT, SHORT.replace("[B365]", "[B365], moment: asof:-90s")])(
    "is itself a strategy file",
    (text) => {
      const strategy = parseStrategy(text, "s.yaml");
      expect(parseStrategy(JSON.stringify(strategyDocument(strategy)), "s.json")).toEqual(strategy);
    },
  );
});

describe("describeStrategy", () => {
  it("says in words what was understood", () => {
    expect(describeStrategy(parseStrategy(EXAMPLE, "s.yaml")).split("\n")).toEqual([
      "value-1x2: back what our model prices shorter than the early market",
      "back MATCH_ODDS in E0, E1, seasons 2015/16 to 2022/23",
      "probabilities from market-informed",
      "the best early price of PS, B365, books up to 10% over",
      "when the edge after 2% commission is from 3% to 30% and the price from 1.5 to 6",
      "only if goals for the home team, average of the last 5 games at home, at least 1.2",
      "only if the away team lose in all of the last 3 games",
      "stake 0.25 of Kelly, at most 50.00, from a bank of 1000.00",
      "risking at most a bet 50.00, a fixture 100.00, a day 300.00",
      "no further bet on a day that has lost 200.00",
      "judged by the closing prices of PS",
      "on paper only",
    ]);
  });
});
