import { describe, expect, it } from "vitest";
import { prepareInTurn } from "../../src/backtest/backtest.js";
import { type ModelContext, type ModelEntry, modelsOf } from "../../src/backtest/model.js";
import { strategyOf } from "../strategy/views.js";
import { constantModel, registry, sha256 } from "./models.js";
import { early, memory, type Row } from "./source.js";

const PRICES = { prices: [early("B365", 2.2, 3.6, 3.4)], score: "1-0" };
const ROWS: Row[] = [
  { day: "2015-08-15", league: "E0", home: "Ash", away: "Birch", ...PRICES },
  { day: "2015-08-15", league: "E1", home: "Cedar", away: "Dogwood", ...PRICES },
];

/** The contexts that a model was made with, by league. */
async function contextsOf(tiers: Readonly<Record<string, number>>, market: boolean) {
  const source = memory(ROWS);
  const tiered = {
    ...source,
    leagues: async () =>
      (await source.leagues()).map((league) => ({ ...league, tier: tiers[league.code] ?? null })),
  };
  const contexts = new Map<string, ModelContext | undefined>();
  const model: ModelEntry = {
    ...constantModel(0.5, 0.25),
    uses: { market, statistics: false },
    create: (division, parameters, context) => {
      contexts.set(division.league, context);
      return constantModel(0.5, 0.25).create(division, parameters);
    },
  };
  const strategy = strategyOf("leagues: [E0, E1]");
  await prepareInTurn(tiered, sha256)(strategy, modelsOf(strategy, registry(model)));
  return { contexts, fixtures: source.fixtureList };
}

describe("the divisions around a league", () => {
  it("are told to a model of a second tier that learns from the market, as when odds are compiled", async () => {
    const { contexts, fixtures } = await contextsOf({ E0: 1, E1: 2 }, true);
    const top = fixtures.find(({ league }) => league === "E0");
    expect(contexts.get("E1")?.neighbours).toEqual([
      { league: "E0", tier: 1, clubs: new Map([[2015, new Set([top?.home.id, top?.away.id])]]) },
    ]);
    expect(contexts.get("E0")?.neighbours).toEqual([]);
  });

  it("are not read for a model of goals alone", async () => {
    const { contexts } = await contextsOf({ E0: 1, E1: 2 }, false);
    expect(contexts.get("E1")?.neighbours).toEqual([]);
  });
});
