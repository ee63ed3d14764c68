/** Pearson's correlation of two columns over the rows that have both. */
export interface Correlation {
  readonly n: number;
  /** Null where one of them does not vary, or with fewer than two rows. */
  readonly value: number | null;
  /** 95 % interval, rows taken as independent; null with fewer than four rows. */
  readonly low: number | null;
  readonly high: number | null;
}

const NORMAL_95 = 1.959963984540054;

/**
 * Correlate two columns of one length; a row without either value is left out.
 *
 * Source   interval: Fisher, Metron 1, 1921: artanh(r) is normal with variance 1 / (n - 3).
 */
export function correlate(
  first: readonly (number | null)[],
  second: readonly (number | null)[],
): Correlation {
  const pairs = first.flatMap((a, i) => {
    const b = second[i];
    return a === null || b === null ? [] : [[a, b] as const];
  });
  const n = pairs.length;
  const value = pearson(pairs);
  if (value === null || n < 4) return { n, value, low: null, high: null };
  const half = NORMAL_95 / Math.sqrt(n - 3);
  return { n, value, low: Math.tanh(Math.atanh(value) - half), high: Math.tanh(Math.atanh(value) + half) };
}

function pearson(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 2) return null;
  const meanA = pairs.reduce((sum, [a]) => sum + a, 0) / pairs.length;
  const meanB = pairs.reduce((sum, [, b]) => sum + b, 0) / pairs.length;
  let [aa, bb, ab] = [0, 0, 0];
  for (const [a, b] of pairs) {
    aa += (a - meanA) ** 2;
    bb += (b - meanB) ** 2;
    ab += (a - meanA) * (b - meanB);
  }
  return aa === 0 || bb === 0 ? null : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}
