import { invariant } from "../../core/assert.js";
import { type Markup, markup } from "../html/markup.js";
import { horizontalAxis, layPlot, type Plot, round, verticalAxis } from "./axes.js";
import { dayTicks, niceRange, niceTicks, type Tick } from "./scale.js";
import { type ChartFrame, svgElement } from "./style.js";
import { type Point, thin } from "./thin.js";

export type Tone = "accent" | "gain" | "loss" | "expected";

export interface LineSeries {
  readonly name: string;
  readonly tone: Tone;
  /** In order of x. */
  readonly points: readonly Point[];
  /** Tint the area between the line and zero. */
  readonly area?: boolean;
}

export interface LineChart extends ChartFrame {
  readonly series: readonly LineSeries[];
  /** Whether x is a `Day` or a plain number. */
  readonly x: "day" | "number";
  readonly label: (value: number) => string;
}

// Charts that stand above each other start at the same place unless their amounts run to millions.
const LEAST_LABEL = 6;

/**
 * Lines over days or numbers, zero always in view. Over days they are steps: what a bank holds stays until the next bet.
 *
 * Throws InvariantError when there is no point at all.
 */
export function lineChart(chart: LineChart): Markup {
  const points = chart.series.flatMap((series) => series.points);
  invariant(points.length > 0, "a line chart needs a point");
  const [yLow, yHigh] = extent([0, ...points.map(([, y]) => y)]);
  const [xLow, xHigh] = extent(points.map(([x]) => x));
  const rows = chart.height > 150 ? 6 : 3;
  const y = niceRange(yLow, yHigh, rows);
  const x = [xLow, xHigh > xLow ? xHigh : xLow + 1] as const;
  const yTicks = niceTicks(y[0], y[1], rows).map((at) => ({ at, label: chart.label(at) }));
  const plot = layPlot({
    width: chart.width,
    height: chart.height,
    x,
    y,
    labelLength: Math.max(LEAST_LABEL, ...yTicks.map(({ label }) => label.length)),
    top: chart.series.length > 1 ? 30 : 10,
  });
  return svgElement(
    chart,
    markup`${verticalAxis(plot, yTicks)}${horizontalAxis(plot, xTicks(chart, x))}${chart.series.map((series) => seriesPath(plot, series, chart.x))}${chart.series.length > 1 ? legend(plot, chart.series) : null}`,
  );
}

function xTicks({ x: kind, width }: LineChart, [low, high]: readonly [number, number]): Tick[] {
  const most = Math.max(2, Math.floor(width / 90));
  if (kind === "day") return dayTicks(low, high, most);
  return niceTicks(low, high, most).map((at) => ({ at, label: String(at) }));
}

function seriesPath(plot: Plot, { tone, points, area }: LineSeries, kind: LineChart["x"]): Markup {
  const shown = thin(points, Math.round(plot.right - plot.left)).map(
    ([x, y]) => [round(plot.x(x)), round(plot.y(y))] as const,
  );
  const path = shown
    .slice(1)
    .reduce((d, [x, y]) => `${d}${kind === "day" ? `H${x}V${y}` : `L${x} ${y}`}`, "");
  const [[startX, startY]] = shown;
  const zero = round(plot.y(0));
  const shade = area
    ? markup`<path class="area fill-${tone}" d="M${startX} ${zero}V${startY}${path}V${zero}Z"/>`
    : null;
  return markup`${shade}<path class="line ${tone}" d="M${startX} ${startY}${path}"/>`;
}

function legend(plot: Plot, series: readonly LineSeries[]): Markup {
  let x = plot.left;
  return markup`${series.map(({ name, tone }) => {
    const at = x;
    x += 40 + 6.6 * name.length;
    return markup`<line class="line ${tone}" x1="${at}" x2="${at + 18}" y1="10" y2="10"/><text x="${at + 24}" y="14">${name}</text>`;
  })}`;
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
