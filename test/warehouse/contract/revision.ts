import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../../src/core/day.js";
import { file, goals, RECEIVED, record, statistics } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

/** 15:00 in London on 16 August 2014 is 14:00 UTC; known 135 minutes later. */
const KNOWN = Date.UTC(2014, 7, 16, 16, 15);
const LATER = RECEIVED + 30 * DAY_MS;

export function revisionContract(open: OpenWarehouse): void {
  describe("a corrected result", () => {
    it("is a further revision, listed and told", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      const corrected = record({ line: 7, goals: goals(0, 2) });
      const outcome = await warehouse.writeFile(file([corrected], { raw: { receivedAt: LATER } }));
      expect(outcome).toMatchObject({ new: 0, changed: 1, same: 0 });
      expect(outcome.revisions).toMatchObject([
        { line: 7, home: "Arsenal", away: "Burnley", before: "2-1 (1-0)", after: "0-2" },
      ]);
      expect(await warehouse.revisions({})).toMatchObject([
        { revision: 0, homeGoals: 2, awayGoals: 1, halfTimeHome: 1, halfTimeAway: 0, knownAt: KNOWN },
        { revision: 1, homeGoals: 0, awayGoals: 2, halfTimeHome: null, halfTimeAway: null, knownAt: LATER },
      ]);
      const events = await warehouse.events({ after: 0, limit: 10 });
      expect(events.map(({ type }) => type)).toEqual([
        "result.stored",
        "file.ingested",
        "result.revised",
        "file.ingested",
      ]);
    });

    it("is read as it was known at the time", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      await warehouse.writeFile(file([record({ goals: goals(0, 2) })], { raw: { receivedAt: LATER } }));
      const score = async (asOf?: number): Promise<readonly number[][]> =>
        (await warehouse.matches({ asOf })).map(({ result }) => [result.homeGoals, result.awayGoals]);
      expect(await score(KNOWN - 1)).toEqual([]);
      expect(await score(KNOWN)).toEqual([[2, 1]]);
      expect(await score(LATER - 1)).toEqual([[2, 1]]);
      expect(await score(LATER)).toEqual([[0, 2]]);
      expect(await score()).toEqual([[0, 2]]);
    });

    it("does not come from an older file", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()], { raw: { receivedAt: LATER } }));
      const outcome = await warehouse.writeFile(file([record({ goals: goals(0, 2) })]));
      expect(outcome).toMatchObject({ changed: 0, same: 1, revisions: [] });
    });

    it("does not come from a file without the score or without the half time", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      expect(await warehouse.writeFile(file([record({ goals: null })]))).toMatchObject({ same: 1 });
      expect(await warehouse.writeFile(file([record({ goals: goals(2, 1) })]))).toMatchObject({ same: 1 });
      expect(await warehouse.matches({})).toMatchObject([{ result: { revision: 0, halfTimeHome: 1 } }]);
    });

    it("is not a first result that comes late", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ goals: null })]));
      expect(await warehouse.matches({})).toEqual([]);
      const outcome = await warehouse.writeFile(file([record()], { raw: { receivedAt: LATER } }));
      expect(outcome).toMatchObject({ changed: 1, revisions: [] });
      expect(await warehouse.matches({})).toMatchObject([{ result: { revision: 0, knownAt: KNOWN } }]);
    });

    it("is known at the end of its day when the match has no time", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ minutes: null })]));
      // Midnight in London after 16 August is 23:00 UTC of that day.
      expect(await warehouse.matches({})).toMatchObject([{ result: { knownAt: Date.UTC(2014, 7, 16, 23) } }]);
    });
  });

  describe("statistics", () => {
    const told = statistics({ shots: 12, corners: 5 }, { shots: 7 });

    it("are read as they were known, unknown stays unknown", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ statistics: told })]));
      const [match] = await warehouse.matches({});
      const id = match?.fixture.id ?? 0;
      expect((await warehouse.statistics({})).get(id)).toEqual(told);
      expect((await warehouse.statistics({ asOf: KNOWN })).get(id)).toEqual(told);
      expect((await warehouse.statistics({ asOf: KNOWN - 1 })).size).toBe(0);
    });

    it("are added to, corrected, and not lost to a file without them", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ statistics: told })]));
      const more = statistics({ shots: 13 }, { fouls: 9 });
      const later = file([record({ statistics: more })], { raw: { receivedAt: LATER } });
      expect(await warehouse.writeFile(later)).toMatchObject({ changed: 1 });
      const poor = file([record({ referee: null })], { raw: { receivedAt: LATER } });
      expect(await warehouse.writeFile(poor)).toMatchObject({ same: 1 });
      const read = async (asOf?: number): Promise<unknown> => [
        ...(await warehouse.statistics({ asOf })).values(),
      ];
      expect(await read(LATER - 1)).toEqual([told]);
      expect(await read()).toEqual([statistics({ shots: 13, corners: 5 }, { shots: 7, fouls: 9 })]);
    });

    it("are withdrawn with the score they came with", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ statistics: told })]));
      await warehouse.writeFile(file([record({ goals: goals(0, 2) })], { raw: { receivedAt: LATER } }));
      expect((await warehouse.statistics({})).size).toBe(0);
      expect((await warehouse.statistics({ asOf: LATER - 1 })).size).toBe(1);
    });

    it("are none when only the referee is known", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ referee: "M Dean" })]));
      expect((await warehouse.statistics({})).size).toBe(0);
      expect(await warehouse.counts()).toMatchObject({ statistics: 1 });
    });
  });
}
