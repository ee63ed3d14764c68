import { describe, expect, it } from "vitest";
import { DAY_MS, dayOf } from "../../../src/core/day.js";
import type { IngestedFile, RequestSpending, Warehouse } from "../../../src/warehouse/port.js";
import { alias, file, goals, quote, RECEIVED, record, statistics } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const DAY = dayOf(2014, 8, 16);
const tick = (price: number, observedAt: number) => quote(price, { moment: "tick" }, { observedAt });

type Told = Parameters<typeof file>[1];

/** A file of another source, a day after the house's own. */
function other(records: Parameters<typeof file>[0], told: Told = {}): IngestedFile {
  const raw = { source: "feed", path: "feed.json", receivedAt: RECEIVED + DAY_MS, ...told.raw };
  return file(records, { ...told, raw });
}

async function fixtures(warehouse: Warehouse): Promise<unknown[]> {
  return (await warehouse.fixtures({})).map(({ day, home, away }) => [day - DAY, home.name, away.name]);
}

export function sourceContract(open: OpenWarehouse): void {
  describe("a second source", () => {
    it("finds clubs by names that differ in FC alone", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      const again = other([record({ home: "Arsenal FC", away: "FC Burnley", eventId: "e1" })]);
      expect(await warehouse.writeFile(again)).toMatchObject({ same: 1, quarantined: 0 });
      expect(await warehouse.teams()).toHaveLength(2);
      expect([...(await warehouse.providerEvents("feed"))]).toEqual([["e1", 1]]);
      expect(await warehouse.providerEvents("football-data")).toEqual(new Map());
    });

    it("makes no club of a name nobody knows: its rows wait, with a suggestion", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Man United" })]));
      const feed = other([record({ home: "Manchester United", eventId: "e1", quotes: [tick(2, RECEIVED)] })]);
      expect(await warehouse.writeFile(feed)).toMatchObject({ new: 0, quarantined: 1, prices: 0 });
      expect(await warehouse.quarantine({})).toMatchObject([{ rule: "team-unknown", scope: "row" }]);
      expect(await warehouse.teams()).toHaveLength(2);
      expect(await warehouse.suspectedNames()).toMatchObject([
        { source: "feed", name: "Manchester United", suggestion: "Man United", waits: true },
      ]);
    });

    it("has its rows once a person has spoken", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Man United" })]));
      const said = [record({ home: "Manchester United", eventId: "e1", quotes: [tick(2, RECEIVED)] })];
      await warehouse.writeFile(other(said));
      await warehouse.addAlias(alias("Manchester United", "Man United", { source: "feed" }));
      expect(await warehouse.suspectedNames()).toEqual([]);
      expect(await warehouse.writeFile(other(said, { raw: { reading: "2" } }))).toMatchObject({
        changed: 1,
        prices: 1,
        quarantined: 0,
      });
      expect(await warehouse.quarantine({ status: "open" })).toEqual([]);
      expect(await warehouse.teams()).toHaveLength(2);
    });

    it("is not believed when two of its names in one division are one club", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ home: "Barcelona", away: "Espanol" })]));
      await warehouse.addAlias(alias("Espanyol Barcelona", "Barcelona", { source: "feed" }));
      const outcome = await warehouse.writeFile(
        other([
          record({ home: "FC Barcelona", away: "Espanol" }),
          record({ line: 3, home: "Espanol", away: "Espanyol Barcelona" }),
        ]),
      );
      expect(outcome).toMatchObject({ same: 1, quarantined: 1, warnings: [{ rule: "alias-contradicted" }] });
    });

    it("names the clubs of a country that nobody else has brought, or where a person lets it", async () => {
      const warehouse = await open();
      expect(await warehouse.writeFile(other([record()]))).toMatchObject({ new: 1 });
      const late = file([record({ home: "Gunners" })], { raw: { receivedAt: RECEIVED + 2 * DAY_MS } });
      expect(await warehouse.writeFile(late)).toMatchObject({ quarantined: 1 });
      const allowed = { newClubs: true, raw: { reading: "2" } };
      expect(await warehouse.writeFile(file([record({ home: "Gunners" })], allowed))).toMatchObject({
        new: 1,
      });
      expect(await warehouse.suspectedNames()).toEqual([]);
    });

    it("says what it says of events by their id alone", async () => {
      const warehouse = await open();
      const events = [
        { line: 1, eventId: "e1", quotes: [tick(2.5, RECEIVED)] },
        { line: 2, eventId: "e2", quotes: [tick(3, RECEIVED)] },
      ];
      await warehouse.writeFile(other([record({ eventId: "e1" })]));
      const outcome = await warehouse.writeFile(other([], { events, rows: 2, raw: { path: "odds.json" } }));
      expect(outcome).toMatchObject({ rows: 2, changed: 1, quarantined: 1, prices: 1 });
      expect(await warehouse.quarantine({})).toMatchObject([{ rule: "event-unknown", line: 2 }]);
      expect(await warehouse.prices({})).toMatchObject([
        { price: 2.5, moment: "tick", observedAt: RECEIVED },
      ]);
    });

    it("does not correct the house's result: the difference is listed", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ goals: goals(1, 1) })]));
      const outcome = await warehouse.writeFile(other([record({ goals: goals(0, 2) })]));
      expect(outcome).toMatchObject({ same: 1, revisions: [], warnings: [{ rule: "result-disagrees" }] });
      expect(await warehouse.matches({})).toMatchObject([{ result: { homeGoals: 1, awayGoals: 1 } }]);
    });

    it("fills what is unknown and no more", async () => {
      const warehouse = await open();
      const known = { goals: goals(2, 1), statistics: statistics({ shots: 9 }, { shots: 8 }) };
      await warehouse.writeFile(file([record(known)]));
      const told = { goals: goals(2, 1, 1, 0), statistics: statistics({ shots: 7, fouls: 4 }, { shots: 6 }) };
      expect(await warehouse.writeFile(other([record(told)]))).toMatchObject({ changed: 1, warnings: [] });
      expect(await warehouse.matches({})).toMatchObject([{ result: { halfTimeHome: 1, revision: 1 } }]);
      expect([...(await warehouse.statistics({})).values()]).toMatchObject([
        { home: { shots: 9, fouls: 4 }, away: { shots: 8 } },
      ]);
    });

    it("is corrected by the house's source in its turn", async () => {
      const warehouse = await open();
      await warehouse.writeFile(other([record({ goals: goals(0, 2) })], { raw: { receivedAt: RECEIVED } }));
      const house = file([record({ goals: goals(1, 1) })], { raw: { receivedAt: RECEIVED + 2 * DAY_MS } });
      expect(await warehouse.writeFile(house)).toMatchObject({ changed: 1, revisions: [{ after: "1-1" }] });
    });

    it("is followed when it moves a fixture that is not played", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ goals: null })]));
      const moved = other([record({ goals: null, day: DAY + 40, eventId: "e1" })]);
      expect(await warehouse.writeFile(moved)).toMatchObject({ changed: 1 });
      expect(await fixtures(warehouse)).toEqual([[40, "Arsenal", "Burnley"]]);
    });

    it("is not followed in the date of one that is", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      expect(await warehouse.writeFile(other([record({ day: DAY + 1 })]))).toMatchObject({ new: 0, same: 1 });
      expect(await fixtures(warehouse)).toEqual([[0, "Arsenal", "Burnley"]]);
    });
  });

  describe("a played fixture whose date was wrong", () => {
    const later = { raw: { receivedAt: RECEIVED + DAY_MS } };

    it("stays one fixture when the file that covers the wrong date has it on another", async () => {
      const warehouse = await open();
      const rest = [record({ day: DAY - 7, away: "Chelsea" }), record({ day: DAY + 60, away: "Hull" })];
      await warehouse.writeFile(file([...rest, record()]));
      const outcome = await warehouse.writeFile(file([...rest, record({ day: DAY + 30 })], later));
      expect(outcome).toMatchObject({ new: 0, changed: 1, same: 2 });
      expect(await warehouse.counts()).toMatchObject({ fixtures: 3, results: 3, moves: 1 });
      // Known before it was played, the result would be seen by whoever bets on it.
      const [match] = await warehouse.matches({ fromDay: DAY + 30, toDay: DAY + 30 });
      expect(match?.result.knownAt).toBeGreaterThan(match?.fixture.kickOff ?? 0);
      expect(await warehouse.check()).toEqual([]);
    });

    it("stays one fixture when the year is wrong: a day before the season is none of it", async () => {
      const warehouse = await open();
      await warehouse.writeFile(
        file([record({ day: DAY - 7, away: "Chelsea" }), record({ day: DAY + 300 })]),
      );
      const wrong = other([record({ day: DAY - 65 })]);
      expect(await warehouse.writeFile(wrong)).toMatchObject({ new: 0, same: 1 });
      expect(await warehouse.counts()).toMatchObject({ fixtures: 2, moves: 0 });
    });

    it("stays one fixture when the date was off by a few days, whatever the file covers", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      expect(await warehouse.writeFile(file([record({ day: DAY + 1 })], later))).toMatchObject({ new: 0 });
      expect(await fixtures(warehouse)).toEqual([[1, "Arsenal", "Burnley"]]);
    });

    it("is another fixture when clubs meet twice at one ground and the file has the second alone", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      expect(await warehouse.writeFile(file([record({ day: DAY + 150 })], later))).toMatchObject({ new: 1 });
      const both = file([record(), record({ day: DAY + 150 })], {
        raw: { receivedAt: RECEIVED + 2 * DAY_MS },
      });
      expect(await warehouse.writeFile(both)).toMatchObject({ same: 2 });
      expect(await warehouse.counts()).toMatchObject({ fixtures: 2, moves: 0 });
    });
  });

  describe("expected goals", () => {
    const xg = (home: number, away: number) => ({ home, away, homeShots: 10, awayShots: null });

    it("are kept by source, known from when they came in, a changed figure as a revision", async () => {
      const warehouse = await open();
      const at = RECEIVED + DAY_MS;
      await warehouse.writeFile(other([record({ expectedGoals: xg(1.5, 0.5) })]));
      const again = { raw: { receivedAt: at + DAY_MS } };
      expect(
        await warehouse.writeFile(other([record({ expectedGoals: xg(1.7, 0.5) })], again)),
      ).toMatchObject({
        changed: 1,
      });
      expect(await warehouse.expectedGoals({})).toEqual([
        { fixtureId: 1, source: "feed", revision: 1, ...xg(1.7, 0.5), knownAt: at + DAY_MS },
      ]);
      expect(await warehouse.expectedGoals({ asOf: at })).toMatchObject([{ revision: 0, home: 1.5 }]);
      expect(await warehouse.expectedGoals({ asOf: at - 1 })).toEqual([]);
      expect(await warehouse.expectedGoals({ source: "elsewhere" })).toEqual([]);
    });

    it("have a part in the content's hash", async () => {
      const [one, two] = [await open(), await open()];
      await one.writeFile(
        other([record({ expectedGoals: xg(1.5, 0.5) })], { raw: { sha256: "a".repeat(64) } }),
      );
      await two.writeFile(
        other([record({ expectedGoals: xg(1.6, 0.5) })], { raw: { sha256: "a".repeat(64) } }),
      );
      expect(await one.contentHash()).not.toBe(await two.contentHash());
    });
  });

  describe("club ratings of others", () => {
    const rating = { line: 1, country: "England", club: "Arsenal FC", fromDay: DAY, untilDay: DAY + 6 };

    it("are read as of a day; those of clubs nobody knows wait", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      const ratings = [
        { ...rating, value: 2038.4 },
        { ...rating, line: 2, fromDay: DAY + 7, untilDay: DAY + 9, value: 2040 },
        { ...rating, line: 3, club: "Man City", value: 1997.5 },
      ];
      const outcome = await warehouse.writeFile(other([], { ratings, rows: 3 }));
      expect(outcome).toMatchObject({ rows: 3, new: 2, quarantined: 1 });
      const read = (day?: number) => warehouse.clubRatings({ source: "feed", day });
      expect(await read()).toMatchObject([{ team: { name: "Arsenal" }, value: 2040 }]);
      expect(await read(DAY + 6)).toMatchObject([{ fromDay: DAY, value: 2038.4 }]);
      expect(await read(DAY - 1)).toEqual([]);
    });
  });

  describe("requests", () => {
    it("are counted in every window, or in none once one is full", async () => {
      const warehouse = await open();
      const limits = [
        { windowMs: 60_000, most: 2 },
        { windowMs: DAY_MS, most: 3 },
      ];
      const spend = (at: number, told: Partial<RequestSpending> = {}) =>
        warehouse.spendRequests({ source: "feed", at, cost: 1, limits, ...told });
      const start = 10 * DAY_MS;
      expect(await spend(start)).toBeNull();
      expect(await spend(start, { cost: 2 })).toBe(start + 60_000);
      expect(await spend(start + 1)).toBeNull();
      expect(await spend(start + 2)).toBe(start + 60_000);
      expect(await spend(start + 2, { source: "another" })).toBeNull();
      expect(await spend(start + 60_000)).toBeNull();
      expect(await spend(start + 120_000)).toBe(start + DAY_MS);
      expect(await spend(start + DAY_MS)).toBeNull();
    });
  });
}
