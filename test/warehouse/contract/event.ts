import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../../src/core/day.js";
import { file, quote, RECEIVED, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const everything = { after: 0, limit: 100 };

export function eventContract(open: OpenWarehouse): void {
  describe("the outbox", () => {
    it("tells of first results and prices with the rows they are", async () => {
      const warehouse = await open();
      const first = file([record({ quotes: [quote(2.1), quote(3.4, { runner: "DRAW" })] })]);
      await warehouse.writeFile(first);
      const events = await warehouse.events(everything);
      expect(events.map(({ type }) => type)).toEqual(["result.stored", "prices.stored", "file.ingested"]);
      const [result, prices] = events;
      expect(result).toMatchObject({ league: "E0", at: RECEIVED, schemaVersion: 1, modelVersion: "" });
      expect(result?.fixture).toEqual({ season: 2014, date: "2014-08-16", home: "Arsenal", away: "Burnley" });
      // Kick-off 15:00 in London in August is 14:00 UTC; known 135 minutes later.
      const known = { homeGoals: 2, awayGoals: 1, halfTimeHome: 1, halfTimeAway: 0 };
      expect(result?.payload).toEqual({ file: first.raw.sha256, ...known, knownAt: "2014-08-16T16:15:00Z" });
      const about = {
        source: "B365",
        market: "MATCH_ODDS",
        line: 0,
        side: "BACK",
        moment: "early",
        size: null,
      };
      const slot = { observedAt: "2014-08-15T16:00:00Z" };
      expect(prices?.payload).toEqual({
        file: first.raw.sha256,
        prices: [
          { ...about, ...slot, runner: "HOME", price: 2.1 },
          { ...about, ...slot, runner: "DRAW", price: 3.4 },
        ],
      });
    });

    it("tells only what a later file changed, and nothing of the same file again", async () => {
      const warehouse = await open();
      const quotes = [quote(2.1), quote(3.4, { runner: "DRAW" })];
      await warehouse.writeFile(file([record({ quotes })]));
      const last = await warehouse.lastEvent();
      const later = file([record({ quotes: [quote(2.2), quote(3.4, { runner: "DRAW" })] })], {
        raw: { receivedAt: RECEIVED + DAY_MS },
      });
      await warehouse.writeFile(later);
      await warehouse.writeFile(later);
      const news = await warehouse.events({ after: last, limit: 100 });
      expect(news.map(({ type }) => type)).toEqual(["prices.stored", "file.ingested"]);
      expect(news[0]?.payload).toMatchObject({ prices: [{ runner: "HOME", price: 2.2 }] });
      expect(news[0]?.at).toBe(RECEIVED + DAY_MS);
    });

    it("tells of our own prices by model and instant, and not of one that is the same", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ goals: null })]));
      const last = await warehouse.lastEvent();
      const [fixture] = await warehouse.fixtures({});
      const price = {
        fixtureId: fixture?.id ?? 0,
        market: "MATCH_ODDS",
        runner: "HOME",
        line: 0,
        model: "poisson",
        modelVersion: "poisson@1",
        asOf: RECEIVED,
        probability: 0.5,
        low: null,
        high: null,
        fairPrice: 2,
      } as const;
      await warehouse.writeCompiledOdds([
        price,
        { ...price, runner: "DRAW", probability: 0.25, fairPrice: 4 },
      ]);
      await warehouse.writeCompiledOdds([price]);
      const news = await warehouse.events({ after: last, limit: 100 });
      expect(news).toMatchObject([
        {
          type: "odds.compiled",
          league: "E0",
          modelVersion: "poisson@1",
          payload: {
            model: "poisson",
            asOf: "2020-01-01T00:00:00Z",
            prices: [
              { runner: "HOME", probability: 0.5, fairPrice: 2 },
              { runner: "DRAW", probability: 0.25, fairPrice: 4 },
            ],
          },
        },
      ]);
      expect(await warehouse.compiledOdds({ everyInstant: true })).toHaveLength(2);
    });

    it("is read in pieces, by type and by league", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ quotes: [quote(2.1)] })]));
      const [first] = await warehouse.events({ after: 0, limit: 1 });
      expect(first?.type).toBe("result.stored");
      const rest = await warehouse.events({ after: first?.id ?? 0, limit: 100 });
      expect(rest.map(({ type }) => type)).toEqual(["prices.stored", "file.ingested"]);
      const prices = await warehouse.events({ ...everything, types: ["prices.stored"] });
      expect(prices).toHaveLength(1);
      expect(await warehouse.events({ ...everything, leagues: ["E1"] })).toEqual([]);
      expect(await warehouse.lastEvent()).toBe(rest.at(-1)?.id);
    });
  });

  describe("a reader of the outbox", () => {
    it("has no cursor before it commits one, and never goes back by committing", async () => {
      const warehouse = await open();
      expect(await warehouse.consumer("relay")).toBeNull();
      await warehouse.commitCursor("relay", 5);
      await warehouse.commitCursor("relay", 3);
      expect(await warehouse.consumer("relay")).toMatchObject({ name: "relay", cursor: 5 });
      await warehouse.resetCursor("relay", 2);
      expect(await warehouse.consumers()).toMatchObject([{ name: "relay", cursor: 2 }]);
      await warehouse.resetCursor("relay", null);
      expect(await warehouse.consumers()).toEqual([]);
    });
  });
}
