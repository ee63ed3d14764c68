import { describe, expect, it } from "vitest";
import { consider, decide } from "../../src/strategy/decide.js";
import { plainShares } from "../../src/strategy/view.js";
import { matchOdds, offer, SLOT, strategyOf, viewOf } from "./views.js";

describe("decide", () => {
  it("bets where the edge is, with everything an audit needs", () => {
    // Home 0.5 x 2.2 - 1 = 10%; draw 0.25 x 3.6 - 1 = -10%; away -15%.
    expect(decide(strategyOf("entry: { edge: { min: 0.05 } }"), viewOf())).toEqual([
      {
        fixtureId: 7,
        market: "MATCH_ODDS",
        runner: "HOME",
        line: 0,
        side: "BACK",
        asOf: SLOT,
        price: 2.2,
        quotedPrice: 2.2,
        source: "B365",
        observedAt: SLOT,
        probability: 0.5,
        edge: expect.closeTo(0.1, 12),
        stakeMinor: 1000,
        liabilityMinor: 1000,
        modelVersion: "stub",
        because: "edge 10.00% at 2.2 with B365; ours 0.5000 against 0.4545; flat",
      },
    ]);
  });

  it.each([
    ["edge met exactly", "entry: { edge: { min: 0.1, max: 0.1 } }", 1],
    ["edge just missed", "entry: { edge: { min: 0.1001 } }", 0],
    ["price met exactly", "entry: { price: { min: 2.2, max: 2.2 } }", 1],
    ["price below", "entry: { price: { min: 2.21, max: 3 } }", 0],
    ["runner left out", "runners: [DRAW]", 1],
    ["every runner without a rule", "entry: {}", 3],
    ["other market", "markets: [OVER_UNDER_25]", 0],
  ])("%s", (_, line, bets) => {
    expect(decide(strategyOf(line), viewOf())).toHaveLength(bets);
  });

  it("counts commission in the edge", () => {
    // 0.5 x (1 + 1.2 x 0.95) - 1 = 7%.
    const [intent] = decide(strategyOf("commission: 0.05", "entry: { edge: { min: 0.05 } }"), viewOf());
    expect(intent?.edge).toBeCloseTo(0.07, 12);
  });

  it("takes the best price first and applies the price range after", () => {
    const books = [
      matchOdds(
        [0.5, 0.25, 0.25],
        [
          [offer(2.2), offer(2.6, { source: "PS" })],
          [offer(3.6), offer(3.3, { source: "PS" })],
          [offer(3.4), offer(3.3, { source: "PS" })],
        ],
      ),
    ];
    const both = "prices: { sources: [B365, PS] }";
    expect(decide(strategyOf(both, "runners: [HOME]"), viewOf({ books }))[0]).toMatchObject({
      price: 2.6,
      source: "PS",
    });
    // 2.6 is outside 2.0 to 2.5: B365's 2.2 must not slip in for it.
    expect(
      decide(
        strategyOf(both, "runners: [HOME]", "entry: { price: { min: 2, max: 2.5 } }"),
        viewOf({ books }),
      ),
    ).toEqual([]);
  });

  it("prefers the source named first at equal prices", () => {
    const books = [
      matchOdds(
        [0.5, 0.25, 0.25],
        [3, 3, 3].map(() => [offer(3, { source: "PS" }), offer(3)]),
      ),
    ];
    const [first] = decide(strategyOf("prices: { sources: [B365, PS] }"), viewOf({ books }));
    expect(first?.source).toBe("B365");
  });

  it("leaves out books that are not sane, incomplete, or of other sources", () => {
    const strategy = strategyOf("prices: { sources: [B365], maxOverround: 0.05 }");
    // 1/2.2 + 1/3.6 + 1/3.4 = 1.0264; with 3.0 for the draw 1.0820.
    expect(decide(strategy, viewOf())).toHaveLength(3);
    const fat = viewOf({ books: [matchOdds([0.5, 0.25, 0.25], [[offer(2.2)], [offer(3)], [offer(3.4)]])] });
    expect(consider(strategy, fat).refusals[0]).toEqual({ kind: "book", text: "B365 book sums to 1.082" });
    const torn = viewOf({ books: [matchOdds([0.5, 0.25, 0.25], [[offer(2.2)], [], [offer(3.4)]])] });
    expect(consider(strategy, torn)).toMatchObject({
      intents: [],
      refusals: [{ text: "B365 book is incomplete" }, {}, {}, {}],
    });
    expect(decide(strategyOf("prices: { sources: [WH] }"), viewOf())).toEqual([]);
  });

  it("lays at lay prices only, and states the liability", () => {
    const lay = (price: number) => offer(price, { side: "LAY" });
    const books = [
      matchOdds(
        [0.4, 0.3, 0.3],
        [
          [offer(2.2), lay(2.25)],
          [offer(3.6), lay(3.7)],
          [offer(3.4), lay(3.5)],
        ],
      ),
    ];
    const [home] = decide(strategyOf("side: lay", "entry: { edge: { min: 0.05 } }"), viewOf({ books }));
    // (1 - 0.4) - 0.4 x 1.25 = 0.1; 10.00 laid at 2.25 can lose 12.50.
    expect(home).toMatchObject({
      side: "LAY",
      price: 2.25,
      edge: expect.closeTo(0.1, 12),
      stakeMinor: 1000,
      liabilityMinor: 1250,
    });
    expect(decide(strategyOf("side: lay"), viewOf())).toEqual([]);
  });

  it("shares the caps among the bets of a fixture", () => {
    const strategy = strategyOf("limits: { perFixture: 15 }");
    expect(decide(strategy, viewOf()).map(({ stakeMinor }) => stakeMinor)).toEqual([1000, 500]);
    expect(consider(strategy, viewOf()).refusals).toEqual([
      { kind: "stake", text: "no room under perFixture" },
    ]);
  });

  it("counts what is open against the bank and the day", () => {
    const account = { bankMinor: 10_000, openMinor: 9500, dayRiskMinor: 2000, dayLossMinor: 0 };
    expect(decide(strategyOf(), viewOf({ account })).map(({ stakeMinor }) => stakeMinor)).toEqual([500]);
    const strategy = strategyOf("limits: { perDay: 22 }");
    expect(decide(strategy, viewOf({ account: { ...account, openMinor: 0 } }))[0]).toMatchObject({
      stakeMinor: 200,
    });
  });

  it("stops for the day after its loss, at the limit itself", () => {
    const strategy = strategyOf("limits: { perDayLoss: 20 }");
    const lost = (dayLossMinor: number) =>
      viewOf({ account: { bankMinor: 10_000, openMinor: 0, dayRiskMinor: 0, dayLossMinor } });
    expect(decide(strategy, lost(1999))).toHaveLength(3);
    expect(consider(strategy, lost(2000))).toEqual({
      intents: [],
      refusals: [{ kind: "day-loss", text: "20.00 lost on this day" }],
    });
  });

  it("takes no more than was on offer", () => {
    const books = [matchOdds([0.5, 0.25, 0.25], [[offer(2.2, { size: 3 })], [offer(3.6)], [offer(3.4)]])];
    const [home] = decide(strategyOf(), viewOf({ books }));
    expect(home).toMatchObject({
      stakeMinor: 300,
      because: expect.stringContaining("cut by the size on offer"),
    });
  });

  it("gives reasons instead of bets: no forecast, no chance, too few games", () => {
    expect(consider(strategyOf(), viewOf({ refusal: "no history" }))).toEqual({
      intents: [],
      refusals: [{ kind: "no-forecast", text: "no history" }],
    });
    const books = [
      { ...matchOdds([0, 0, 0], []), runners: [{ runner: "HOME", chance: null, offers: [offer(2)] }] },
    ];
    expect(consider(strategyOf(), viewOf({ books })).intents).toEqual([]);
    const filtered = strategyOf(
      "filters: [{ team: home, result: win, games: 3 }, { team: away, result: lose, games: 2 }]",
    );
    expect(consider(filtered, viewOf()).refusals).toEqual([
      { kind: "too-few-games", text: "home has 0 known games; 3 needed" },
      { kind: "too-few-games", text: "away has 0 known games; 2 needed" },
    ]);
  });

  it("depends on nothing but its arguments", () => {
    const view = viewOf();
    expect(decide(strategyOf(), view)).toEqual(decide(strategyOf(), structuredClone(view)));
    expect(plainShares(0.3)).toEqual({ win: 0.3, halfWin: 0, push: 0, halfLoss: 0, loss: 0.7 });
  });
});
