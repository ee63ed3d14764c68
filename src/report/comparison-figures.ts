import type { FigureKind } from "./comparison.js";
import { figure, percentFigure, signedFigure, signedPercent } from "./figures.js";
import type { Estimate } from "./html/backtest-report.js";

const DIGITS: Readonly<Record<Exclude<FigureKind, "share">, number>> = { money: 2, number: 3, count: 0 };

/** A headline figure in the form of its kind; a dash for null. */
export function comparedValue(kind: FigureKind, value: number | null): string {
  return kind === "share" ? percentFigure(value) : figure(value, DIGITS[kind]);
}

/** As `comparedValue`, with its sign. */
export function comparedDifference(kind: FigureKind, value: number | null): string {
  return kind === "share" ? signedPercent(value) : signedFigure(value, DIGITS[kind]);
}

/** "−1.0 % to +2.0 %"; "" without an interval. */
export function comparedInterval(kind: FigureKind, { low, high }: Estimate): string {
  return low === null || high === null
    ? ""
    : `${comparedDifference(kind, low)} to ${comparedDifference(kind, high)}`;
}
