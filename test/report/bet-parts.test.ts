import { describe, expect, it } from "vitest";
import { dayOf } from "../../src/core/day.js";
import { partsByBookmaker, partsByPrice, partsByWeekday, partsByYear } from "../../src/report/bet-parts.js";
import type { ReportBet } from "../../src/report/html/report-bet.js";
import { parametersOf } from "../../src/report/parameters.js";

const bet: ReportBet = {
  // A Saturday.
  day: dayOf(2022, 9, 3),
  league: "SIM1",
  home: "Amber Fen",
  away: "Jade Gorge",
  market: "MATCH_ODDS",
  runner: "HOME",
  line: "",
  side: "BACK",
  source: "PS",
  price: 2,
  edge: 0.05,
  stake: 10,
  profit: 10,
  clv: 0.02,
};
const bets: readonly ReportBet[] = [
  bet,
  { ...bet, price: 1.99, profit: -10, clv: null },
  { ...bet, day: dayOf(2023, 1, 2), source: "B365", price: 12, stake: 5, profit: -5, clv: -0.04 },
];

describe("parts of the bets", () => {
  it("are told apart by price, an end belonging to the band above it", () => {
    expect(partsByPrice(bets).map(({ name, bets: n, profit }) => [name, n, profit])).toEqual([
      ["1.5 to 2", 1, -10],
      ["2 to 2.5", 1, 10],
      ["10 or more", 1, -5],
    ]);
  });

  it("are told apart by year, weekday and bookmaker, in order", () => {
    expect(partsByYear(bets).map(({ name, bets: n }) => [name, n])).toEqual([
      ["2022", 2],
      ["2023", 1],
    ]);
    // 2 January 2023 was a Monday.
    expect(partsByWeekday(bets).map(({ name, bets: n }) => [name, n])).toEqual([
      ["Monday", 1],
      ["Saturday", 2],
    ]);
    expect(partsByBookmaker(bets).map(({ name, profit }) => [name, profit])).toEqual([
      ["B365", -5],
      ["PS", 0],
    ]);
  });

  it("have a yield and the mean of the closing line values that are known", () => {
    const [saturday] = partsByWeekday(bets).slice(-1);
    expect(saturday.roi.value).toBe(0);
    expect(saturday.clv.mean).toBe(0.02);
  });
});

describe("parametersOf", () => {
  it("lists every setting by its place in the file", () => {
    const strategy = {
      name: "x",
      leagues: ["E0", "E1"],
      entry: { edge: { min: 0.03 }, price: {} },
      filters: [{ kind: "minMatches", n: 3 }],
      live: { enabled: false },
    };
    expect(parametersOf(strategy).map(({ path, value }) => `${path} = ${value}`)).toEqual([
      "leagues = E0, E1",
      "entry.edge.min = 0.03",
      "entry.price = none",
      "filters.1.kind = minMatches",
      "filters.1.n = 3",
      "live.enabled = false",
    ]);
  });
});
