import { describe, expect, it } from "vitest";
import type { ExchangeFile, ExchangeRecording } from "../../../src/warehouse/port.js";
import { file, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const runner = (selectionId: number, name: string) => ({
  selectionId,
  handicap: 0,
  name,
  status: "WINNER",
  startingPrice: null,
  lastTraded: 2.02,
  bestBack: 2,
  bestLay: 2.04,
});

function recording(told: Partial<ExchangeRecording> = {}): ExchangeRecording {
  return {
    venue: "betfair",
    marketId: "1.1",
    digest: "d1",
    updates: 10,
    logBytes: 400,
    firstAt: 1000,
    lastAt: 9000,
    eventTypeId: "1",
    eventId: "77",
    eventName: "Arsenal v Burnley",
    name: "Match Odds",
    marketType: "MATCH_ODDS",
    bettingType: "ODDS",
    status: "CLOSED",
    kickOff: 5000,
    inPlayAt: 5100,
    settledAt: 9000,
    baseRate: 5,
    numberOfWinners: 1,
    closing: "in-play",
    closingAt: 5100,
    runners: [runner(1, "Arsenal"), runner(2, "Burnley"), runner(3, "The Draw")],
    ...told,
  };
}

function exchangeFile(
  sha256: string,
  recordings: readonly ExchangeRecording[],
  told: Partial<ExchangeFile> = {},
) {
  const raw = {
    sha256,
    source: "betfair",
    path: `${sha256}.bz2`,
    bytes: 9,
    receivedAt: 5,
    reading: "betfair@1",
  };
  const counts = { rows: 12, used: 10, repeated: 1, quarantined: 0, blank: 1, quarantinedCells: 0 };
  return { raw, ...counts, rejects: [], warnings: [], recordings, ...told };
}

export function exchangeContract(open: OpenWarehouse): void {
  describe("exchange markets", () => {
    it("come back as they were told", async () => {
      const warehouse = await open();
      const outcome = await warehouse.writeExchangeFile(exchangeFile("a", [recording()]));
      expect(outcome).toMatchObject({ rows: 12, new: 10, changed: 0, same: 1, quarantined: 0, blank: 1 });
      expect(outcome.markets).toEqual([{ marketId: "1.1", novelty: "new" }]);
      expect(await warehouse.exchangeMarkets({})).toEqual([{ ...recording(), recordings: 1, link: null }]);
      expect(await warehouse.counts()).toMatchObject({ exchangeMarkets: 1, exchangeRecordings: 1 });
    });

    it("of a file that was read are the same the second time", async () => {
      const warehouse = await open();
      await warehouse.writeExchangeFile(exchangeFile("a", [recording()]));
      const hash = await warehouse.contentHash();
      const again = await warehouse.writeExchangeFile(exchangeFile("a", [recording()]));
      expect(again).toMatchObject({ rows: 12, new: 0, changed: 0, same: 11, blank: 1 });
      expect(await warehouse.fileOutcome("a", "betfair@1")).toMatchObject({ new: 0, same: 11 });
      expect(await warehouse.contentHash()).toBe(hash);
    });

    it("that another file repeats are not kept twice", async () => {
      const warehouse = await open();
      await warehouse.writeExchangeFile(exchangeFile("a", [recording()]));
      const other = await warehouse.writeExchangeFile(exchangeFile("b", [recording()]));
      expect(other).toMatchObject({ new: 0, changed: 0, same: 11 });
      expect(other.markets).toEqual([{ marketId: "1.1", novelty: "same" }]);
      expect(await warehouse.counts()).toMatchObject({ exchangeRecordings: 1, files: 2 });
    });

    it("in several recordings are told by the closed one, then by the longer, whichever came first", async () => {
      const short = recording({ digest: "s", updates: 3 });
      const open_ = recording({ digest: "o", updates: 99, status: "SUSPENDED" });
      for (const order of [
        [recording(), short, open_],
        [open_, short, recording()],
      ]) {
        const warehouse = await open();
        for (const [i, one] of order.entries())
          await warehouse.writeExchangeFile(exchangeFile(`${i}`, [one]));
        expect(await warehouse.exchangeMarkets({})).toEqual([{ ...recording(), recordings: 3, link: null }]);
      }
    });

    it("are changed by a file that brings another recording and nothing new", async () => {
      const warehouse = await open();
      await warehouse.writeExchangeFile(exchangeFile("a", [recording()]));
      const other = await warehouse.writeExchangeFile(exchangeFile("b", [recording({ digest: "d2" })]));
      expect(other).toMatchObject({ new: 0, changed: 10, same: 1 });
      expect(other.markets).toEqual([{ marketId: "1.1", novelty: "different" }]);
    });

    it("are found by id, sport and kind, in the order of their start", async () => {
      const warehouse = await open();
      const later = recording({ marketId: "1.2", digest: "e", kickOff: 6000, marketType: "CORRECT_SCORE" });
      const horse = recording({ marketId: "1.3", digest: "f", kickOff: 4000, eventTypeId: "7" });
      await warehouse.writeExchangeFile(exchangeFile("a", [later, recording(), horse]));
      const ids = async (query: Parameters<typeof warehouse.exchangeMarkets>[0]) =>
        (await warehouse.exchangeMarkets(query)).map(({ marketId }) => marketId);
      expect(await ids({})).toEqual(["1.3", "1.1", "1.2"]);
      expect(await ids({ eventTypeId: "1" })).toEqual(["1.1", "1.2"]);
      expect(await ids({ marketType: "CORRECT_SCORE" })).toEqual(["1.2"]);
      expect(await ids({ marketIds: ["1.3", "1.9"] })).toEqual(["1.3"]);
      expect(await ids({ venue: "elsewhere" })).toEqual([]);
      expect(await ids({ limit: 1 })).toEqual(["1.3"]);
    });

    it("are linked to a fixture, and linked anew", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record(), record({ line: 3, home: "Chelsea", away: "Everton" })]));
      const [first, second] = await warehouse.fixtures({});
      await warehouse.writeExchangeFile(exchangeFile("a", [recording()]));
      const before = await warehouse.contentHash();
      const link = {
        venue: "betfair",
        marketId: "1.1",
        fixtureId: first?.id ?? 0,
        market: "MATCH_ODDS" as const,
        runners: [{ selectionId: 1, handicap: 0, runner: "HOME" }],
      };
      expect(await warehouse.writeExchangeLinks([link])).toEqual({ new: 1, changed: 0, same: 0 });
      expect(await warehouse.writeExchangeLinks([link])).toEqual({ new: 0, changed: 0, same: 1 });
      expect(await warehouse.contentHash()).not.toBe(before);
      expect((await warehouse.exchangeMarkets({ linked: true }))[0]?.link).toEqual(link);
      expect(await warehouse.exchangeMarkets({ linked: false })).toEqual([]);
      const moved = { ...link, fixtureId: second?.id ?? 0 };
      expect(await warehouse.writeExchangeLinks([moved])).toEqual({ new: 0, changed: 1, same: 0 });
      expect((await warehouse.exchangeMarkets({ fixtureIds: [moved.fixtureId] }))[0]?.link).toEqual(moved);
      expect(await warehouse.exchangeMarkets({ fixtureIds: [link.fixtureId] })).toEqual([]);
      expect(await warehouse.check()).toEqual([]);
    });

    it("keep what was refused in quarantine, and refuse a file whose rows do not add up", async () => {
      const warehouse = await open();
      const reject = {
        line: 4,
        column: "1.1",
        rule: "bad-price",
        text: "",
        raw: "{}",
        scope: "row" as const,
      };
      const told = { rows: 12, used: 9, quarantined: 1, rejects: [reject] };
      expect(await warehouse.writeExchangeFile(exchangeFile("a", [recording()], told))).toMatchObject({
        new: 9,
        quarantined: 1,
      });
      expect(await warehouse.quarantine()).toMatchObject([{ line: 4, rule: "bad-price", path: "a.bz2" }]);
      await expect(warehouse.writeExchangeFile(exchangeFile("b", [], { rows: 99 }))).rejects.toThrow(
        "rows are not accounted for",
      );
    });
  });
}
