import { quantile } from "../models/scoring-comparison.js";

/** What a column of numbers comes to; null where there is nothing to say. */
export interface Summary {
  readonly count: number;
  /** Rows without a value. */
  readonly missing: number;
  readonly sum: number;
  readonly mean: number | null;
  /** 95 % interval of the mean, rows taken as independent. */
  readonly low: number | null;
  readonly high: number | null;
  /** Standard deviation with n - 1. */
  readonly deviation: number | null;
  readonly least: number | null;
  readonly lowerQuartile: number | null;
  readonly median: number | null;
  readonly upperQuartile: number | null;
  readonly most: number | null;
}

const NORMAL_95 = 1.959963984540054;

/** Describe numbers, leaving out what is missing. Quantiles are linear between order statistics (type 7). */
export function summarise(values: readonly (number | null)[]): Summary {
  const present = values.filter((value) => value !== null).sort((a, b) => a - b);
  const count = present.length;
  const sum = present.reduce((total, value) => total + value, 0);
  const mean = count === 0 ? null : sum / count;
  const deviation = mean === null || count < 2 ? null : deviationOf(present, mean);
  const half = deviation === null ? null : (NORMAL_95 * deviation) / Math.sqrt(count);
  const at = (share: number) => (count === 0 ? null : quantile(present, share));
  return {
    count,
    missing: values.length - count,
    sum,
    mean,
    low: mean === null || half === null ? null : mean - half,
    high: mean === null || half === null ? null : mean + half,
    deviation,
    least: at(0),
    lowerQuartile: at(0.25),
    median: at(0.5),
    upperQuartile: at(0.75),
    most: at(1),
  };
}

function deviationOf(values: readonly number[], mean: number): number {
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
