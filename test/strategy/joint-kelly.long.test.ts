import { describe, expect, it } from "vitest";
import { considerSlot, decide } from "../../src/strategy/decide.js";
import { jointRisks, type KellyWish } from "../../src/strategy/joint-kelly.js";
import { plainShares } from "../../src/strategy/view.js";
import { matchOdds, offer, strategyOf, viewOf } from "./views.js";

function wish(group: string, price: number, probability: number, side: "BACK" | "LAY" = "BACK"): KellyWish {
  return { group, side, price, shares: plainShares(probability), commission: 0 };
}

describe("jointRisks", () => {
  it("takes each bet by itself when told so", () => {
    // (p b - q) / b: 0.1 at evens with 0.55; 0.2 at evens with 0.6.
    const risks = jointRisks([wish("a", 2, 0.55), wish("b", 2, 0.6)], "single");
    expect(risks[0]).toBeCloseTo(0.1, 12);
    expect(risks[1]).toBeCloseTo(0.2, 12);
  });

  it("takes the runners of one market as one", () => {
    // Prices 2.5 and 4 with 0.5 and 0.3: reserve (1 - 0.8) / (1 - 0.4 - 0.25) = 4/7, f = p - R / price.
    const risks = jointRisks([wish("a", 2.5, 0.5), wish("a", 4, 0.3), wish("b", 2, 0.55)], "market");
    expect(risks[0]).toBeCloseTo(0.5 - 4 / 7 / 2.5, 12);
    expect(risks[1]).toBeCloseTo(0.3 - 4 / 7 / 4, 12);
    expect(risks[2]).toBeCloseTo(0.1, 12);
  });

  it("takes two even bets of one day as one: f = e / (1 + e^2) by symmetry", () => {
    // Stakes f each: win both 2f, lose both -2f, else 0. d/df of p^2 log(1+2f) + q^2 log(1-2f) is zero at
    // 2f = (p^2 - q^2) / (p^2 + q^2) = e / ((1 + e^2) / 2) / 1, with p + q = 1 and e = p - q: f = e / (1 + e^2).
    const e = 0.2;
    for (const risk of jointRisks([wish("a", 2, 0.6), wish("b", 2, 0.6)], "day"))
      expect(risk).toBeCloseTo(e / (1 + e * e), 9);
  });

  it("sees a lay as a back of the other side", () => {
    const risks = jointRisks([wish("a", 2, 0.4, "LAY"), wish("b", 2, 0.6)], "day");
    expect(risks[0]).toBeCloseTo(risks[1] ?? 0, 9);
    expect(risks[0]).toBeCloseTo(0.2 / 1.04, 9);
  });

  it("never asks for more than the bank, however many bets there are", () => {
    const many = Array.from({ length: 25 }, (_, index) => wish(String(index), 2, 0.6));
    const total = jointRisks(many, "day").reduce((sum, risk) => sum + risk, 0);
    expect(total).toBeLessThanOrEqual(1 + 1e-12);
    expect(jointRisks([], "day")).toEqual([]);
  });

  it("leaves a bet without an edge alone", () => {
    expect(jointRisks([wish("a", 2, 0.4), wish("b", 2, 0.6)], "day")[0]).toBe(0);
  });
});

describe("considerSlot", () => {
  const strategy = (...lines: string[]) => strategyOf("runners: [HOME]", "bank: 1000", ...lines);
  const second = (id: number) => {
    const view = viewOf();
    return { ...view, fixture: { ...view.fixture, id } };
  };
  // Evens at 0.6.
  const book = matchOdds([0.6, 0.25, 0.15], [[offer(2)], [offer(4)], [offer(5)]]);

  it("stakes the bets of one instant as one", () => {
    const views = [1, 2].map((id) => ({ ...second(id), books: [book] }));
    const joint = considerSlot(strategy("staking: { method: kelly, together: day }"), views);
    // Bank 100.00: 0.2 / 1.04 of it each, rounded down.
    expect(joint.map(({ intents }) => intents[0]?.stakeMinor)).toEqual([1923, 1923]);
    const single = considerSlot(strategy("staking: { method: kelly }"), views);
    expect(single.map(({ intents }) => intents[0]?.stakeMinor)).toEqual([2000, 2000]);
  });

  it("counts the bets of the slot against the day's limit and the bank, in order", () => {
    const views = [1, 2, 3].map((id) => ({ ...second(id), books: [book] }));
    const limited = considerSlot(
      strategy("staking: { method: flat, stake: 40 }", "limits: { perDay: 70 }"),
      views,
    );
    expect(limited.map(({ intents }) => intents[0]?.stakeMinor)).toEqual([4000, 3000, undefined]);
    const banked = considerSlot(strategy("staking: { method: flat, stake: 60 }"), views);
    expect(banked.map(({ intents }) => intents[0]?.stakeMinor)).toEqual([6000, 4000, undefined]);
  });

  it("decides a single fixture as decide does", () => {
    const view = { ...second(1), books: [book] };
    const own = strategy("staking: { method: kelly, together: market }");
    expect(considerSlot(own, [view])[0]?.intents).toEqual(decide(own, view));
  });
});
