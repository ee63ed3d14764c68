import { invariant } from "../core/assert.js";
import { wilsonInterval } from "./scoring-interval.js";

/** Forecasts of like probability beside how often they came true. */
export interface CalibrationBin {
  /** Forecasts p with low <= p < high; the last bin takes 1 too. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly hits: number;
  /** Mean forecast and share that came true; null in an empty bin. */
  readonly meanForecast: number | null;
  readonly rate: number | null;
  /** 95% Wilson interval of the rate. */
  readonly rateLow: number;
  readonly rateHigh: number;
}

/** Bins of equal width over [0, 1]; every bin is listed, empty ones too. */
export function calibrationBins(
  probabilities: ArrayLike<number>,
  happened: ArrayLike<boolean>,
  bins = 10,
): readonly CalibrationBin[] {
  invariant(probabilities.length === happened.length, "every forecast needs an outcome");
  const sums = Array.from({ length: bins }, () => ({ n: 0, hits: 0, forecast: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i];
    invariant(p >= 0 && p <= 1, `a probability must lie in [0, 1], was ${p}`);
    const bin = sums[Math.min(bins - 1, Math.floor(p * bins))];
    bin.n++;
    bin.forecast += p;
    if (happened[i]) bin.hits++;
  }
  return sums.map(({ n, hits, forecast }, i) => {
    const { low: rateLow, high: rateHigh } = wilsonInterval(hits, n);
    const means =
      n === 0 ? { meanForecast: null, rate: null } : { meanForecast: forecast / n, rate: hits / n };
    return { low: i / bins, high: (i + 1) / bins, n, hits, ...means, rateLow, rateHigh };
  });
}
