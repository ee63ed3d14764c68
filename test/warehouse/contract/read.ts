import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { compareKickOff } from "../../../src/domain/fixture.js";
import type { Warehouse } from "../../../src/warehouse/port.js";
import { CLUBS, file, record, seasonRecords } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const E1 = { code: "E1", name: "Championship", country: "England", tier: 2 } as const;

async function twoLeagues(open: OpenWarehouse): Promise<Warehouse> {
  const warehouse = await open();
  const shape = { books: ["B365"], clubs: CLUBS.slice(0, 6) };
  await warehouse.writeFile(file(seasonRecords(shape)));
  await warehouse.writeFile(file(seasonRecords({ ...shape, season: 2015 })));
  const second = seasonRecords({ ...shape, league: "E1", clubs: CLUBS.slice(6) });
  await warehouse.writeFile(file(second, { leagues: [E1] }));
  const ahead = { goals: null, season: 2015, day: dayOf(2016, 5, 1), minutes: null } as const;
  await warehouse.writeFile(file([record({ ...ahead, away: "Man City" })]));
  return warehouse;
}

/** 6 clubs: 30 matches a season. */
const MATCHES = 30;

export function readContract(open: OpenWarehouse): void {
  describe("reading", () => {
    it("gives fixtures in kick-off order", async () => {
      const warehouse = await twoLeagues(open);
      const fixtures = await warehouse.fixtures({});
      expect(fixtures).toHaveLength(3 * MATCHES + 1);
      expect([...fixtures].sort(compareKickOff)).toEqual(fixtures);
      expect(fixtures.at(-1)).toEqual({
        id: 91,
        league: "E0",
        season: 2015,
        day: dayOf(2016, 5, 1),
        // 15:00 in London in May, assumed.
        kickOff: Date.UTC(2016, 4, 1, 14),
        kickOffKnown: false,
        home: { id: 1, name: "Arsenal", country: "England" },
        away: { id: 9, name: "Man City", country: "England" },
        neutral: false,
      });
    });

    it("finds fixtures by every part of a query", async () => {
      const warehouse = await twoLeagues(open);
      const count = async (query: Parameters<Warehouse["fixtures"]>[0]): Promise<number> =>
        (await warehouse.fixtures(query)).length;
      expect(await count({ leagues: ["E1"] })).toBe(MATCHES);
      expect(await count({ leagues: ["E0"], seasons: [2015] })).toBe(MATCHES + 1);
      expect(await count({ leagues: [] })).toBe(0);
      // Each of six clubs meets five others twice, in two seasons, and Arsenal has one match ahead.
      expect(await count({ team: "Arsenal" })).toBe(21);
      expect(await count({ played: false })).toBe(1);
      expect(await count({ played: true })).toBe(3 * MATCHES);
      const day = dayOf(2014, 8, 12);
      expect(await count({ fromDay: day, toDay: day })).toBe(2);
      expect(await count({ ids: [3, 1, 4000] })).toBe(2);
      expect(await count({ ids: [] })).toBe(0);
    });

    it("cuts at the limit after ordering", async () => {
      const warehouse = await twoLeagues(open);
      const all = await warehouse.fixtures({});
      expect(await warehouse.fixtures({ limit: 7 })).toEqual(all.slice(0, 7));
      const matches = await warehouse.matches({});
      expect(await warehouse.matches({ limit: 7 })).toEqual(matches.slice(0, 7));
    });

    it("gives matches, statistics and prices for the same fixtures in the same order", async () => {
      const warehouse = await twoLeagues(open);
      const query = { leagues: ["E0"], seasons: [2014] };
      const ids = (await warehouse.fixtures(query)).map(({ id }) => id);
      const matches = await warehouse.matches(query);
      expect(matches.map(({ fixture, result }) => [fixture.id, result.fixtureId])).toEqual(
        ids.map((id) => [id, id]),
      );
      expect([...(await warehouse.statistics(query)).keys()]).toEqual(ids);
      const prices = await warehouse.prices(query);
      expect(prices).toHaveLength(MATCHES * 10);
      expect([...new Set(prices.map(({ fixtureId }) => fixtureId))]).toEqual(ids);
    });

    it("never shows a result or a price later than asOf", async () => {
      const warehouse = await twoLeagues(open);
      for (let asOf = Date.UTC(2014, 7, 1); asOf < Date.UTC(2016, 5, 1); asOf += 37 * 86_400_000) {
        const matches = await warehouse.matches({ asOf });
        expect(matches.every(({ result }) => result.knownAt <= asOf)).toBe(true);
        const all = await warehouse.matches({});
        expect(matches).toHaveLength(all.filter(({ result }) => result.knownAt <= asOf).length);
        const prices = await warehouse.prices({ asOf });
        expect(prices.every(({ observedAt }) => observedAt <= asOf)).toBe(true);
      }
    });

    it("summarises leagues", async () => {
      const warehouse = await twoLeagues(open);
      expect(await warehouse.leagues()).toEqual([
        {
          code: "E0",
          name: "Premier League",
          country: "England",
          tier: 1,
          seasons: [2014, 2015],
          fixtures: 2 * MATCHES + 1,
          results: 2 * MATCHES,
          teams: 7,
          firstDay: dayOf(2014, 8, 10),
          lastDay: dayOf(2016, 5, 1),
        },
        {
          ...E1,
          seasons: [2014],
          fixtures: MATCHES,
          results: MATCHES,
          teams: 6,
          firstDay: dayOf(2014, 8, 10),
          lastDay: dayOf(2014, 8, 10) + MATCHES - 1,
        },
      ]);
    });

    it("gives nothing from nothing", async () => {
      const warehouse = await open();
      expect(await warehouse.leagues()).toEqual([]);
      expect(await warehouse.fixtures({})).toEqual([]);
      expect(await warehouse.prices({})).toEqual([]);
      expect(await warehouse.runs()).toEqual([]);
    });
  });

  describe("a league's description", () => {
    it("is not replaced by one that only has its code", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      const poor = { code: "E0", name: "E0", country: "England", tier: null };
      await warehouse.writeFile(file([record({ home: "Hull" })], { leagues: [poor] }));
      expect(await warehouse.leagues()).toMatchObject([{ name: "Premier League", tier: 1 }]);
    });
  });
}
