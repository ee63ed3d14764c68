import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edgeOf, kellyRisk } from "../../src/strategy/edge.js";
import { type Proposition, roomsOf, stakeOf, wantedStake } from "../../src/strategy/staking.js";
import type { Staking, StakingMethod } from "../../src/strategy/strategy.js";
import { fairProbability, layerShares, plainShares } from "../../src/strategy/view.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";

function staking(method: StakingMethod, maxStakeMinor: number | null = null): Staking {
  return { ...method, minStakeMinor: 1, maxStakeMinor };
}

function bet(overrides: Partial<Proposition> = {}): Proposition {
  return {
    side: "BACK",
    price: 2.5,
    shares: plainShares(0.5),
    commission: 0,
    bankMinor: 100_000,
    ...overrides,
  };
}

describe("edgeOf", () => {
  it.each([
    // 0.5 x 2.5 - 1.
    ["BACK", 0.5, 2.5, 0, 0.25],
    // 0.5 x (1 + 1.5 x 0.98) - 1.
    ["BACK", 0.5, 2.5, 0.02, 0.235],
    // (1 - 0.5) - 0.5 x 0.8, then with 5% off the win: 0.475 - 0.4.
    ["LAY", 0.5, 1.8, 0, 0.1],
    ["LAY", 0.5, 1.8, 0.05, 0.075],
  ] as const)("%s p %d at %d less %d: %d", (side, p, price, commission, expected) => {
    expect(edgeOf(side, plainShares(p), price, commission)).toBeCloseTo(expected, 14);
  });

  it("counts halves half and pushes nothing", () => {
    // (0.4 + 0.2/2) x 1 - (0.1 + 0.1/2) = 0.35; fair probability 0.5 / 0.65.
    const shares = { win: 0.4, halfWin: 0.2, push: 0.2, halfLoss: 0.1, loss: 0.1 };
    expect(edgeOf("BACK", shares, 2, 0)).toBeCloseTo(0.35, 14);
    expect(fairProbability(shares)).toBeCloseTo(0.5 / 0.65, 14);
    expect(edgeOf("BACK", shares, 1 / fairProbability(shares), 0)).toBeCloseTo(0, 14);
  });
});

describe.skipIf(!sharedAvailable)("kellyRisk against the reference", () => {
  interface Case {
    readonly odds: readonly number[];
    readonly probs: readonly number[];
    readonly single: readonly number[];
  }

  it("gives the single-outcome stakes of kelly_reference.json to 1e-12", () => {
    const cases = JSON.parse(readFileSync(sharedPath("reference", "kelly_reference.json"), "utf8")) as Case[];
    let compared = 0;
    for (const { odds, probs, single } of cases)
      for (const [index, expected] of single.entries()) {
        const risk = kellyRisk(plainShares(probs[index] ?? 0), (odds[index] ?? 0) - 1);
        expect(Math.abs(risk - expected)).toBeLessThan(1e-12);
        compared++;
      }
    expect(compared).toBe(23);
  });
});

describe("kellyRisk", () => {
  it("is the textbook value after commission", () => {
    // Even money less 5%: b = 0.95, (0.6 x 0.95 - 0.4) / 0.95.
    expect(kellyRisk(plainShares(0.6), 0.95)).toBeCloseTo(0.17 / 0.95, 14);
    // With a push only the decided part counts: (0.5 x 1 - 0.3) / (1 x 0.8).
    expect(kellyRisk({ win: 0.5, halfWin: 0, push: 0.2, halfLoss: 0, loss: 0.3 }, 1)).toBeCloseTo(0.25, 14);
  });

  it("makes growth largest with halves too", () => {
    const shares = { win: 0.35, halfWin: 0.2, push: 0.05, halfLoss: 0.1, loss: 0.3 };
    const odds = 1.1;
    const growth = (f: number): number =>
      0.35 * Math.log(1 + f * odds) +
      0.2 * Math.log(1 + (f * odds) / 2) +
      0.1 * Math.log(1 - f / 2) +
      0.3 * Math.log(1 - f);
    const best = kellyRisk(shares, odds);
    expect(best).toBeGreaterThan(0.05);
    for (const nearby of [best - 1e-3, best + 1e-3]) expect(growth(best)).toBeGreaterThan(growth(nearby));
  });

  it("agrees with the closed form where a half is next to nothing", () => {
    const shares = { win: 0.6, halfWin: 1e-13, push: 0, halfLoss: 0, loss: 0.4 - 1e-13 };
    expect(kellyRisk(shares, 1)).toBeCloseTo(0.2, 10);
  });
});

describe("wantedStake", () => {
  // Bank 1,000.00 throughout; in pence.
  it.each([
    ["flat back", { method: "flat", stakeMinor: 1000 }, bet(), 1000],
    ["flat lay is the backer's stake", { method: "flat", stakeMinor: 1000 }, bet({ side: "LAY" }), 1000],
    ["2% of the bank", { method: "percentage", percent: 2 }, bet(), 2000],
    // f = (0.5 x 1.5 - 0.5) / 1.5 = 1/6; a quarter of it of 100,000.
    ["quarter Kelly", { method: "kelly", fraction: 0.25, together: "single" }, bet(), 100_000 / 24],
    // b = 1.5 x 0.98 = 1.47, f = (0.735 - 0.5) / 1.47.
    [
      "Kelly after commission",
      { method: "kelly", fraction: 1, together: "single" },
      bet({ commission: 0.02 }),
      (100_000 * 0.235) / 1.47,
    ],
    // Lay 1.8 of p 0.5: b = 1 / 0.8, f = (0.5 x 1.25 - 0.5) / 1.25 = 0.1 of the bank at risk, stake = risk / 0.8.
    [
      "Kelly lay",
      { method: "kelly", fraction: 1, together: "single" },
      bet({ side: "LAY", price: 1.8 }),
      10_000 / 0.8,
    ],
    [
      "no edge, no Kelly",
      { method: "kelly", fraction: 1, together: "single" },
      bet({ shares: plainShares(0.4) }),
      0,
    ],
    ["liability back", { method: "liability", liabilityMinor: 2000 }, bet(), 2000],
    ["liability lay", { method: "liability", liabilityMinor: 2000 }, bet({ side: "LAY", price: 5 }), 500],
    // 10.00 to win at 2.5 less 2%: 1000 / 1.47.
    ["target profit", { method: "target-profit", profitMinor: 1000 }, bet({ commission: 0.02 }), 1000 / 1.47],
    [
      "target profit of a lay",
      { method: "target-profit", profitMinor: 950 },
      bet({ side: "LAY", commission: 0.05 }),
      1000,
    ],
  ] as const)("%s", (_, method, proposition, expected) => {
    expect(wantedStake(staking(method), proposition)).toBeCloseTo(expected, 8);
  });
});

describe("stakeOf", () => {
  const flat = { method: "flat", stakeMinor: 1000 } as const;
  it("rounds down to the penny", () => {
    const stake = stakeOf(staking({ method: "target-profit", profitMinor: 1000 }), bet(), []);
    // 1000 / 1.5 = 666.67.
    expect(stake).toEqual({ kind: "stake", stakeMinor: 666, riskMinor: 666, cut: null });
  });

  it("names the tightest cap", () => {
    const rooms = [
      { riskMinor: 900, rule: "perDay" },
      { riskMinor: 400, rule: "perFixture" },
    ];
    expect(stakeOf(staking(flat, 800), bet(), rooms)).toEqual({
      kind: "stake",
      stakeMinor: 400,
      riskMinor: 400,
      cut: "perFixture",
    });
    expect(stakeOf(staking(flat, 300), bet(), rooms)).toMatchObject({ stakeMinor: 300, cut: "maxStake" });
  });

  it("caps what a lay can lose, not its stake", () => {
    // 4.00 of room at a price of 5: a stake of 1.00 risks 4.00.
    const stake = stakeOf(staking(flat), bet({ side: "LAY", price: 5 }), [
      { riskMinor: 400, rule: "perBet" },
    ]);
    expect(stake).toEqual({ kind: "stake", stakeMinor: 100, riskMinor: 400, cut: "perBet" });
  });

  it("says why there is no stake", () => {
    expect(
      stakeOf(
        staking({ method: "kelly", fraction: 1, together: "single" }),
        bet({ shares: plainShares(0.3) }),
        [],
      ),
    ).toEqual({ kind: "none", reason: "staking asks for no stake" });
    expect(stakeOf(staking(flat), bet(), [{ riskMinor: 0, rule: "the bank" }])).toEqual({
      kind: "none",
      reason: "no room under the bank",
    });
    expect(stakeOf({ ...staking(flat), minStakeMinor: 2000 }, bet(), [])).toEqual({
      kind: "none",
      reason: "stake below the minimum",
    });
  });

  it("never risks more than any room, whatever is asked for", () => {
    const amount = fc.integer({ min: 1, max: 1_000_000 });
    const method = fc.oneof(
      amount.map((stakeMinor): StakingMethod => ({ method: "flat", stakeMinor })),
      fc.integer({ min: 1, max: 100 }).map((percent): StakingMethod => ({ method: "percentage", percent })),
      fc.constant<StakingMethod>({ method: "kelly", fraction: 1, together: "single" }),
      amount.map((liabilityMinor): StakingMethod => ({ method: "liability", liabilityMinor })),
      amount.map((profitMinor): StakingMethod => ({ method: "target-profit", profitMinor })),
    );
    const proposition = fc.record({
      side: fc.constantFrom("BACK" as const, "LAY" as const),
      price: fc.integer({ min: 101, max: 5000 }).map((price) => price / 100),
      shares: fc.double({ min: 0.01, max: 0.99, noNaN: true }).map(plainShares),
      commission: fc.constantFrom(0, 0.02, 0.05),
      bankMinor: amount,
    });
    const used = fc.record({ openMinor: amount, fixtureRiskMinor: amount, dayRiskMinor: amount });
    fc.assert(
      fc.property(method, proposition, used, amount, (chosen, wish, open, cap) => {
        const limits = {
          perBetMinor: cap,
          perFixtureMinor: 2 * cap,
          perDayMinor: 3 * cap,
          perDayLossMinor: null,
        };
        const rooms = roomsOf(limits, { bankMinor: wish.bankMinor, ...open });
        const stake = stakeOf(staking(chosen), wish, rooms);
        if (stake.kind === "none") return;
        expect(Number.isInteger(stake.stakeMinor)).toBe(true);
        for (const room of rooms) expect(stake.riskMinor).toBeLessThanOrEqual(room.riskMinor);
      }),
      { seed: 42, numRuns: 1000 },
    );
  });
});

describe("layerShares", () => {
  it("turns every outcome round", () => {
    const shares = { win: 0.1, halfWin: 0.2, push: 0.3, halfLoss: 0.15, loss: 0.25 };
    expect(layerShares(shares)).toEqual({ win: 0.25, halfWin: 0.15, push: 0.3, halfLoss: 0.2, loss: 0.1 });
  });
});
