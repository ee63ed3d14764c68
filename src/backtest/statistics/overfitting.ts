import { invariant } from "../../core/assert.js";

/** How likely the best configuration of a sweep is best by luck alone. */
export interface Overfitting {
  /** Share of the splits in which the best of one half was no better than the median of the other half. */
  readonly probability: number;
  readonly blocks: number;
  readonly splits: number;
  readonly configurations: number;
}

/** Sums of a configuration's results over blocks of days: what a Sharpe ratio over any of them needs. */
interface BlockSums {
  readonly sum: Float64Array;
  readonly square: Float64Array;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation.
 *
 * Shape    `series[n][t]`: result of configuration n on day t; all of one length. Days are cut in `blocks` (even) runs of
 *          days; each half of the blocks chooses the configuration with the best mean over deviation, which is then
 *          ranked among all on the other half. Equal results share their mean rank.
 * Returns  null with fewer than two configurations or fewer days than blocks: nothing was chosen then.
 * Source   Bailey, Borwein, Lopez de Prado & Zhu, "The Probability of Backtest Overfitting", Journal of Computational
 *          Finance 20(4), 2017, section 3.
 */
export function backtestOverfitting(series: readonly Float64Array[], blocks = 16): Overfitting | null {
  invariant(blocks >= 2 && blocks % 2 === 0, "blocks come in two halves");
  const [first] = series;
  if (!first || series.length < 2 || first.length < blocks) return null;
  const sums = series.map((values) => blockSums(values, blocks));
  const lengths = Array.from(
    { length: blocks },
    (_, b) => blockEnd(b, first.length, blocks) - blockEnd(b - 1, first.length, blocks),
  );
  let splits = 0;
  let overfitted = 0;
  for (const chosen of halves(blocks)) {
    splits++;
    if (relativeRank(sums, lengths, chosen) <= 0.5) overfitted++;
  }
  return { probability: overfitted / splits, blocks, splits, configurations: series.length };
}

function blockEnd(block: number, days: number, blocks: number): number {
  return Math.floor(((block + 1) * days) / blocks);
}

function blockSums(values: Float64Array, blocks: number): BlockSums {
  const sum = new Float64Array(blocks);
  const square = new Float64Array(blocks);
  for (let block = 0; block < blocks; block++)
    for (
      let t = blockEnd(block - 1, values.length, blocks);
      t < blockEnd(block, values.length, blocks);
      t++
    ) {
      sum[block] += values[t];
      square[block] += values[t] * values[t];
    }
  return { sum, square };
}

/** Every choice of half of the blocks, as bits. */
function* halves(blocks: number): Generator<number> {
  for (let bits = 0; bits < 2 ** blocks; bits++) if (countBits(bits) === blocks / 2) yield bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** Rank on the other half, over N + 1, of the configuration that is best on the chosen blocks. */
function relativeRank(sums: readonly BlockSums[], lengths: readonly number[], chosen: number): number {
  const all = 2 ** lengths.length - 1;
  const inside = sums.map((each) => sharpeOver(each, lengths, chosen));
  const best = inside.reduce((top, value, index) => (value > inside[top] ? index : top), 0);
  const outside = sums.map((each) => sharpeOver(each, lengths, all ^ chosen));
  let below = 0;
  let equal = 0;
  for (const value of outside) {
    if (value < outside[best]) below++;
    else if (value === outside[best]) equal++;
  }
  return (below + (equal + 1) / 2) / (sums.length + 1);
}

/** Mean over deviation on the blocks whose bit is set; 0 where nothing varies and nothing was won. */
function sharpeOver({ sum, square }: BlockSums, lengths: readonly number[], bits: number): number {
  let n = 0;
  let total = 0;
  let squares = 0;
  for (let block = 0; block < lengths.length; block++)
    if ((bits >> block) & 1) {
      n += lengths[block];
      total += sum[block];
      squares += square[block];
    }
  const variance = squares / n - (total / n) ** 2;
  return variance > 1e-12 * (squares / n) ? total / n / Math.sqrt(variance) : Math.sign(total);
}
