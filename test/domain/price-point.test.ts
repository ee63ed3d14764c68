import { describe, expect, it } from "vitest";
import { dayOf } from "../../src/core/day.js";
import type { Fixture } from "../../src/domain/fixture.js";
import type { PriceSnapshot } from "../../src/domain/price.js";
import {
  formatPricePoint,
  type PricePoint,
  parsePricePoint,
  pointLimit,
  pricesAt,
} from "../../src/domain/price-point.js";

const MINUTE = 60_000;
const DAY = dayOf(2014, 8, 16);
/** Saturday 16 August 2014, 15:00 in London. */
const KICK_OFF = Date.UTC(2014, 7, 16, 14);
const FIXTURE: Fixture = {
  id: 1,
  league: "E0",
  season: 2014,
  day: DAY,
  kickOff: KICK_OFF,
  kickOffKnown: true,
  home: { id: 1, name: "Arsenal", country: "England" },
  away: { id: 2, name: "Burnley", country: "England" },
  neutral: false,
};

function price(value: number, minutes: number, told: Partial<PriceSnapshot> = {}): PriceSnapshot {
  const about = {
    fixtureId: 1,
    market: "MATCH_ODDS",
    runner: "HOME",
    line: 0,
    source: "PS",
    side: "BACK",
  } as const;
  return {
    ...about,
    moment: "tick",
    price: value,
    size: null,
    observedAt: KICK_OFF + minutes * MINUTE,
    ...told,
  };
}

function chosen(prices: readonly PriceSnapshot[], text: string): readonly number[] {
  const point = parsePricePoint(text);
  return point === null ? [] : pricesAt(prices, point, FIXTURE).map((one) => one.price);
}

describe("a point of a line", () => {
  it("is read as it is written, hours as minutes", () => {
    for (const text of ["open", "early", "close", "max", "asof:-60m"])
      expect(formatPricePoint(parsePricePoint(text) as PricePoint)).toBe(text);
    expect(parsePricePoint("asof:-2h")).toEqual({ kind: "asof", minutesBefore: 120 });
    for (const text of ["", "closing", "asof:60m", "asof:-1.5h", "asof:-60", "asof:-60m "])
      expect(parsePricePoint(text)).toBeNull();
  });

  it("takes notice of prices until the collection slot, an instant before kick-off, or kick-off", () => {
    const limit = (text: string, told: Partial<Fixture> = {}) =>
      pointLimit(parsePricePoint(text) as PricePoint, { ...FIXTURE, ...told });
    // Friday 17:00 in London in August is 16:00 UTC.
    expect(limit("early")).toBe(Date.UTC(2014, 7, 15, 16));
    expect(limit("asof:-90m")).toBe(KICK_OFF - 90 * MINUTE);
    expect(limit("close")).toBe(KICK_OFF);
    // A Friday's match at noon, 11:00 UTC, is before that day's slot: Tuesday 15:00 in London it is.
    const friday = { day: DAY - 1, kickOff: Date.UTC(2014, 7, 15, 11) };
    expect(limit("early", friday)).toBe(Date.UTC(2014, 7, 12, 14));
    expect(limit("early", { ...friday, kickOffKnown: false })).toBe(Date.UTC(2014, 7, 15, 16));
  });

  it("is chosen before any range of prices: the last in a range is not the close", () => {
    const line = [price(2.3, -60), price(2.6, -1)];
    const inRange = (one: number): boolean => one >= 2 && one <= 2.5;
    expect(chosen(line, "close").filter(inRange)).toEqual([]);
    expect(
      chosen(
        line.filter((one) => inRange(one.price)),
        "close",
      ),
    ).toEqual([2.3]);
  });

  it("never is a price of a match that is on", () => {
    const line = [price(2.3, -60), price(1.01, 1), price(50, 30)];
    for (const text of ["open", "close", "max", "asof:-0m"]) expect(chosen(line, text)).toEqual([2.3]);
  });

  it("is one for each line, and of equal prices the first that was seen", () => {
    const prices = [
      price(2, -5),
      price(2.2, -4, { source: "B365" }),
      price(2.1, -3, { side: "LAY" }),
      price(2, -2),
      price(3.3, -1, { runner: "DRAW" }),
    ];
    expect(chosen(prices, "close")).toEqual([2, 2.2, 2.1, 3.3]);
    const [first] = pricesAt(prices, { kind: "max" }, FIXTURE);
    expect(first?.observedAt).toBe(KICK_OFF - 5 * MINUTE);
  });
});
