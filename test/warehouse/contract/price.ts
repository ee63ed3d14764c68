import { describe, expect, it } from "vitest";
import { DAY_MS, dayOf } from "../../../src/core/day.js";
import type { Quote } from "../../../src/domain/price.js";
import { kickOffInstant } from "../../../src/domain/slot.js";
import { file, quote, RECEIVED, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const DAY = dayOf(2014, 8, 16);
const KICK_OFF = kickOffInstant(DAY, 900);
/** Friday 15 August 2014, 17:00 in London. */
const SLOT = Date.UTC(2014, 7, 15, 16);

function withQuotes(...quotes: Quote[]): ReturnType<typeof record> {
  return record({ quotes });
}

export function priceContract(open: OpenWarehouse): void {
  describe("a price", () => {
    it("comes back as it was quoted", async () => {
      const warehouse = await open();
      const quoted = [
        quote(1.01, { market: "ASIAN_HANDICAP", runner: "AWAY" }, { line: -3, size: 12.5 }),
        quote(2.0000000001, { source: "PS", side: "LAY", moment: "tick" }, { observedAt: SLOT + 1 }),
      ];
      await warehouse.writeFile(file([withQuotes(...quoted)]));
      const [fixture] = await warehouse.fixtures({});
      const fixtureId = fixture?.id;
      expect(await warehouse.prices({})).toEqual([
        {
          fixtureId,
          market: "ASIAN_HANDICAP",
          runner: "AWAY",
          line: -3,
          source: "B365",
          side: "BACK",
          moment: "early",
          price: 1.01,
          size: 12.5,
          observedAt: SLOT,
        },
        {
          fixtureId,
          market: "MATCH_ODDS",
          runner: "HOME",
          line: 0,
          source: "PS",
          side: "LAY",
          moment: "tick",
          price: 2.0000000001,
          size: null,
          observedAt: SLOT + 1,
        },
      ]);
    });

    it("that changed is a further version, and the latest file counts", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([withQuotes(quote(2.1))]));
      const later = file([withQuotes(quote(2.2))], { raw: { receivedAt: RECEIVED + DAY_MS } });
      expect(await warehouse.writeFile(later)).toMatchObject({ changed: 1, prices: 1 });
      expect((await warehouse.prices({})).map(({ price }) => price)).toEqual([2.2]);
      expect((await warehouse.prices({ everyVersion: true })).map(({ price }) => price)).toEqual([2.1, 2.2]);
    });

    it("that changed back is a further version again", async () => {
      const warehouse = await open();
      for (const [i, price] of [2.1, 2.2, 2.1].entries())
        await warehouse.writeFile(
          file([withQuotes(quote(price))], { raw: { sha256: String(i).repeat(64) } }),
        );
      expect((await warehouse.prices({})).map(({ price }) => price)).toEqual([2.1]);
      expect(await warehouse.prices({ everyVersion: true })).toHaveLength(3);
    });

    it("of an older file does not replace that of a newer one", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([withQuotes(quote(2.2))], { raw: { receivedAt: RECEIVED + DAY_MS } }));
      expect(await warehouse.writeFile(file([withQuotes(quote(2.1))]))).toMatchObject({ same: 1, prices: 0 });
      expect((await warehouse.prices({})).map(({ price }) => price)).toEqual([2.2]);
    });

    it("follows its fixture to another slot", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ goals: null, quotes: [quote(2.1)] })]));
      const earlier = quote(2.3, {}, { observedAt: SLOT - 4 * DAY_MS });
      const moved = record({ goals: null, day: DAY - 4, quotes: [earlier] });
      await warehouse.writeFile(file([moved], { raw: { receivedAt: RECEIVED + DAY_MS } }));
      expect((await warehouse.prices({})).map(({ price }) => price)).toEqual([2.3]);
    });

    it("is one of many ticks", async () => {
      const warehouse = await open();
      const tick = (price: number, at: number): Quote =>
        quote(price, { moment: "tick" }, { observedAt: SLOT + at });
      await warehouse.writeFile(file([withQuotes(tick(2.1, 0), tick(2.2, 1000), tick(2.3, 2000))]));
      const seen = async (asOf: number): Promise<number[]> =>
        (await warehouse.prices({ asOf })).map(({ price }) => price);
      expect(await seen(SLOT - 1)).toEqual([]);
      expect(await seen(SLOT + 1000)).toEqual([2.1, 2.2]);
      expect(await seen(SLOT + 2000)).toEqual([2.1, 2.2, 2.3]);
    });

    it("is not seen before it was observed", async () => {
      const warehouse = await open();
      const close = quote(1.9, { moment: "close" }, { observedAt: KICK_OFF });
      await warehouse.writeFile(file([withQuotes(quote(2.1), close)]));
      const seen = async (asOf: number): Promise<string[]> =>
        (await warehouse.prices({ asOf })).map(({ moment }) => moment);
      expect(await seen(SLOT - 1)).toEqual([]);
      expect(await seen(SLOT)).toEqual(["early"]);
      expect(await seen(KICK_OFF - 1)).toEqual(["early"]);
      expect(await seen(KICK_OFF)).toEqual(["early", "close"]);
    });

    it("is found by market, source and moment", async () => {
      const warehouse = await open();
      await warehouse.writeFile(
        file([
          withQuotes(
            quote(2.1),
            quote(2.2, { source: "PS" }),
            quote(1.9, { market: "OVER_UNDER_25", runner: "OVER", moment: "close" }),
          ),
        ]),
      );
      expect(await warehouse.prices({ markets: ["MATCH_ODDS"], sources: ["PS"] })).toMatchObject([
        { price: 2.2 },
      ]);
      expect(await warehouse.prices({ moments: ["close"] })).toMatchObject([{ price: 1.9 }]);
      expect(await warehouse.prices({ markets: ["CORRECT_SCORE"] })).toEqual([]);
      expect(await warehouse.prices({ sources: [] })).toEqual([]);
      expect(await warehouse.prices({ limit: 2 })).toHaveLength(2);
    });

    it("that a row says twice is kept once, with a warning", async () => {
      const warehouse = await open();
      const outcome = await warehouse.writeFile(file([withQuotes(quote(2.1), quote(2.4))]));
      expect(outcome).toMatchObject({ prices: 1, warnings: [{ rule: "price-repeated" }] });
      expect(await warehouse.prices({})).toMatchObject([{ price: 2.1 }]);
    });

    it("names its source", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([withQuotes(quote(2.1))]));
      expect(await warehouse.sources()).toEqual([
        { code: "B365", name: "Bet365", kind: "bookmaker" },
        { code: "Max", name: "Market maximum", kind: "aggregate" },
        { code: "PS", name: "Pinnacle", kind: "bookmaker" },
      ]);
    });
  });
}
