import { describe, expect, it } from "vitest";
import { expectAgreement } from "./agreement.js";

describe("the lean play", () => {
  it("is the full play, to the minor unit, for a thousand strategies", async () => {
    const { betting, bets } = await expectAgreement(1000);
    expect(betting).toBeGreaterThan(500);
    expect(bets).toBeGreaterThan(5000);
  }, 300_000);
});
