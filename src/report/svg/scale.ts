import { invariant } from "../../core/assert.js";
import { type Day, dateOf, dayOf, formatDay } from "../../core/day.js";

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Where a value stands on the page, in the units of the drawing. */
export type Scale = (value: number) => number;

export function linearScale(from: readonly [number, number], to: readonly [number, number]): Scale {
  const [low, high] = from;
  invariant(high > low, `a scale needs a span, was ${low} to ${high}`);
  return (value) => to[0] + ((value - low) / (high - low)) * (to[1] - to[0]);
}

/** The step of 1, 2 or 5 times a power of ten that cuts `span` into at most `most` parts. */
export function niceStep(span: number, most: number): number {
  invariant(span > 0 && most >= 1, `no ticks for a span of ${span}`);
  const power = 10 ** Math.floor(Math.log10(span / most));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= (span / most) * (1 - 1e-9));
  return (step ?? 10) * power;
}

/**
 * `low` and `high` widened to whole steps, with a span even when the two are the same or so near to each other that no
 * label could tell them apart.
 */
export function niceRange(low: number, high: number, most: number): readonly [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high), 1e-3);
  const spread = high - low > 1e-6 * size ? 0 : 0.1 * size;
  const step = niceStep(high - low + 2 * spread, most);
  return [Math.floor((low - spread) / step) * step, Math.ceil((high + spread) / step) * step];
}

/** Multiples of a nice step from `low` to `high`, both included when they are multiples. */
export function niceTicks(low: number, high: number, most: number): number[] {
  const step = niceStep(high - low, most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Ticks on first days of years, quarters or months, as few as `most` allows; the two ends for a shorter span. */
export function dayTicks(low: Day, high: Day, most: number): Tick[] {
  for (const months of [1, 3, 6, 12, 24, 60, 120]) {
    const ticks = monthStarts(low, high, months);
    if (ticks.length <= most && ticks.length > 1)
      return ticks.map((at) => ({ at, label: formatDay(at).slice(0, months < 12 ? 7 : 4) }));
  }
  return [low, high].map((at) => ({ at, label: formatDay(at) }));
}

function monthStarts(low: Day, high: Day, months: number): Day[] {
  const { year } = dateOf(low);
  const starts: Day[] = [];
  const firstYear = year - (year % Math.max(1, months / 12));
  for (let month = 0; ; month += months) {
    const day = dayOf(firstYear + Math.floor(month / 12), 1 + (month % 12), 1);
    if (day > high) return starts;
    if (day >= low) starts.push(day);
  }
}
