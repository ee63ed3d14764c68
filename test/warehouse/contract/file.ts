import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FixtureRecord } from "../../../src/warehouse/port.js";
import { CLUBS, file, goals, quote, record, seasonRecords } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

/** 12 clubs, home and away: 132 matches, 20 prices each. */
const MATCHES = CLUBS.length * (CLUBS.length - 1);
const PRICES = MATCHES * 20;

export function fileContract(open: OpenWarehouse): void {
  describe("a file", () => {
    it("is new the first time", async () => {
      const warehouse = await open();
      const outcome = await warehouse.writeFile(file(seasonRecords(), { blank: 3 }));
      expect(outcome).toMatchObject({
        rows: MATCHES + 3,
        new: MATCHES,
        changed: 0,
        same: 0,
        quarantined: 0,
        blank: 3,
      });
      expect(outcome).toMatchObject({ prices: PRICES, revisions: [], leagues: ["E0"], seasons: [2014] });
      expect(await warehouse.counts()).toMatchObject({
        fixtures: MATCHES,
        results: MATCHES,
        statistics: MATCHES,
        prices: PRICES,
        teams: CLUBS.length,
        files: 1,
      });
    });

    it("changes nothing the second time", async () => {
      const warehouse = await open();
      const season = file(seasonRecords(), { blank: 3 });
      await warehouse.writeFile(season);
      const before = [await warehouse.counts(), await warehouse.contentHash()];
      const again = {
        rows: MATCHES + 3,
        new: 0,
        changed: 0,
        same: MATCHES,
        quarantined: 0,
        blank: 3,
        prices: 0,
      };
      expect(await warehouse.writeFile(season)).toMatchObject(again);
      expect(await warehouse.fileOutcome(season.raw.sha256, season.raw.reading)).toMatchObject(again);
      expect([await warehouse.counts(), await warehouse.contentHash()]).toEqual(before);
    });

    it("is unknown under another hash or another reading", async () => {
      const warehouse = await open();
      const season = file([record()]);
      await warehouse.writeFile(season);
      expect(await warehouse.fileOutcome("0".repeat(64), "1")).toBeNull();
      expect(await warehouse.fileOutcome(season.raw.sha256, "2")).toBeNull();
    });

    it("says the same under another reading without doubling anything", async () => {
      const warehouse = await open();
      const records = seasonRecords();
      await warehouse.writeFile(file(records));
      const { files: _, events: __, ...before } = await warehouse.counts();
      const outcome = await warehouse.writeFile(file(records, { raw: { reading: "2" } }));
      expect(outcome).toMatchObject({ new: 0, changed: 0, same: MATCHES, prices: 0 });
      expect(await warehouse.counts()).toMatchObject(before);
      expect(await warehouse.rawFiles()).toHaveLength(2);
    });

    it("only adds what a longer file has more", async () => {
      const warehouse = await open();
      const records = seasonRecords();
      await warehouse.writeFile(file(records.slice(0, 100)));
      const outcome = await warehouse.writeFile(file(records));
      expect(outcome).toMatchObject({
        new: MATCHES - 100,
        changed: 0,
        same: 100,
        prices: (MATCHES - 100) * 20,
      });
      expect(await warehouse.counts()).toMatchObject({ fixtures: MATCHES, results: MATCHES, prices: PRICES });
    });

    it("is refused as a bug when its rows do not add up", async () => {
      const warehouse = await open();
      await expect(warehouse.writeFile(file([record()], { rows: 2 }))).rejects.toThrow("E0.csv: 2 rows");
      expect(await warehouse.counts()).toMatchObject({ files: 0, fixtures: 0 });
    });

    it("leaves nothing behind when a part of it cannot be written", async () => {
      const warehouse = await open();
      const records = [record(), record({ away: "Chelsea", quotes: [quote(0.9)] })];
      await expect(warehouse.writeFile(file(records))).rejects.toThrow();
      expect(await warehouse.counts()).toMatchObject({ files: 0, fixtures: 0, teams: 0, prices: 0 });
      expect(await warehouse.writeFile(file([record()]))).toMatchObject({ new: 1 });
    });

    it("tells the outbox once", async () => {
      const warehouse = await open();
      const season = file(seasonRecords());
      await warehouse.writeFile(season);
      await warehouse.writeFile(season);
      const events = await warehouse.events({ after: 0, limit: 10, types: ["file.ingested"] });
      expect(events.map(({ type, key }) => [type, key])).toEqual([["file.ingested", season.raw.sha256]]);
      expect(events[0]?.payload).toMatchObject({ rows: MATCHES, new: MATCHES });
      expect(await warehouse.events({ after: events[0]?.id ?? 0, limit: 10 })).toEqual([]);
    });

    it("gives every row one class, whatever files come in what order", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(rowArbitrary, { maxLength: 12 }), { maxLength: 5 }),
          async (files) => {
            const warehouse = await open();
            for (const rows of files) {
              const records = distinct(rows);
              const outcome = await warehouse.writeFile(
                file(records, { blank: rows.length - records.length }),
              );
              const { new: added, changed, same, quarantined, blank } = outcome;
              expect(added + changed + same + quarantined + blank).toBe(rows.length);
              expect(await warehouse.check()).toEqual([]);
            }
            const seen = new Set(files.flatMap((rows) => distinct(rows).map(natural)));
            expect(await warehouse.counts()).toMatchObject({ fixtures: seen.size });
          },
        ),
        { seed: 42, numRuns: 25 },
      );
    });
  });
}

/** Always played, on days far apart and with scores of their own, so that no row is a move of another. */
const rowArbitrary = fc.record({
  home: fc.constantFrom("Arsenal", "Burnley", "Chelsea"),
  away: fc.constantFrom("Everton", "Hull"),
  day: fc.integer({ min: 0, max: 3 }).map((n) => 16_300 + 10 * n),
  homeGoals: fc.integer({ min: 0, max: 2 }),
  price: fc.constantFrom(1.5, 2, 2.5),
});

type Row = typeof rowArbitrary extends fc.Arbitrary<infer T> ? T : never;

function distinct(rows: readonly Row[]): FixtureRecord[] {
  const byKey = new Map(
    rows.map((row): [string, FixtureRecord] => {
      const { home, away, day, homeGoals, price } = row;
      return [
        natural(row),
        record({ home, away, day, goals: goals(homeGoals, day % 100), quotes: [quote(price)] }),
      ];
    }),
  );
  return [...byKey.values()];
}

function natural({ day, home, away }: Pick<FixtureRecord, "day" | "home" | "away">): string {
  return `${day} ${home} ${away}`;
}
