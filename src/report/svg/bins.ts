import { invariant } from "../../core/assert.js";
import { niceStep } from "./scale.js";

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Equal bins of a nice width with an edge at zero, about `most` of them over the middle 98 % of the values; what lies
 * farther out is counted in the outermost bins. Throws InvariantError without values.
 */
export function binValues(values: readonly number[], most: number): Bin[] {
  invariant(values.length > 0, "a histogram needs a value");
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  const low = at(0.01);
  const high = at(0.99);
  const least = 1e-3 * Math.max(1, Math.abs(low));
  const width = niceStep(Math.max(high - low, least), most);
  const first = Math.floor(low / width + 1e-9);
  const last = Math.floor(high / width + 1e-9);
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const value of sorted) {
    const bin = Math.floor(value / width + 1e-9) - first;
    counts[Math.min(counts.length - 1, Math.max(0, bin))]++;
  }
  const edge = (i: number) => Number(((first + i) * width).toPrecision(12));
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }));
}
