import { invariant } from "../../core/assert.js";
import { type Markup, markup } from "../html/markup.js";
import { horizontalAxis, layPlot, type Plot, round, verticalAxis } from "./axes.js";
import { dayTicks, niceRange, niceTicks, type Tick } from "./scale.js";
import { type ChartFrame, svgElement } from "./style.js";
import { type Point, thin } from "./thin.js";

export type Tone = "accent" | "gain" | "loss" | "expected" | "second";

export interface LineSeries {
  readonly name: string;
  readonly tone: Tone;
  /** In order of x. */
  readonly points: readonly Point[];
  /** Tint the area between the line and zero. */
  readonly area?: boolean;
}

/** A shaded reach behind the lines, bounded below and above at each x. */
export interface LineBand {
  /** In the legend; "" for none: the inner one of two bands, say. */
  readonly name: string;
  readonly points: readonly (readonly [x: number, low: number, high: number])[];
}

export interface LineChart extends ChartFrame {
  readonly series: readonly LineSeries[];
  readonly bands?: readonly LineBand[];
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
  const bands = chart.bands ?? [];
  const points = [...chart.series.flatMap((series) => series.points), ...bands.flatMap(bandEnds)];
  invariant(points.length > 0, "a line chart needs a point");
  const [yLow, yHigh] = extent([0, ...points.map(([, y]) => y)]);
  const [xLow, xHigh] = extent(points.map(([x]) => x));
  const explained: readonly LegendItem[] = [
    ...chart.series,
    ...bands.filter(({ name }) => name !== "").map(({ name }) => ({ name, tone: "band" as const })),
  ];
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
    top: explained.length > 1 ? 12 + 18 * rowsOf(explained, chart.width) : 10,
  });
  return svgElement(
    chart,
    markup`${bands.map((band) => bandPath(plot, band))}${verticalAxis(plot, yTicks)}${horizontalAxis(plot, xTicks(chart, x))}${chart.series.map((series) => seriesPath(plot, series, chart.x))}${explained.length > 1 ? legend(plot, explained, chart.width) : null}`,
  );
}

function bandEnds({ points }: LineBand): Point[] {
  return points.flatMap(([x, low, high]): Point[] => [
    [x, low],
    [x, high],
  ]);
}

function bandPath(plot: Plot, { points }: LineBand): Markup {
  const at = (x: number, y: number) => `${round(plot.x(x))} ${round(plot.y(y))}`;
  const above = points.map(([x, , high]) => at(x, high));
  const below = points.map(([x, low]) => at(x, low)).reverse();
  return markup`<path class="band" d="M${[...above, ...below].join("L")}Z"/>`;
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

interface LegendItem {
  readonly name: string;
  readonly tone: Tone | "band";
}

/** Where each item of the legend stands; what does not fit the width goes to a further row. */
function legendPlaces(items: readonly LegendItem[], from: number, to: number) {
  let [x, row] = [from, 0];
  return items.map(({ name }) => {
    const wide = 40 + 6.6 * name.length;
    if (x > from && x + wide - 16 > to) [x, row] = [from, row + 1];
    const place = { x, y: 10 + 18 * row, row };
    x += wide;
    return place;
  });
}

// The plot's left edge is not known yet when its height is: this is about where it stands.
function rowsOf(items: readonly LegendItem[], width: number): number {
  return 1 + Math.max(...legendPlaces(items, 10 + 7 * LEAST_LABEL, width).map(({ row }) => row));
}

function legend(plot: Plot, items: readonly LegendItem[], width: number): Markup {
  const places = legendPlaces(items, plot.left, width);
  return markup`${items.map(({ name, tone }, i) => {
    const { x, y } = places[i];
    const sign =
      tone === "band"
        ? markup`<rect class="band" x="${x}" y="${y - 6}" width="18" height="12"/>`
        : markup`<line class="line ${tone}" x1="${x}" x2="${x + 18}" y1="${y}" y2="${y}"/>`;
    return markup`${sign}<text x="${x + 24}" y="${y + 4}">${name}</text>`;
  })}`;
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
