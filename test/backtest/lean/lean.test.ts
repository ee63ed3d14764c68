import { describe, expect, it } from "vitest";
import { isLean } from "../../../src/backtest/lean/rules.js";
import { strategyOf } from "../../strategy/views.js";
import { expectAgreement } from "./agreement.js";

describe("the lean play", () => {
  it("strikes the very bets of the full play and makes the same money, to the minor unit", async () => {
    const { betting, bets, corrected } = await expectAgreement(25);
    expect(betting).toBeGreaterThan(12);
    expect(bets).toBeGreaterThan(120);
    expect(corrected).toBeGreaterThan(5);
  });

  it.each([
    ["staking: { method: kelly, fraction: 0.5, together: market }", false],
    ["staking: { method: kelly, fraction: 0.5, together: day }", false],
    ["staking: { method: kelly, fraction: 0.5 }", true],
  ])("leaves to the full play what columns cannot express: %s", (line, lean) => {
    expect(isLean(strategyOf(line))).toBe(lean);
  });
});
