import { type Markup, markup } from "../html/markup.js";
import { horizontalAxis, layPlot, type Plot, round, verticalAxis } from "./axes.js";
import { niceTicks } from "./scale.js";
import { type ChartFrame, svgElement } from "./style.js";

/** Forecasts of about the same probability: their average, and how often the thing came true. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly n: number;
  /** 95 % interval of `observed`. */
  readonly low: number;
  readonly high: number;
}

export interface CalibrationChart extends ChartFrame {
  readonly points: readonly CalibrationPoint[];
}

/** Observed share against forecast, with intervals; on the diagonal the forecasts mean what they say. */
export function calibrationChart(chart: CalibrationChart): Markup {
  const ticks = niceTicks(0, 1, 5).map((at) => ({ at, label: `${Math.round(100 * at)}%` }));
  const plot = layPlot({
    width: chart.width,
    height: chart.height,
    x: [0, 1],
    y: [0, 1],
    labelLength: 4,
    top: 10,
  });
  const most = Math.max(1, ...chart.points.map(({ n }) => n));
  const diagonal = markup`<line class="mark" x1="${plot.left}" y1="${plot.bottom}" x2="${plot.right}" y2="${plot.top}"/>`;
  return svgElement(
    chart,
    markup`${verticalAxis(plot, ticks)}${horizontalAxis(plot, ticks)}${diagonal}${chart.points.map((point) => dot(plot, point, most))}`,
  );
}

function dot(plot: Plot, { predicted, observed, n, low, high }: CalibrationPoint, most: number): Markup {
  const x = round(plot.x(predicted));
  // Area, not radius, goes with the count.
  const radius = round(2.5 + 4.5 * Math.sqrt(n / most));
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  return markup`<line class="whisker" x1="${x}" x2="${x}" y1="${round(plot.y(low))}" y2="${round(plot.y(high))}"/><circle class="fill-accent" cx="${x}" cy="${round(plot.y(observed))}" r="${radius}"><title>forecast ${percent(predicted)}, came true ${percent(observed)} of ${n} (${percent(low)} to ${percent(high)})</title></circle>`;
}
