import type { Instant } from "../../core/clock.js";
import { type Markup, markup } from "../html/markup.js";
import { horizontalAxis, layPlot, type Plot, round, verticalAxis } from "./axes.js";
import type { Tone } from "./line-chart.js";
import { niceRange, niceTicks } from "./scale.js";
import { type ChartFrame, svgElement } from "./style.js";

export interface ReplayLine {
  readonly name: string;
  readonly tone: Tone;
  /** By the chart's times; the line breaks where there is no value. */
  readonly values: readonly (number | null)[];
}

export interface ReplayChart extends ChartFrame {
  readonly times: readonly Instant[];
  readonly lines: readonly ReplayLine[];
  /** Bars from zero instead of lines. */
  readonly bars?: boolean;
  readonly suspended: readonly (readonly [Instant, Instant])[];
  /** Zero of the horizontal axis, which counts minutes. */
  readonly start: Instant;
  readonly inPlayAt: Instant | null;
  readonly label: (value: number) => string;
}

const MINUTE = 60_000;

/**
 * A market over time: steps of prices or bars of volume, suspensions shaded, the planned start and the turn in play
 * marked. Prices stand on a logarithmic scale: from 2 to 4 is as far as from 50 to 100.
 */
export function replayChart(chart: ReplayChart): Markup {
  const { times, lines, start, width, height } = chart;
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const ticks = chart.bars ? amountTicks(values) : priceTicks(values);
  const y = extent([
    ...values.map(chart.bars ? Number : Math.log),
    ...ticks.map(chart.bars ? Number : Math.log),
  ]);
  const minutes = (at: Instant): number => (at - start) / MINUTE;
  const x = [minutes(times[0] ?? start), minutes(times.at(-1) ?? start)] as const;
  const yTicks = ticks.map((at) => ({ at: chart.bars ? at : Math.log(at), label: chart.label(at) }));
  const xTicks = niceTicks(x[0], x[1], Math.max(2, Math.floor(width / 90))).map((at) => ({
    at,
    label: `${at} min`,
  }));
  const plot = layPlot({
    width,
    height,
    x,
    y,
    labelLength: Math.max(6, ...yTicks.map(({ label }) => label.length)),
    top: lines.length > 1 ? 30 : 12,
  });
  const at = times.map(minutes);
  return svgElement(
    chart,
    markup`${chart.suspended.map(([from, to]) => spell(plot, minutes(from), minutes(to)))}${verticalAxis(plot, yTicks)}${horizontalAxis(plot, xTicks)}${lines.map((line) => (chart.bars ? bars(plot, at, line) : steps(plot, at, line)))}${mark(plot, 0, x)}${chart.inPlayAt === null ? null : mark(plot, minutes(chart.inPlayAt), x)}${lines.length > 1 ? legend(plot, lines) : null}`,
  );
}

const PRICES = [1.01, 1.1, 1.2, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 1000];

/** Prices that people know, or even steps where the prices lie near to each other; at least one below and one above. */
function priceTicks(values: readonly number[]): readonly number[] {
  if (values.length === 0) return [1.01, 1000];
  const [low, high] = extent(values);
  if (high / low < 2.5) {
    const [from, to] = niceRange(low, high, 4);
    return niceTicks(Math.max(1.01, from), to, 4);
  }
  const from = PRICES.findLastIndex((price) => price <= low);
  const to = PRICES.findIndex((price) => price >= high);
  return thinned(PRICES.slice(Math.max(0, from), to < 0 ? undefined : to + 1));
}

const MOST_LABELS = 8;

/** So many that their labels do not lie on each other; the lowest and those that follow at a distance. */
function thinned(prices: readonly number[]): readonly number[] {
  const apart = Math.log((prices.at(-1) ?? 1) / (prices[0] ?? 1)) / MOST_LABELS;
  const kept: number[] = [];
  for (const price of prices)
    if (kept.length === 0 || Math.log(price / (kept.at(-1) ?? 1)) >= apart) kept.push(price);
  return kept;
}

function amountTicks(values: readonly number[]): readonly number[] {
  const [low, high] = niceRange(
    0,
    values.reduce((most, value) => Math.max(most, value), 0),
    4,
  );
  return niceTicks(low, high, 4);
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function spell(plot: Plot, from: number, to: number): Markup {
  const [left, right] = [round(plot.x(from)), round(plot.x(to))];
  return markup`<rect class="band" x="${left}" y="${plot.top}" width="${Math.max(1, round(right - left))}" height="${plot.bottom - plot.top}"/>`;
}

function mark(plot: Plot, minute: number, [low, high]: readonly [number, number]): Markup | null {
  if (minute < low || minute > high) return null;
  const x = round(plot.x(minute));
  return markup`<line class="mark" x1="${x}" x2="${x}" y1="${plot.top}" y2="${plot.bottom}"/>`;
}

/** What stood until it changed: steps, broken where nothing stood. */
function steps(plot: Plot, at: readonly number[], { tone, values }: ReplayLine): Markup {
  let path = "";
  let drawn = false;
  for (const [i, value] of values.entries()) {
    if (value === null) {
      drawn = false;
      continue;
    }
    const [x, y] = [round(plot.x(at[i] ?? 0)), round(plot.y(Math.log(value)))];
    path += drawn ? `H${x}V${y}` : `M${x} ${y}`;
    drawn = true;
  }
  return markup`<path class="line ${tone}" d="${path}"/>`;
}

function bars(plot: Plot, at: readonly number[], { tone, values }: ReplayLine): Markup {
  const wide = Math.max(1, (plot.right - plot.left) / Math.max(1, at.length) - 0.5);
  const zero = plot.y(0);
  return markup`${values.map((value, i) =>
    value === null || value === 0
      ? null
      : markup`<rect class="fill-${tone}" x="${round(plot.x(at[i] ?? 0) - wide)}" y="${round(plot.y(value))}" width="${round(wide)}" height="${round(zero - plot.y(value))}"/>`,
  )}`;
}

function legend(plot: Plot, lines: readonly ReplayLine[]): Markup {
  let x = plot.left;
  return markup`${lines.map(({ name, tone }) => {
    const from = x;
    x += 44 + 6.8 * name.length;
    return markup`<line class="line ${tone}" x1="${round(from)}" x2="${round(from + 18)}" y1="12" y2="12"/><text x="${round(from + 24)}" y="16">${name}</text>`;
  })}`;
}
