import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../../src/core/day.js";
import type { Moment, Quote } from "../../../src/domain/price.js";
import { type PricePoint, pricesAt } from "../../../src/domain/price-point.js";
import type { Warehouse } from "../../../src/warehouse/port.js";
import { file, quote, RECEIVED, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const MINUTE = 60_000;
/** Saturday 16 August 2014, 15:00 in London; the collection slot was Friday 17:00. */
const KICK_OFF = Date.UTC(2014, 7, 16, 14);
const SLOT = Date.UTC(2014, 7, 15, 16);

function tick(price: number, minutes: number, told: Parameters<typeof quote>[1] = {}): Quote {
  return quote(price, { moment: "tick", ...told }, { observedAt: KICK_OFF + minutes * MINUTE });
}

function published(moment: Moment, price: number): Quote {
  return quote(price, { moment }, { observedAt: moment === "early" ? SLOT : KICK_OFF });
}

async function priceOf(warehouse: Warehouse, point: PricePoint): Promise<readonly number[]> {
  return (await warehouse.lines({ point })).map(({ price }) => price);
}

export function lineContract(open: OpenWarehouse): void {
  describe("a point of a line", () => {
    it("is the first, the last before the off, the one at an instant, or the highest tick", async () => {
      const warehouse = await open();
      const ticks = [tick(2.2, -2000), tick(2.6, -90), tick(2.4, -61), tick(2.1, -1), tick(9, 5)];
      await warehouse.writeFile(file([record({ quotes: ticks })]));
      expect(await priceOf(warehouse, { kind: "open" })).toEqual([2.2]);
      // Two days before, and so before the slot of Friday.
      expect(await priceOf(warehouse, { kind: "early" })).toEqual([2.2]);
      expect(await priceOf(warehouse, { kind: "close" })).toEqual([2.1]);
      expect(await priceOf(warehouse, { kind: "asof", minutesBefore: 60 })).toEqual([2.4]);
      expect(await priceOf(warehouse, { kind: "asof", minutesBefore: 61 })).toEqual([2.4]);
      expect(await priceOf(warehouse, { kind: "asof", minutesBefore: 5000 })).toEqual([]);
      expect(await priceOf(warehouse, { kind: "max" })).toEqual([2.6]);
    });

    it("is what the source publishes as early or closing price, whatever ticks there are", async () => {
      const warehouse = await open();
      const quotes = [published("early", 2.5), published("close", 2.3), tick(2.9, -2000), tick(2.8, 0)];
      await warehouse.writeFile(file([record({ quotes })]));
      expect(await priceOf(warehouse, { kind: "early" })).toEqual([2.5]);
      expect(await priceOf(warehouse, { kind: "close" })).toEqual([2.3]);
      expect(await priceOf(warehouse, { kind: "open" })).toEqual([2.9]);
      expect(await priceOf(warehouse, { kind: "asof", minutesBefore: 60 })).toEqual([2.5]);
    });

    it("is the latest file's version of it", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record({ quotes: [published("close", 2.3), tick(2.9, -10)] })]));
      const raw = { receivedAt: RECEIVED + DAY_MS };
      await warehouse.writeFile(
        file([record({ quotes: [published("close", 2.35), tick(2.95, -10)] })], { raw }),
      );
      expect(await priceOf(warehouse, { kind: "close" })).toEqual([2.35]);
      expect(await priceOf(warehouse, { kind: "open" })).toEqual([2.95]);
      expect(await priceOf(warehouse, { kind: "max" })).toEqual([2.95]);
    });

    it("is one of each source, side, runner and line", async () => {
      const warehouse = await open();
      const quotes = [
        tick(2, -5),
        tick(2.02, -5, { side: "LAY" }),
        tick(2.1, -4, { source: "PS" }),
        tick(3.3, -3, { runner: "DRAW" }),
        quote(1.9, { moment: "tick", market: "ASIAN_HANDICAP" }, { line: -1, observedAt: KICK_OFF - 1 }),
        quote(2.2, { moment: "tick", market: "ASIAN_HANDICAP" }, { line: -2, observedAt: KICK_OFF - 1 }),
      ];
      await warehouse.writeFile(file([record({ quotes })]));
      expect((await priceOf(warehouse, { kind: "close" })).toSorted()).toEqual([1.9, 2, 2.02, 2.1, 2.2, 3.3]);
      const one = await warehouse.lines({
        point: { kind: "close" },
        markets: ["MATCH_ODDS"],
        sources: ["PS"],
      });
      expect(one).toMatchObject([{ source: "PS", price: 2.1 }]);
    });

    it("is what choosing among all stored prices gives, whatever they are", async () => {
      const anyTick = fc.record({
        price: fc.integer({ min: 101, max: 900 }).map((hundredths) => hundredths / 100),
        minutes: fc.integer({ min: -3000, max: 30 }),
        moment: fc.constantFrom("early", "close", "tick", "tick", "tick"),
        source: fc.constantFrom("B365", "PS"),
        runner: fc.constantFrom("HOME", "AWAY"),
      });
      const points: readonly PricePoint[] = [
        { kind: "open" },
        { kind: "early" },
        { kind: "close" },
        { kind: "max" },
        { kind: "asof", minutesBefore: 60 },
      ];
      await fc.assert(
        fc.asyncProperty(fc.array(anyTick, { maxLength: 25 }), async (told) => {
          const warehouse = await open();
          const quotes = told.map(({ price, minutes, moment, source, runner }) => {
            const kind = { source, runner };
            return moment === "tick"
              ? tick(price, minutes, kind)
              : {
                  ...published(moment as Moment, price),
                  kind: quote(price, { ...kind, moment: moment as Moment }).kind,
                };
          });
          await warehouse.writeFile(file([record({ quotes })]));
          const [fixture] = await warehouse.fixtures({});
          const stored = await warehouse.prices({});
          for (const point of points) {
            const expected = fixture ? pricesAt(stored, point, fixture) : [];
            const byKey = (prices: readonly unknown[]) => prices.map((one) => JSON.stringify(one)).toSorted();
            expect(byKey(await warehouse.lines({ point }))).toEqual(byKey(expected));
          }
        }),
        { seed: 42, numRuns: 20 },
      );
    });
  });
}
