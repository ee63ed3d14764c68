import { type Markup, markup } from "../html/markup.js";
import { horizontalAxis, layPlot, type Plot, round, verticalAxis } from "./axes.js";
import { type Bin, binValues } from "./bins.js";
import { niceTicks } from "./scale.js";
import { type ChartFrame, svgElement } from "./style.js";

export interface Histogram extends ChartFrame {
  readonly values: readonly number[];
  readonly label: (value: number) => string;
  /** Where a dashed line stands, and what it is. */
  readonly mark: { readonly at: number; readonly name: string } | null;
}

/** Counts in equal bins; what is below zero in the colour of loss. Throws InvariantError without values. */
export function histogram(chart: Histogram): Markup {
  const bins = binValues(chart.values, Math.max(8, Math.floor(chart.width / 22)));
  const highest = Math.max(...bins.map(({ count }) => count));
  const yTicks = niceTicks(0, highest, 4)
    .filter((at) => Number.isInteger(at))
    .map((at) => ({ at, label: String(at) }));
  const plot = layPlot({
    width: chart.width,
    height: chart.height,
    x: [bins[0].from, bins[bins.length - 1].to],
    y: [0, highest],
    labelLength: Math.max(...yTicks.map(({ label }) => label.length)),
    top: chart.mark === null ? 10 : 26,
  });
  const xTicks = niceTicks(bins[0].from, bins[bins.length - 1].to, Math.floor(chart.width / 70)).map(
    (at) => ({
      at,
      label: chart.label(at),
    }),
  );
  return svgElement(
    chart,
    markup`${verticalAxis(plot, yTicks)}${bins.map((bin) => bar(plot, bin, chart.label))}${horizontalAxis(plot, xTicks)}${markLine(plot, chart)}`,
  );
}

function bar(plot: Plot, { from, to, count }: Bin, label: (value: number) => string): Markup | null {
  if (count === 0) return null;
  const left = plot.x(from) + 0.75;
  const top = plot.y(count);
  const tone = to <= 0 ? "fill-loss" : from >= 0 ? "fill-gain" : "fill-accent";
  return markup`<rect class="${tone}" x="${round(left)}" y="${round(top)}" width="${round(plot.x(to) - 0.75 - left)}" height="${round(plot.bottom - top)}"><title>${label(from)} to ${label(to)}: ${count}</title></rect>`;
}

function markLine(plot: Plot, { mark }: Histogram): Markup | null {
  if (mark === null) return null;
  const x = round(Math.min(plot.right, Math.max(plot.left, plot.x(mark.at))));
  const anchor = x > (plot.left + plot.right) / 2 ? "end" : "start";
  const gap = anchor === "end" ? -6 : 6;
  return markup`<line class="mark" x1="${x}" x2="${x}" y1="${plot.top - 16}" y2="${plot.bottom}"/><text class="strong" x="${x + gap}" y="${plot.top - 6}" text-anchor="${anchor}">${mark.name}</text>`;
}
