import { describe, expect, it } from "vitest";
import { DAY_MS, dayOf } from "../../../src/core/day.js";
import type { IngestedFile } from "../../../src/warehouse/port.js";
import { alias, CLUBS, file, goals, quote, RECEIVED, record, seasonRecords } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const shape = { clubs: CLUBS.slice(0, 5) };
const E1 = { code: "E1", name: "Championship", country: "England", tier: 2 } as const;

export function hashContract(open: OpenWarehouse): void {
  const hashOf = async (...files: IngestedFile[]): Promise<string> => {
    const warehouse = await open();
    for (const each of files) await warehouse.writeFile(each);
    return warehouse.contentHash();
  };

  describe("the content hash", () => {
    it("is the same for the same files, on whatever day they came in", async () => {
      const files = [2014, 2015].map((season) => file(seasonRecords({ ...shape, season })));
      const later = files.map((each) => ({
        ...each,
        raw: { ...each.raw, receivedAt: RECEIVED + 9 * DAY_MS },
      }));
      expect(await hashOf(...files)).toBe(await hashOf(...later));
    });

    it("is the same whatever ids things got", async () => {
      const one = file(seasonRecords({ ...shape, books: ["PS"] }));
      const clubs = CLUBS.slice(5, 9);
      const other = file(seasonRecords({ ...shape, league: "E1", clubs, books: ["B365"] }), {
        leagues: [E1],
      });
      expect(await hashOf(one, other)).toBe(await hashOf(other, one));
    });

    it("is another one after any change", async () => {
      const base = seasonRecords(shape);
      const [first, ...rest] = base;
      if (!first) throw new Error("no records");
      const raw = { sha256: "a".repeat(64) };
      const variants = [
        base,
        rest,
        [{ ...first, goals: goals(9, 9) }, ...rest],
        [{ ...first, minutes: 901 }, ...rest],
        [{ ...first, statistics: null }, ...rest],
        [{ ...first, quotes: first.quotes.slice(1) }, ...rest],
        [{ ...first, quotes: first.quotes.map((each) => ({ ...each, price: each.price + 0.01 })) }, ...rest],
        [{ ...first, quotes: first.quotes.map((each) => ({ ...each, size: 0 })) }, ...rest],
      ];
      const hashes = await Promise.all(variants.map((records) => hashOf(file(records, { raw }))));
      expect(new Set(hashes).size).toBe(variants.length);
    });

    it("follows every write", async () => {
      const warehouse = await open();
      const hashes = [await warehouse.contentHash()];
      await warehouse.writeFile(file([record({ home: "Wimbledon" })]));
      hashes.push(await warehouse.contentHash());
      const next = { season: 2015, day: dayOf(2015, 8, 15) };
      await warehouse.writeFile(file([record({ ...next, home: "Wimbeldon", quotes: [quote(2)] })]));
      hashes.push(await warehouse.contentHash());
      await warehouse.addAlias(alias("Wimbeldon", "Wimbledon"));
      hashes.push(await warehouse.contentHash());
      expect(new Set(hashes).size).toBe(4);
      await warehouse.writeRun({
        command: "x",
        name: "",
        startedAt: 0,
        version: "",
        dataHash: "",
        configHash: "",
        seed: 0,
        document: "",
        detail: "",
      });
      expect(await warehouse.contentHash()).toBe(hashes[3]);
    });

    it("does not mind what is derived from the content", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ quotes: [quote(2.1)] })]));
      const hash = await warehouse.contentHash();
      const price = {
        market: "CORRECT_SCORE",
        runner: "2-1",
        line: 0,
        model: "m",
        modelVersion: "1",
      } as const;
      const value = { asOf: 0, probability: 0.1, low: null, high: null, fairPrice: 10 };
      await warehouse.writeCompiledOdds([{ fixtureId: 1, ...price, ...value }]);
      expect(await warehouse.contentHash()).toBe(hash);
      // The check reads everything again.
      expect(await warehouse.check()).toEqual([]);
    });

    it("does not mind whether an alias was there before or after", async () => {
      const first = file([record({ home: "Wimbledon" })]);
      const second = file([record({ season: 2015, day: dayOf(2015, 8, 15), home: "Wimbeldon" })]);
      const before = await open();
      await before.writeFile(first);
      await before.addAlias(alias("Wimbeldon", "Wimbledon"));
      await before.writeFile(second);
      const after = await open();
      await after.writeFile(first);
      await after.writeFile(second);
      await after.addAlias(alias("Wimbeldon", "Wimbledon"));
      expect(await after.contentHash()).toBe(await before.contentHash());
    });
  });
}
