import { describe, expect, it } from "vitest";
import { DAY_MS, dayOf } from "../../../src/core/day.js";
import { file, RECEIVED, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const DAY = dayOf(2014, 8, 16);
const ahead = record({ goals: null, day: DAY });

export function moveContract(open: OpenWarehouse): void {
  describe("a fixture that moves", () => {
    it("stays one fixture on another day", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([ahead]));
      const outcome = await warehouse.writeFile(file([record({ day: DAY + 3, minutes: 1185 })]));
      expect(outcome).toMatchObject({ new: 0, changed: 1 });
      // 19:45 in London in August is 18:45 UTC.
      const kickOff = Date.UTC(2014, 7, 19, 18, 45);
      expect(await warehouse.fixtures({})).toMatchObject([{ day: DAY + 3, kickOff, kickOffKnown: true }]);
      expect(await warehouse.counts()).toMatchObject({ fixtures: 1, moves: 1, results: 1 });
      const moved = (await warehouse.events({ after: 0, limit: 10 })).filter(
        ({ type }) => type === "fixture.moved",
      );
      expect(moved.map(({ payload }) => payload)).toMatchObject([
        { from: { date: "2014-08-16", minutes: 900 }, to: { date: "2014-08-19", minutes: 1185 } },
      ]);
      const [fixture] = await warehouse.fixtures({});
      // Where it stood before, 15:00 in London, until the second file came.
      expect(await warehouse.moves({})).toEqual([
        { fixtureId: fixture?.id, day: DAY, kickOff: Date.UTC(2014, 7, 16, 14), knownAt: RECEIVED },
      ]);
      expect(await warehouse.moves({ leagues: ["D1"] })).toEqual([]);
    });

    it("stays one fixture at another time of its day", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([ahead]));
      expect(await warehouse.writeFile(file([record({ ...ahead, minutes: 1050 })]))).toMatchObject({
        changed: 1,
      });
      expect(await warehouse.fixtures({})).toMatchObject([{ kickOff: Date.UTC(2014, 7, 16, 16, 30) }]);
      expect(await warehouse.counts()).toMatchObject({ moves: 1 });
    });

    it("has not moved when its time becomes known, and keeps it when a file has none", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ ...ahead, minutes: null })]));
      expect(await warehouse.fixtures({})).toMatchObject([{ kickOffKnown: false }]);
      expect(await warehouse.writeFile(file([ahead]))).toMatchObject({ changed: 1 });
      const timeless = file([record({ ...ahead, minutes: null })], { raw: { sha256: "f".repeat(64) } });
      expect(await warehouse.writeFile(timeless)).toMatchObject({ same: 1 });
      expect(await warehouse.fixtures({})).toMatchObject([{ kickOffKnown: true }]);
      expect(await warehouse.counts()).toMatchObject({ moves: 0 });
    });

    it("is recognised by its old day, and moved back only by a newer file", async () => {
      const warehouse = await open();
      const later = RECEIVED + DAY_MS;
      await warehouse.writeFile(file([ahead]));
      await warehouse.writeFile(file([record({ ...ahead, day: DAY + 3 })], { raw: { receivedAt: later } }));
      const old = { sha256: "e".repeat(64), receivedAt: RECEIVED };
      expect(await warehouse.writeFile(file([ahead], { raw: old }))).toMatchObject({
        new: 0,
        changed: 0,
        same: 1,
      });
      expect(await warehouse.fixtures({})).toMatchObject([{ day: DAY + 3 }]);
      const newest = { sha256: "d".repeat(64), receivedAt: later + DAY_MS };
      expect(await warehouse.writeFile(file([ahead], { raw: newest }))).toMatchObject({ new: 0, changed: 1 });
      expect(await warehouse.fixtures({})).toMatchObject([{ day: DAY }]);
    });

    it("is another fixture when the first was played: some pairs meet twice at one ground", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      expect(await warehouse.writeFile(file([record({ day: DAY + 90 })]))).toMatchObject({ new: 1 });
      expect(await warehouse.counts()).toMatchObject({ fixtures: 2, moves: 0 });
    });

    it("is another fixture when the file knows the first as well, in whatever order", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([ahead]));
      const both = [record({ ...ahead, day: DAY + 90 }), record({ day: DAY, line: 3 })];
      expect(await warehouse.writeFile(file(both))).toMatchObject({ new: 1, changed: 1 });
      expect((await warehouse.fixtures({})).map(({ day }) => day)).toEqual([DAY, DAY + 90]);
    });

    it("is another fixture when a file has both the day it was moved from and its own", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([ahead]));
      await warehouse.writeFile(file([record({ ...ahead, day: DAY + 3 })]));
      const both = [record({ ...ahead }), record({ ...ahead, day: DAY + 3, line: 3 })];
      expect(await warehouse.writeFile(file(both))).toMatchObject({ new: 1, changed: 0, same: 1 });
      expect((await warehouse.fixtures({})).map(({ day }) => day)).toEqual([DAY, DAY + 3]);
    });

    it("is another fixture, with a warning, when two could have moved", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([ahead, record({ ...ahead, day: DAY + 90, line: 3 })]));
      const outcome = await warehouse.writeFile(file([record({ day: DAY + 5 })]));
      expect(outcome).toMatchObject({ new: 1, warnings: [{ rule: "move-ambiguous", line: 2 }] });
    });

    it("is another fixture in another season", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([ahead]));
      const next = record({ day: DAY + 365, season: 2015 });
      expect(await warehouse.writeFile(file([next]))).toMatchObject({ new: 1 });
    });
  });
}
