import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VenueBook } from "../../src/exchange/venue.js";
import type { Bet } from "../../src/trader/bet.js";
import { PLANNED } from "../../src/trader/bet-state.js";
import { askControls, CONTROLS, type ControlCase, refusalOf } from "../../src/trader/controls.js";
import { DEFAULT_LIMITS } from "../../src/trader/limits.js";
import { MINIMUM_STAKES, minimumFault } from "../../src/trader/minimum-stake.js";
import { limitTick } from "../../src/trader/quoted.js";
import { stateAfter } from "../../src/trader/transition.js";
import { usageFor } from "../../src/trader/usage.js";
import { intent, NOON, order } from "./bets.js";
import { limitsHold } from "./limits-hold.js";

const wish = intent();
const offer = [{ tick: wish.tick, sizeMinor: 50_000 }];

function book(told: Partial<VenueBook> = {}): VenueBook {
  return {
    marketId: "1.1",
    status: "OPEN",
    inPlay: false,
    version: 1,
    betDelaySeconds: 0,
    pricedAt: NOON,
    ladder: "CLASSIC",
    marketBaseRate: 5,
    unreliable: false,
    runners: [
      { selectionId: 47, handicap: 0, status: "ACTIVE", toBack: offer, toLay: offer, lastTick: null },
    ],
    ...told,
  };
}

const NO_USE = {
  selectionMinor: 0,
  marketMinor: 0,
  fixtureMinor: 0,
  strategyMinor: 0,
  dayMinor: 0,
  accountMinor: 0,
  dayLossMinor: 0,
  unknown: 0,
  unknownInMarket: 0,
};

function given(told: Partial<ControlCase> = {}): ControlCase {
  return {
    intent: wish,
    limits: DEFAULT_LIMITS,
    usage: NO_USE,
    currency: "GBP",
    now: NOON,
    priceAgeMs: 100,
    book: book(),
    availableMinor: 100_000,
    betsThisRun: 0,
    halted: null,
    ...told,
  };
}

const limits = (told: Partial<typeof DEFAULT_LIMITS>) => ({ ...DEFAULT_LIMITS, ...told });
const [runner] = book().runners as [VenueBook["runners"][number]];

/** One case for every control, refused by that one and by none before it. The stake is 10.00 at 3.00. */
const REFUSED: Readonly<Record<string, Partial<ControlCase>>> = {
  halt: { halted: "trading was stopped" },
  "unknown-in-total": { usage: { ...NO_USE, unknown: 4 } },
  "unknown-in-market": { usage: { ...NO_USE, unknown: 1, unknownInMarket: 1 } },
  "market-open": { book: book({ status: "SUSPENDED" }) },
  "runner-active": { book: book({ runners: [{ ...runner, status: "REMOVED" }] }) },
  "price-age": { priceAgeMs: 30_001 },
  "time-to-off": { now: wish.startsAt - 59_000 },
  // 3.00 to 2.94 is 3% of the net odds of 2.00; the limit is 2%.
  "price-drift": {
    book: book({ runners: [{ ...runner, toBack: [{ tick: wish.tick - 3, sizeMinor: 1 }] }] }),
  },
  ladder: { intent: { ...wish, price: 3.01 } },
  "minimum-stake": { intent: { ...wish, sizeMinor: 99 } },
  "bets-per-run": { betsThisRun: 50 },
  "per-bet": { limits: limits({ perBetMinor: 999 }) },
  "per-selection": { limits: limits({ perSelectionMinor: 1500 }), usage: { ...NO_USE, selectionMinor: 501 } },
  "per-market": { limits: limits({ perMarketMinor: 1500 }), usage: { ...NO_USE, marketMinor: 501 } },
  "per-fixture": { limits: limits({ perFixtureMinor: 1500 }), usage: { ...NO_USE, fixtureMinor: 501 } },
  "per-strategy": { limits: limits({ perStrategyMinor: 1500 }), usage: { ...NO_USE, strategyMinor: 501 } },
  "per-day": { limits: limits({ perDayMinor: 1500 }), usage: { ...NO_USE, dayMinor: 501 } },
  account: { limits: limits({ accountMinor: 1500 }), usage: { ...NO_USE, accountMinor: 501 } },
  "daily-loss": {
    limits: limits({ maxDailyLossMinor: 1500 }),
    usage: { ...NO_USE, dayLossMinor: 400, accountMinor: 101 },
  },
  funds: { availableMinor: 999 },
};

describe("the controls", () => {
  it("all pass a bet that has nothing against it", () => {
    expect(askControls(given())).toEqual(CONTROLS.map(({ name }) => ({ control: name, refusal: null })));
  });

  it("each refuse their own case, and stop there", () => {
    expect(Object.keys(REFUSED)).toEqual(CONTROLS.map(({ name }) => name));
    for (const [name, told] of Object.entries(REFUSED))
      expect([name, refusalOf(askControls(given(told)))?.control]).toEqual([name, name]);
  });

  it("let the very limit pass", () => {
    const usage = { ...NO_USE, dayMinor: 500 };
    expect(refusalOf(askControls(given({ limits: limits({ perDayMinor: 1500 }), usage })))).toBeNull();
    expect(refusalOf(askControls(given({ priceAgeMs: 30_000 })))).toBeNull();
  });

  it("count what a lay can lose, not its stake", () => {
    const lay = { ...wish, side: "lay" as const };
    const refusal = refusalOf(askControls(given({ intent: lay, limits: limits({ perBetMinor: 1999 }) })));
    expect(refusal?.refusal).toBe("a bet would risk 20.00, the limit is 19.99");
  });

  it("take a better price for no drift", () => {
    const better = book({ runners: [{ ...runner, toBack: [{ tick: wish.tick + 20, sizeMinor: 1 }] }] });
    expect(refusalOf(askControls(given({ book: better })))).toBeNull();
  });
});

describe("the minimum stake", () => {
  it("is a size or a payout, by currency", () => {
    // exchange.md section 3: GBP 1, or a payout of 10: 0.20 at 50 pays 10.00.
    expect(minimumFault("GBP", 100, 2)).toBeNull();
    expect(minimumFault("GBP", 20, 50)).toBeNull();
    expect(minimumFault("GBP", 20, 48)).toContain("under the minimum of 1.00");
    expect(minimumFault("XXX", 100_000, 2)).toContain("no minimum stake is known");
    expect(Object.keys(MINIMUM_STAKES)).toHaveLength(13);
  });
});

describe("the tick of a limit", () => {
  it("is never worse than the price, on either ladder and side", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1010, max: 900_000 }).map((thousandths) => thousandths / 1000),
        fc.constantFrom("CLASSIC" as const, "FINEST" as const),
        (price, ladder) => {
          const [back, lay] = [limitTick(ladder, "back", price), limitTick(ladder, "lay", price)];
          return back >= lay && back - lay <= 1;
        },
      ),
      { seed: 42, numRuns: 500 },
    );
  });
});

describe("usage", () => {
  const bet = (
    told: Parameters<typeof intent>[0],
    ...events: Parameters<typeof stateAfter>[1][number][]
  ): Bet => ({
    intent: intent(told),
    state: stateAfter(PLANNED, [{ kind: "intended", at: NOON }, ...events], 1000),
    intendedAt: NOON,
    verdicts: [],
  });
  const sending = { kind: "sending", at: NOON, customerRef: "r" } as const;

  it("counts what is on its way and what is unknown in full, and what stands by its parts", () => {
    const unknown = bet({ key: "a" }, sending, { kind: "unknown", at: NOON, code: "TIMEOUT" });
    const half = bet({ key: "b", selectionId: 48 }, sending, {
      kind: "seen",
      at: NOON,
      order: order("b1", 400, { remainingMinor: 0, lapsedMinor: 600 }),
    });
    const gone = bet({ key: "c" }, sending, { kind: "rejected", at: NOON, code: "X" });
    const usage = usageFor([unknown, half, gone], wish, NOON, 700);
    expect(usage).toEqual({
      selectionMinor: 1000,
      marketMinor: 1400,
      fixtureMinor: 1400,
      strategyMinor: 1400,
      dayMinor: 1400,
      accountMinor: 2100,
      dayLossMinor: 0,
      unknown: 1,
      unknownInMarket: 1,
    });
  });

  it("adds the day's settled losses to what is open", () => {
    const lost = bet(
      { key: "d" },
      sending,
      { kind: "seen", at: NOON, order: order("d1", 1000) },
      {
        kind: "settled",
        at: NOON,
        facts: { betId: "d1", settledAt: NOON, settledMinor: 1000, priceMatched: 3, profitMinor: -1000 },
      },
    );
    expect(usageFor([lost], wish, NOON, 0)).toMatchObject({
      dayLossMinor: 1000,
      dayMinor: 1000,
      accountMinor: 0,
    });
    expect(usageFor([lost], wish, NOON + 86_400_000, 0)).toMatchObject({ dayLossMinor: 0, dayMinor: 0 });
  });
});

describe("limits", () => {
  it("hold over random sequences of offers, replies and silences", async () => {
    expect(await limitsHold({ seed: 42, sequences: 40 })).toMatchObject({ broken: 0 });
  });
});
