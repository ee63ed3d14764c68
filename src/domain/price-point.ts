import type { Instant } from "../core/clock.js";
import { ukInstant } from "../core/day.js";
import { parseCount } from "../core/number.js";
import type { Fixture } from "./fixture.js";
import type { Moment, PriceSnapshot } from "./price.js";
import { collectionSlot } from "./slot.js";

/**
 * Which price of a line is meant. What was observed after kick-off never counts.
 *
 * `open`: the first that was ever seen. `early`: what a bet may use, the published early price, else the last tick at
 * or before the collection slot. `close`: the published closing price, else the last tick at or before kick-off.
 * `asof`: the last seen at or before so many minutes before kick-off. `max`: the highest, which nobody could know
 * before the match was on.
 */
export type PricePoint =
  | { readonly kind: "open" | "early" | "close" | "max" }
  | { readonly kind: "asof"; readonly minutesBefore: number };

/** "open", "early", "close", "max", "asof:-60m" or "asof:-2h"; null for anything else. */
export function parsePricePoint(text: string): PricePoint | null {
  if (text === "open" || text === "early" || text === "close" || text === "max") return { kind: text };
  const match = /^asof:-(\d{1,6})(m|h)$/.exec(text);
  const count = match ? parseCount(match[1] ?? "") : null;
  if (!match || count === null) return null;
  return { kind: "asof", minutesBefore: count * (match[2] === "h" ? 60 : 1) };
}

/** Inverse of `parsePricePoint`, in minutes. */
export function formatPricePoint(point: PricePoint): string {
  return point.kind === "asof" ? `asof:-${point.minutesBefore}m` : point.kind;
}

/** The last instant whose prices a point takes notice of. */
export function pointLimit(point: PricePoint, fixture: Fixture): Instant {
  switch (point.kind) {
    case "early":
      return collectionSlot(fixture.day, kickOffMinutes(fixture));
    case "asof":
      return fixture.kickOff - point.minutesBefore * 60_000;
    default:
      return fixture.kickOff;
  }
}

/** Minutes after United Kingdom midnight of the fixture's day; null when only the day is known. */
function kickOffMinutes({ day, kickOff, kickOffKnown }: Fixture): number | null {
  return kickOffKnown ? (kickOff - ukInstant(day, 0)) / 60_000 : null;
}

type Point = Pick<PriceSnapshot, "moment" | "observedAt" | "price">;

/** Whether a price counts for a point at all. `limit` is the point's. */
export function countsFor(point: PricePoint, { moment, observedAt }: Point, limit: Instant): boolean {
  if ((point.kind === "early" || point.kind === "close") && moment !== "tick") return moment === point.kind;
  return observedAt <= limit;
}

/** Whether `price` is nearer than `other` to what a point means; both count for it. Equal ones: the first stands. */
export function isNearer(point: PricePoint, price: Point, other: Point): boolean {
  switch (point.kind) {
    case "open":
      return compareSeen(price, other) < 0;
    case "max":
      return price.price > other.price || (price.price === other.price && compareSeen(price, other) < 0);
    case "asof":
      return compareSeen(price, other) > 0;
    default:
      // A published price stands for what its source says it is, whenever a tick was seen.
      return (
        published(price) - published(other) > 0 ||
        (published(price) === published(other) && compareSeen(price, other) > 0)
      );
  }
}

/** At one instant, what was published early comes before a tick, and the close after it. */
const ORDER: Readonly<Record<Moment, number>> = { early: 0, tick: 1, close: 2 };

function compareSeen(a: Point, b: Point): number {
  return a.observedAt - b.observedAt || ORDER[a.moment] - ORDER[b.moment];
}

function published({ moment }: Point): number {
  return moment === "tick" ? 0 : 1;
}

/** The price of each source, selection and side at a point, in the order of their first appearance. */
export function pricesAt<Price extends PriceSnapshot>(
  prices: readonly Price[],
  point: PricePoint,
  fixture: Fixture,
): readonly Price[] {
  const limit = pointLimit(point, fixture);
  const chosen = new Map<string, Price>();
  for (const price of prices) {
    if (!countsFor(point, price, limit)) continue;
    const key = lineKey(price);
    const known = chosen.get(key);
    if (!known || isNearer(point, price, known)) chosen.set(key, price);
  }
  return [...chosen.values()];
}

/** Equal for the prices of one source, selection and side: the points of one line. */
export function lineKey({ fixtureId, source, market, line, side, runner }: PriceSnapshot): string {
  return `${fixtureId} ${source} ${market} ${line} ${side} ${runner}`;
}
