import { invariant } from "../core/assert.js";
import { type Day, formatDay } from "../core/day.js";

export interface PlotSeries {
  readonly name: string;
  /** In order of day. */
  readonly points: readonly (readonly [day: Day, value: number])[];
}

export interface PlotSize {
  /** Columns and rows of the drawing, without its labels. */
  readonly width: number;
  readonly height: number;
}

/** A sign a series, so that lines are told apart without colour. */
const SIGNS = ["●", "○", "+", "x", "▲", "△"];
export const MOST_SERIES = SIGNS.length;

/**
 * Values over days as signs on a grid of characters: what a series was in the middle of each column's days, nothing
 * before its first day. Later series are drawn over earlier ones.
 *
 * Throws InvariantError without a point, and for more series than there are signs.
 */
export function linePlot(series: readonly PlotSeries[], { width, height }: PlotSize): string {
  invariant(series.length <= MOST_SERIES, `${MOST_SERIES} series can be told apart, was ${series.length}`);
  const days = series.flatMap(({ points }) => points.map(([day]) => day));
  const values = series.flatMap(({ points }) => points.map(([, value]) => value));
  invariant(values.length > 0, "a plot needs a point");
  const [first, last] = [lowest(days), -lowest(days.map((day) => -day))];
  const [low, high] = [lowest(values), -lowest(values.map((value) => -value))];
  const grid = Array.from({ length: height }, () => new Array<string>(width).fill(" "));
  for (const [s, { points }] of series.entries())
    for (let column = 0; column < width; column++) {
      const value = valueAt(points, first + ((column + 0.5) / width) * (last - first));
      if (value !== null) grid[rowOf(value, low, high, height)][column] = SIGNS[s];
    }
  const labels = grid.map((_, row) => labelOf(high - (row / Math.max(1, height - 1)) * (high - low)));
  const margin = Math.max(...labels.map(({ length }) => length));
  const lines = grid.map((row, at) => `${labels[at].padStart(margin)} ┤${row.join("")}`.trimEnd());
  const days0 = `${" ".repeat(margin + 2)}${formatDay(first)}${formatDay(last).padStart(Math.max(11, width - 10))}`;
  const legend = series.map(({ name }, s) => `${SIGNS[s]} ${name}`).join("   ");
  return `${[...lines, days0, `${" ".repeat(margin + 2)}${legend}`].join("\n")}\n`;
}

/** The value of the last point at or before a day. */
function valueAt(points: PlotSeries["points"], day: number): number | null {
  let value: number | null = null;
  for (const [at, next] of points) {
    if (at > day) break;
    value = next;
  }
  return value;
}

function rowOf(value: number, low: number, high: number, height: number): number {
  if (high === low) return Math.floor(height / 2);
  return Math.min(height - 1, Math.round(((high - value) / (high - low)) * (height - 1)));
}

function labelOf(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function lowest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}
