import { invariant } from "../../core/assert.js";

/** How likely the best configuration of a sweep is best by luck alone. */
export interface Overfitting {
  /** Share of the splits in which the best of one half was no better than the median of the other half. */
  readonly probability: number;
  readonly blocks: number;
  readonly splits: number;
  readonly configurations: number;
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
  const early = choiceSums(series, blocks, 0, blocks / 2);
  const late = choiceSums(series, blocks, blocks / 2, blocks);
  const one = new Float64Array(series.length);
  const other = new Float64Array(series.length);
  let splits = 0;
  let overfitted = 0;
  for (const chosen of halves(blocks)) {
    // A half and its complement choose in turn on the same figures: one of each pair of splits does for both.
    if ((chosen & 1) === 0) continue;
    fillSharpes(one, early, late, chosen);
    fillSharpes(other, early, late, 2 ** blocks - 1 - chosen);
    splits += 2;
    if (relativeRank(one, other) <= 0.5) overfitted++;
    if (relativeRank(other, one) <= 0.5) overfitted++;
  }
  return { probability: overfitted / splits, blocks, splits, configurations: series.length };
}

/** Days, sums and squares over every choice of some blocks: those of a choice lie together, a configuration each. */
interface ChoiceSums {
  readonly days: Float64Array;
  readonly sum: Float64Array;
  readonly square: Float64Array;
}

/** The blocks `from` up to `to` of all series. Two such tables hold any choice of twice as many blocks. */
function choiceSums(series: readonly Float64Array[], blocks: number, from: number, to: number): ChoiceSums {
  const size = 2 ** (to - from);
  const table = {
    days: new Float64Array(size),
    sum: new Float64Array(size * series.length),
    square: new Float64Array(size * series.length),
  };
  for (let block = from; block < to; block++) {
    const cut = series.map((values) => blockOf(values, block, blocks));
    const days = cut[0]?.length ?? 0;
    const sums = cut.map((values) => values.reduce((all, each) => all + each, 0));
    const squares = cut.map((values) => values.reduce((all, each) => all + each * each, 0));
    addBlock(table, 1 << (block - from), { days, sums, squares });
  }
  return table;
}

/** Every choice up to and with the block of this bit: the same choice without it, and the block. */
function addBlock(
  { days, sum, square }: ChoiceSums,
  bit: number,
  block: { readonly days: number; readonly sums: readonly number[]; readonly squares: readonly number[] },
): void {
  const count = block.sums.length;
  for (let choice = bit; choice < 2 * bit; choice++) {
    days[choice] = days[choice - bit] + block.days;
    for (let each = 0; each < count; each++) {
      sum[choice * count + each] = sum[(choice - bit) * count + each] + block.sums[each];
      square[choice * count + each] = square[(choice - bit) * count + each] + block.squares[each];
    }
  }
}

function blockOf(values: Float64Array, block: number, blocks: number): Float64Array {
  return values.subarray(blockEnd(block - 1, values.length, blocks), blockEnd(block, values.length, blocks));
}

function blockEnd(block: number, days: number, blocks: number): number {
  return Math.floor(((block + 1) * days) / blocks);
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

/** Rank on the other half, over N + 1, of the configuration that is best on this one. */
function relativeRank(inside: Float64Array, outside: Float64Array): number {
  let best = 0;
  for (let each = 1; each < inside.length; each++) if (inside[each] > inside[best]) best = each;
  let below = 0;
  let equal = 0;
  for (let each = 0; each < outside.length; each++) {
    if (outside[each] < outside[best]) below++;
    else if (outside[each] === outside[best]) equal++;
  }
  return (below + (equal + 1) / 2) / (inside.length + 1);
}

/** Of each configuration, mean over deviation on the blocks whose bit is set; 0 where nothing varies and nothing was won. */
function fillSharpes(out: Float64Array, early: ChoiceSums, late: ChoiceSums, bits: number): void {
  const count = out.length;
  const low = bits % early.days.length;
  const high = Math.floor(bits / early.days.length);
  const n = early.days[low] + late.days[high];
  for (let each = 0; each < count; each++) {
    const mean = (early.sum[low * count + each] + late.sum[high * count + each]) / n;
    const square = (early.square[low * count + each] + late.square[high * count + each]) / n;
    const variance = square - mean ** 2;
    out[each] = variance > 1e-12 * square ? mean / Math.sqrt(variance) : Math.sign(mean);
  }
}
