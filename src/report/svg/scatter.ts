import { invariant } from "../../core/assert.js";
import { type Markup, markup } from "../html/markup.js";
import { horizontalAxis, layPlot, type Plot, round, verticalAxis } from "./axes.js";
import { niceRange, niceTicks } from "./scale.js";
import { type ChartFrame, svgElement } from "./style.js";

export interface ScatterChart extends ChartFrame {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly xName: string;
  readonly yName: string;
  /** y at x = 0 and what y gains for each x; null for none. */
  readonly line: { readonly intercept: number; readonly slope: number } | null;
}

// More dots than this make a file heavy and show no more.
const MOST_DOTS = 2000;
const LEAST_OF_A_MEAN = 30;
const MOST_MEANS = 20;
const NORMAL_95 = 1.959963984540054;

/**
 * Points with the fitted line; from many points every nth is drawn, and means of equal parts of them with 95 % intervals.
 *
 * Throws InvariantError without points.
 */
export function scatterChart(chart: ScatterChart): Markup {
  invariant(chart.points.length > 0, "a scatter plot needs a point");
  const rows = 6;
  const x = rangeOf(chart.points.map(([value]) => value));
  const y = niceRange(...rangeOf(chart.points.map(([, value]) => value)), rows);
  const yTicks = niceTicks(y[0], y[1], rows).map((at) => ({ at, label: String(at) }));
  const plot = layPlot({
    width: chart.width,
    height: chart.height - 20,
    x: niceRange(...x, 8),
    y,
    labelLength: Math.max(4, ...yTicks.map(({ label }) => label.length)),
    top: 30,
  });
  const xTicks = niceTicks(...niceRange(...x, 8), Math.floor(chart.width / 80)).map((at) => ({
    at,
    label: String(at),
  }));
  const names = markup`<text class="strong" x="10" y="14">${chart.yName}</text><text class="strong" x="${plot.right}" y="${chart.height - 4}" text-anchor="end">${chart.xName}</text>`;
  return svgElement(
    chart,
    markup`${verticalAxis(plot, yTicks)}${horizontalAxis(plot, xTicks)}${dots(plot, chart)}${fittedLine(plot, chart, x)}${means(plot, chart)}${names}`,
  );
}

function dots(plot: Plot, { points }: ScatterChart): Markup {
  const step = Math.ceil(points.length / MOST_DOTS);
  const opacity = points.length > 300 ? 0.25 : 0.6;
  const shown = points.filter((_, i) => i % step === 0);
  return markup`<g class="fill-accent" fill-opacity="${opacity}">${shown.map(([x, y]) => markup`<circle cx="${round(plot.x(x))}" cy="${round(plot.y(y))}" r="2.5"/>`)}</g>`;
}

function fittedLine(
  plot: Plot,
  { line }: ScatterChart,
  [low, high]: readonly [number, number],
): Markup | null {
  if (line === null) return null;
  const at = (x: number) => round(plot.y(line.intercept + line.slope * x));
  return markup`<line class="mark" x1="${round(plot.x(low))}" y1="${at(low)}" x2="${round(plot.x(high))}" y2="${at(high)}"/>`;
}

/** Means of y over parts of equal count along x: what the line should run through when the relation is straight. */
function means(plot: Plot, { points }: ScatterChart): Markup[] {
  const parts = Math.min(MOST_MEANS, Math.floor(points.length / LEAST_OF_A_MEAN));
  if (parts < 3) return [];
  const ordered = points.map(([x, y], i) => ({ x, y, i })).sort((a, b) => a.x - b.x || a.i - b.i);
  return Array.from({ length: parts }, (_, part) =>
    meanMark(
      plot,
      ordered.slice(
        Math.floor((part * ordered.length) / parts),
        Math.floor(((part + 1) * ordered.length) / parts),
      ),
    ),
  );
}

function meanMark(plot: Plot, part: readonly { readonly x: number; readonly y: number }[]): Markup {
  const mean = (of: (point: { readonly x: number; readonly y: number }) => number) =>
    part.reduce((sum, point) => sum + of(point), 0) / part.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const variance = (mean((point) => (point.y - y) ** 2) * part.length) / (part.length - 1);
  const half = NORMAL_95 * Math.sqrt(variance / part.length);
  const left = round(plot.x(x));
  return markup`<line class="whisker-mean" x1="${left}" x2="${left}" y1="${round(plot.y(y - half))}" y2="${round(plot.y(y + half))}"/><circle class="fill-loss" cx="${left}" cy="${round(plot.y(y))}" r="4"><title>mean ${y.toFixed(3)} of ${part.length} around ${x.toFixed(3)}</title></circle>`;
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
