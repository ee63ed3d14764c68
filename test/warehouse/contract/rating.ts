import { describe, expect, it } from "vitest";
import type { CompiledPrice, StoredRating, StoredRun, Warehouse } from "../../../src/warehouse/port.js";
import { file, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

async function oneMatch(open: OpenWarehouse): Promise<{ warehouse: Warehouse; ratings: StoredRating[] }> {
  const warehouse = await open();
  await warehouse.writeFile(file([record()]));
  const [fixture] = await warehouse.fixtures({});
  if (!fixture) throw new Error("the fixture was not stored");
  const rating = {
    algorithm: "elo",
    fixtureId: fixture.id,
    day: fixture.day,
    attackBefore: 0,
    defenceBefore: 0,
  };
  const ratings = [fixture.home, fixture.away].map(
    (team, i): StoredRating => ({ ...rating, team, attackAfter: 0.1 - i * 0.2, defenceAfter: 0.05 }),
  );
  return { warehouse, ratings };
}

function compiled(told: Partial<CompiledPrice> = {}): CompiledPrice {
  return {
    fixtureId: 1,
    market: "MATCH_ODDS",
    runner: "HOME",
    line: 0,
    model: "poisson",
    modelVersion: "poisson@1",
    asOf: 1000,
    probability: 0.5,
    low: 0.45,
    high: 0.55,
    fairPrice: 2,
    ...told,
  };
}

const run: StoredRun = {
  command: "backtest",
  name: "value-1x2",
  startedAt: 5,
  version: "0.1.0",
  dataHash: "d",
  configHash: "c",
  seed: 42,
  document: '{"bets":2}',
  detail: "{}",
};

export function ratingContract(open: OpenWarehouse): void {
  describe("ratings", () => {
    it("are replaced when they differ, home before away", async () => {
      const { warehouse, ratings } = await oneMatch(open);
      expect(await warehouse.writeRatings(ratings)).toEqual({ new: 2, changed: 0, same: 0 });
      expect(await warehouse.ratings({ algorithm: "elo" })).toEqual(ratings);
      const next = ratings.map((rating, i) => ({
        ...rating,
        attackAfter: i === 0 ? 0.3 : rating.attackAfter,
      }));
      expect(await warehouse.writeRatings(next)).toEqual({ new: 0, changed: 1, same: 1 });
      expect(await warehouse.ratings({ algorithm: "elo" })).toEqual(next);
    });

    it("are found by algorithm, league, club and day, without the day itself", async () => {
      const { warehouse, ratings } = await oneMatch(open);
      await warehouse.writeRatings(ratings);
      const day = ratings[0]?.day ?? 0;
      const count = async (query: Parameters<Warehouse["ratings"]>[0]): Promise<number> =>
        (await warehouse.ratings(query)).length;
      expect(await count({ algorithm: "pi" })).toBe(0);
      expect(await count({ algorithm: "elo", league: "E0", team: "Burnley" })).toBe(1);
      expect(await count({ algorithm: "elo", league: "E1" })).toBe(0);
      expect(await count({ algorithm: "elo", asOf: day })).toBe(0);
      expect(await count({ algorithm: "elo", asOf: day + 1 })).toBe(2);
    });
  });

  describe("compiled odds", () => {
    it("are appended, and the latest known counts", async () => {
      const { warehouse } = await oneMatch(open);
      const later = compiled({ asOf: 2000, probability: 0.6, fairPrice: 1 / 0.6 });
      expect(await warehouse.writeCompiledOdds([compiled(), later])).toEqual({ new: 2, changed: 0, same: 0 });
      expect(await warehouse.writeCompiledOdds([compiled(), later])).toEqual({ new: 0, changed: 0, same: 2 });
      expect(await warehouse.compiledOdds({})).toEqual([later]);
      expect(await warehouse.compiledOdds({ asOf: 1999 })).toEqual([compiled()]);
      expect(await warehouse.compiledOdds({ asOf: 999 })).toEqual([]);
    });

    it("of the same instant that differ are a further revision", async () => {
      const { warehouse } = await oneMatch(open);
      await warehouse.writeCompiledOdds([compiled()]);
      const other = compiled({ low: null, high: null, probability: 0.4, fairPrice: 2.5 });
      expect(await warehouse.writeCompiledOdds([other])).toEqual({ new: 0, changed: 1, same: 0 });
      expect(await warehouse.compiledOdds({})).toEqual([other]);
      expect(await warehouse.counts()).toMatchObject({ compiledOdds: 2 });
    });

    it("of several models and selections stand side by side", async () => {
      const { warehouse } = await oneMatch(open);
      const prices = [compiled(), compiled({ runner: "AWAY" }), compiled({ modelVersion: "poisson@2" })];
      await warehouse.writeCompiledOdds(prices);
      expect(await warehouse.compiledOdds({ leagues: ["E0"] })).toHaveLength(3);
    });
  });

  describe("runs", () => {
    it("come back latest first, without their documents", async () => {
      const warehouse = await open();
      const first = await warehouse.writeRun(run);
      const second = await warehouse.writeRun({ ...run, command: "evaluate" });
      expect(second).toBeGreaterThan(first);
      expect((await warehouse.runs()).map(({ id }) => id)).toEqual([second, first]);
      expect(await warehouse.runs({ command: "backtest" })).toEqual([
        { ...run, id: first, document: "", detail: "" },
      ]);
      expect(await warehouse.runs({ limit: 1 })).toHaveLength(1);
    });

    it("come back whole when asked", async () => {
      const warehouse = await open();
      await warehouse.writeRun(run);
      const id = await warehouse.writeRun({ ...run, name: "second" });
      expect(await warehouse.runs({ id, whole: true })).toEqual([{ ...run, name: "second", id }]);
    });
  });
}
