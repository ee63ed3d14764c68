import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import type { Warehouse } from "../../../src/warehouse/port.js";
import { alias, file, goals, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const NEXT = { season: 2015, day: dayOf(2015, 8, 15) } as const;

async function teamNames(warehouse: Warehouse): Promise<string[]> {
  return (await warehouse.teams()).map(({ name }) => name);
}

export function aliasContract(open: OpenWarehouse): void {
  describe("a club's name", () => {
    it("is one club whatever its case and accents", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "M'Gladbach", away: "Málaga" })]));
      const outcome = await warehouse.writeFile(
        file([record({ ...NEXT, home: "M'gladbach", away: "Malaga" })]),
      );
      expect(outcome.warnings).toEqual([]);
      expect(await teamNames(warehouse)).toEqual(["M'Gladbach", "Málaga"]);
    });

    it("is two clubs in two countries", async () => {
      const warehouse = await open();
      const argentina = { code: "ARG", name: "Liga", country: "Argentina", tier: 1 };
      await warehouse.writeFile(file([record()]));
      const abroad = file([record({ league: "ARG", away: "Boca Juniors" })], { leagues: [argentina] });
      expect((await warehouse.writeFile(abroad)).warnings).toEqual([]);
      expect(await warehouse.teams({ country: "Argentina" })).toMatchObject([
        { name: "Arsenal" },
        { name: "Boca Juniors" },
      ]);
      expect(await warehouse.teams({ league: "E0" })).toMatchObject([
        { name: "Arsenal" },
        { name: "Burnley" },
      ]);
    });

    it("is never merged because it contains or resembles another", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Dundee", away: "Dundee United" })]));
      await warehouse.writeFile(file([record({ home: "Chester", away: "Chesterfield" })]));
      expect(await teamNames(warehouse)).toHaveLength(4);
      expect(await warehouse.suspectedNames()).toEqual([]);
    });

    it("is suspected, with a warning, when it looks like a club that is not in the file's division", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Wimbledon" })]));
      const outcome = await warehouse.writeFile(file([record({ ...NEXT, line: 9, home: "Wimbeldon" })]));
      expect(outcome.warnings).toMatchObject([{ rule: "name-resembles", line: 9 }]);
      expect(await teamNames(warehouse)).toContain("Wimbeldon");
      // One adjacent swap in nine letters: 1 - 1/9.
      expect(await warehouse.suspectedNames()).toEqual([
        {
          source: "football-data",
          country: "England",
          name: "Wimbeldon",
          suggestion: "Wimbledon",
          score: 1 - 1 / 9,
          firstSeen: "E0.csv:9",
          waits: false,
        },
      ]);
    });

    it("is not suspected when the look-alike plays in the same division", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Sheffield Utd" })]));
      const both = [
        record({ ...NEXT, home: "Sheffield Utd" }),
        record({ ...NEXT, home: "Sheffield Wtd", line: 3 }),
      ];
      expect((await warehouse.writeFile(file(both))).warnings).toEqual([]);
    });
  });

  describe("an alias", () => {
    it("makes a name mean a club", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      expect(await warehouse.addAlias(alias("The Gunners", "Arsenal"))).toEqual({ kind: "added" });
      expect(await warehouse.addAlias(alias("The Gunners", "Arsenal"))).toEqual({ kind: "same" });
      const outcome = await warehouse.writeFile(file([record({ home: "The Gunners" })]));
      expect(outcome).toMatchObject({ new: 0, same: 1 });
      expect(await warehouse.aliases()).toEqual([alias("The Gunners", "Arsenal")]);
      expect(await teamNames(warehouse)).toEqual(["Arsenal", "Burnley"]);
    });

    it("counts only for its source", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      await warehouse.addAlias(alias("The Gunners", "Arsenal", { source: "elsewhere" }));
      await warehouse.writeFile(file([record({ home: "The Gunners" })]));
      expect(await teamNames(warehouse)).toContain("The Gunners");
    });

    it("merges two clubs that turn out to be one", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Wimbledon" })]));
      await warehouse.writeFile(
        file([
          record({ ...NEXT, home: "Wimbeldon" }),
          record({ ...NEXT, day: NEXT.day + 7, home: "Burnley", away: "Wimbeldon" }),
        ]),
      );
      expect(await warehouse.addAlias(alias("Wimbeldon", "Wimbledon"))).toEqual({
        kind: "merged",
        fixtures: 2,
      });
      expect(await teamNames(warehouse)).toEqual(["Burnley", "Wimbledon"]);
      expect(await warehouse.fixtures({ team: "Wimbledon" })).toHaveLength(3);
      expect(await warehouse.suspectedNames()).toEqual([]);
      expect(await warehouse.check()).toEqual([]);
    });

    it("renames a club when there is none of the other name", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Wigan Ath" })]));
      expect(await warehouse.addAlias(alias("Wigan Ath", "Wigan Athletic"))).toEqual({
        kind: "merged",
        fixtures: 1,
      });
      expect(await teamNames(warehouse)).toEqual(["Burnley", "Wigan Athletic"]);
    });

    it("does not merge clubs that play on the same day", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record(), record({ home: "Dundee", away: "Hull", line: 3 })]));
      const outcome = await warehouse.addAlias(alias("Dundee", "Arsenal"));
      expect(outcome).toEqual({ kind: "conflict", text: "Dundee and Arsenal both play on 2014-08-16" });
      expect(await teamNames(warehouse)).toEqual(["Arsenal", "Burnley", "Dundee", "Hull"]);
      expect(await warehouse.aliases()).toEqual([]);
    });

    it("to itself says that a suspected name is a club of its own", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Wimbledon" })]));
      await warehouse.writeFile(file([record({ ...NEXT, home: "Wimbeldon" })]));
      expect(await warehouse.addAlias(alias("Wimbeldon", "Wimbeldon"))).toEqual({ kind: "added" });
      expect(await warehouse.suspectedNames()).toEqual([]);
      expect(await teamNames(warehouse)).toHaveLength(3);
    });

    it("of a country without clubs is refused", async () => {
      const warehouse = await open();
      const lost = alias("A", "B", { country: "Atlantis" });
      await expect(warehouse.addAlias(lost)).rejects.toMatchObject({ name: "StatisticoError", kind: "data" });
    });

    it("that comes with a file is kept once its name is met", async () => {
      const warehouse = await open();
      const aliases = [
        alias("Red Star 93", "Red Star", { origin: "built-in" }),
        alias("Nobody", "Nobody Else", { origin: "built-in" }),
      ];
      await warehouse.writeFile(file([record({ home: "Red Star" })], { aliases }));
      expect(await warehouse.aliases()).toEqual([]);
      await warehouse.writeFile(file([record({ ...NEXT, home: "Red Star 93" })], { aliases }));
      expect(await warehouse.aliases()).toEqual([aliases[0]]);
      expect(await teamNames(warehouse)).toEqual(["Burnley", "Red Star"]);
    });

    it("that comes with a file gives way to a user's", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      await warehouse.addAlias(alias("Reds", "Burnley"));
      const builtIn = [alias("Reds", "Arsenal", { origin: "built-in" })];
      await warehouse.writeFile(
        file([record({ ...NEXT, home: "Hull", away: "Reds" })], { aliases: builtIn }),
      );
      expect(await warehouse.fixtures({ team: "Burnley" })).toHaveLength(2);
      expect(await warehouse.aliases()).toEqual([alias("Reds", "Burnley")]);
    });

    it("that comes with a file gives way to a user's in the same file, wherever that stands", async () => {
      const warehouse = await open();
      await warehouse.writeFile(
        file([record(), record({ home: "Red Star", away: "Hull", day: 16_300, line: 3 })]),
      );
      const aliases = [
        alias("Red Star 93", "Red Star", { origin: "built-in" }),
        alias("Red Star 93", "Red Star 93", { origin: "user" }),
      ];
      await warehouse.writeFile(file([record({ ...NEXT, home: "Red Star 93" })], { aliases }));
      expect(await teamNames(warehouse)).toEqual(["Arsenal", "Burnley", "Hull", "Red Star", "Red Star 93"]);
      expect(await warehouse.suspectedNames()).toEqual([]);
    });

    it("that makes a row play against itself, or twice, sets the row aside", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      await warehouse.addAlias(alias("Gunners", "Arsenal"));
      const records = [
        record({ ...NEXT, home: "Gunners", away: "Arsenal" }),
        record({ ...NEXT, home: "Arsenal", away: "Hull", line: 3 }),
        record({ ...NEXT, home: "Gunners", away: "Hull", line: 4, goals: goals(5, 5) }),
      ];
      expect(await warehouse.writeFile(file(records))).toMatchObject({ rows: 3, new: 1, quarantined: 2 });
      const entries = await warehouse.quarantine();
      expect(entries.map(({ line, rule }) => [line, rule])).toEqual([
        [2, "same-club"],
        [4, "duplicate-fixture"],
      ]);
    });
  });
}
