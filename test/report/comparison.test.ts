import { describe, expect, it } from "vitest";
import { comparedBetRows, compareRuns } from "../../src/report/comparison.js";
import { comparisonText } from "../../src/report/comparison-text.js";
import { comparisonVerdict } from "../../src/report/comparison-verdict.js";
import type { BacktestReport } from "../../src/report/html/backtest-report.js";
import { comparisonPage } from "../../src/report/html/comparison.js";
import { bet, document, report, skeleton } from "./support/specimen.js";

const other: BacktestReport = {
  ...report(),
  document: {
    ...document,
    strategy: { name: "other", entry: { edge: 0.1 } },
    strategyHash: "cc",
    profit: 8,
    roi: { value: 0.4, low: -0.2, high: 1 },
  },
  // The first bet of the specimen at another stake, and one that the specimen has not.
  bets: [
    { ...bet("Amber Fen", "30.00"), stake: "20.00" },
    { ...bet("Coral Bay", "-7.00"), date: "2022-09-10" },
  ],
};

describe("compareRuns", () => {
  const comparison = compareRuns(["a", report()], ["b", other]);

  it("finds the bets in common and apart, each twin once", () => {
    // The specimen holds the same selection twice; the other run only once.
    expect(comparison.common.map(({ first, second }) => [first.profit, second.profit])).toEqual([[15, 30]]);
    expect(comparison.onlyFirst.map(({ profit }) => profit)).toEqual([-10]);
    expect(comparison.onlySecond.map(({ home }) => home)).toEqual(["Coral Bay"]);
    expect(
      comparedBetRows(comparison).map(({ in: where, firstStake, secondStake }) => [
        where,
        firstStake,
        secondStake,
      ]),
    ).toEqual([
      ["both", 10, 20],
      ["first", 10, null],
      ["second", null, 10],
    ]);
  });

  it("takes the second less the first", () => {
    const figure = (name: string) => comparison.figures.find((one) => one.name === name);
    // From the bets: 23 won of 30 staked less 5 of 20. The headline figures themselves are the documents'.
    expect(figure("yield")?.difference.value).toBeCloseTo(23 / 30 - 5 / 20, 12);
    expect(figure("yield")?.second).toEqual({ value: 0.4, low: -0.2, high: 1 });
    expect(figure("profit")?.difference.value).toBe(18);
    expect(figure("longest losing run")?.difference).toEqual({ value: 0, low: null, high: null });
  });

  it("names the settings that differ and what makes the runs hard to compare", () => {
    expect(comparison.parameters).toEqual([{ path: "entry.edge", first: null, second: "0.1" }]);
    expect(comparison.cautions).toEqual([]);
    const later = { ...other.document, period: { from: "2023-01-01", to: "2023-02-01" }, dataHash: "dd" };
    expect(compareRuns(["a", report()], ["b", { ...other, document: later }]).cautions).toEqual([
      "the periods differ: 2022-08-12 to 2023-05-06 against 2023-01-01 to 2023-02-01; sums are not comparable",
      "they did not read the same data: other leagues, or a database that has changed",
    ]);
  });
});

describe("comparisonVerdict", () => {
  it("speaks for a run only when an interval stands clear of zero", () => {
    const { figures, ...rest } = compareRuns(["a", report()], ["b", other]);
    const judged = (roi: readonly [number, number], clv: readonly [number, number]) =>
      comparisonVerdict({
        ...rest,
        figures: figures.map((figure) => {
          const [low, high] = figure.name === "yield" ? roi : clv;
          return { ...figure, difference: { value: (low + high) / 2, low, high } };
        }),
      }).headline;
    expect(judged([-0.1, 0.1], [-0.1, 0.1])).toBe("These data cannot tell the two apart");
    expect(judged([0.01, 0.1], [0.01, 0.1])).toBe("Return and closing line both speak for b");
    expect(judged([-0.2, -0.1], [0.01, 0.1])).toBe("The return speaks for a, the closing line for b");
    expect(judged([-0.1, 0.1], [-0.2, -0.1])).toBe(
      "The returns may differ by luck; a took the better prices",
    );
  });
});

describe("comparisonPage", () => {
  const page = comparisonPage(["a", report()], ["b", other]);

  it("draws both curves and needs nothing from outside", () => {
    expect(page.match(/<path class="line accent"/g)).toHaveLength(2);
    expect(page.match(/<path class="line second"/g)).toHaveLength(2);
    expect(page).not.toMatch(/<script|<link|<img|url\(|NaN|undefined/);
  });

  it("lets no name become markup", () => {
    const payload = `"><img src=x onerror=alert(1)>`;
    expect(skeleton(comparisonPage([payload, report(payload)], ["b", other]))).toEqual(
      // With another home name no bet is common: the same page as with any other name.
      skeleton(comparisonPage(["a", report("Nobody")], ["b", other])),
    );
  });

  it("stands without bets", () => {
    const none = { ...report(), bets: [], equity: report().equity.slice(0, 1) };
    const empty = comparisonPage(["a", none], ["b", none]);
    expect(empty).not.toMatch(/NaN|undefined|<svg/);
  });
});

describe("comparisonText", () => {
  const text = comparisonText(compareRuns(["a", report()], ["b", other]), { width: null, color: false });

  it("shows figures, banks, settings and bets, without an escape", () => {
    expect(text).toMatch(/profit +5\.00 +8\.00 +\+18\.00/);
    expect(text).toMatch(/entry\.edge +– +0\.1/);
    expect(text).toMatch(/in both, as a +1 +10\.00 +15\.00/);
    expect(text).not.toContain("\u001b");
  });
});
