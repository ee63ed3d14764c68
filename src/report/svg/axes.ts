import { type Markup, markup } from "../html/markup.js";
import { linearScale, type Scale, type Tick } from "./scale.js";

/** The inner rectangle of a chart with its two scales. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Scale;
  readonly y: Scale;
}

export interface PlotRanges {
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Longest label of the vertical axis, in characters. */
  readonly labelLength: number;
  /** Room above for a legend. */
  readonly top: number;
}

// Width of a digit at 12 px in the system fonts, on the safe side.
const DIGIT = 7;

export function layPlot({ width, height, x, y, labelLength, top }: PlotRanges): Plot {
  const left = 10 + DIGIT * labelLength;
  const right = width - 14;
  const bottom = height - 24;
  return {
    left,
    right,
    top,
    bottom,
    x: linearScale(x, [left, right]),
    y: linearScale(y, [bottom, top]),
  };
}

/** Horizontal grid lines with their labels; the line of zero is darker. */
export function verticalAxis(plot: Plot, ticks: readonly Tick[]): Markup {
  return markup`${ticks.map(({ at, label }) => {
    const y = round(plot.y(at));
    return markup`<line class="${at === 0 ? "zero" : "grid"}" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/><text x="${plot.left - 7}" y="${y + 4}" text-anchor="end">${label}</text>`;
  })}`;
}

/** Labels under the plot, with short strokes; the outer ones are kept inside the drawing. */
export function horizontalAxis(plot: Plot, ticks: readonly Tick[]): Markup {
  return markup`${ticks.map(({ at, label }) => {
    const x = round(plot.x(at));
    const anchor = x > plot.right - DIGIT * 3 ? "end" : "middle";
    const place = anchor === "end" ? plot.right + 10 : x;
    return markup`<line class="grid" x1="${x}" x2="${x}" y1="${plot.bottom}" y2="${plot.bottom + 5}"/><text x="${place}" y="${plot.bottom + 18}" text-anchor="${anchor}">${label}</text>`;
  })}`;
}

/** Two decimals: finer than any screen, and half the bytes. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
