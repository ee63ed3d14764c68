import { formatDay } from "../../core/day.js";
import { roundTo } from "../../core/number.js";
import { DIGITS } from "../breakdown.js";
import { backtestOverfitting } from "../statistics/overfitting.js";
import { deflatedSharpe } from "../statistics/sharpe.js";
import type { Axis, AxisValue } from "./axis.js";
import type { Choice } from "./grid.js";
import { EMBARGO_DAYS, type Nested, nestedEvaluation, score } from "./nested.js";
import { type DayAxis, type Trial, withInterval } from "./trial.js";

/** One configuration as `sweep --json` shows it. */
export interface TrialRow extends Omit<Trial, "moments" | "dayProfitMinor" | "dayStakedMinor"> {
  readonly index: number;
  readonly values: Readonly<Record<string, AxisValue>>;
  readonly strategyHash: string;
  /** Mean over deviation of the profit of all match days of the period, those without bets included. */
  readonly score: number;
}

export interface SweepDocument {
  readonly schema: "statistico/sweep@1";
  readonly name: string;
  readonly strategy: Readonly<Record<string, unknown>>;
  readonly axes: readonly Axis[];
  readonly configurations: number;
  readonly seed: number;
  readonly version: string;
  readonly dataHash: string;
  readonly period: { readonly from: string | null; readonly to: string | null; readonly matchDays: number };
  /** Strategies tried on this database so far, these included. */
  readonly tried: number;
  readonly best: BestRow | null;
  readonly overfitting: {
    readonly probability: number;
    readonly blocks: number;
    readonly splits: number;
  } | null;
  readonly nested: Nested | null;
  readonly trials: readonly TrialRow[];
  readonly warnings: readonly string[];
}

export interface BestRow extends TrialRow {
  /** Chance that its Sharpe ratio beats the best to be expected of so many tries without skill. */
  readonly deflatedSharpe: number | null;
}

export interface SweepRecord {
  readonly name: string;
  readonly strategy: Readonly<Record<string, unknown>>;
  readonly axes: readonly Axis[];
  readonly choices: readonly Choice[];
  readonly hashes: readonly string[];
  readonly seed: number;
  readonly version: string;
  readonly dataHash: string;
  readonly tried: number;
  readonly nested: boolean;
}

/** The figures of a sweep. The best row is that of the highest score; the first of equals. */
export function sweepDocument(trials: readonly Trial[], days: DayAxis, record: SweepRecord): SweepDocument {
  const { axes, choices, hashes, seed, nested, tried } = record;
  const scores = trials.map(({ dayProfitMinor }) => roundTo(score(dayProfitMinor), DIGITS));
  const leading = new Set(leaders(scores));
  const rows = trials.map((trial, index) =>
    rowOf(leading.has(index) ? withInterval(trial, seed) : trial, {
      index,
      values: Object.fromEntries(axes.map(({ path }, at) => [path, choices[index][at]])),
      strategyHash: hashes[index],
      score: scores[index],
    }),
  );
  const overfitting = backtestOverfitting(trials.map(({ dayProfitMinor }) => dayProfitMinor));
  return {
    schema: "statistico/sweep@1",
    name: record.name,
    strategy: record.strategy,
    axes,
    configurations: trials.length,
    seed,
    version: record.version,
    dataHash: record.dataHash,
    period: periodOf(days),
    tried,
    best: bestRow(rows, trials, tried),
    overfitting: overfitting && {
      probability: roundTo(overfitting.probability, DIGITS),
      blocks: overfitting.blocks,
      splits: overfitting.splits,
    },
    nested: nested ? nestedEvaluation(trials, days, seed) : null,
    trials: rows,
    warnings: warningsOf(rows, overfitting?.probability ?? null, nested),
  };
}

/** Rows whose return gets its interval: it costs more than the bets. */
const LEADING = 50;

/** The leading rows by their scores, the first of equals. */
function leaders(scores: readonly number[]): number[] {
  return [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b).slice(0, LEADING);
}

function rowOf(
  { moments: _moments, dayProfitMinor: _profit, dayStakedMinor: _staked, ...figures }: Trial,
  {
    index,
    values,
    strategyHash,
    score: scored,
  }: Pick<TrialRow, "index" | "values" | "strategyHash" | "score">,
): TrialRow {
  return { index, values, strategyHash, ...figures, score: scored };
}

function periodOf({ days }: DayAxis): SweepDocument["period"] {
  const [first] = days;
  const last = days.at(-1);
  return {
    from: first === undefined ? null : formatDay(first),
    to: last === undefined ? null : formatDay(last),
    matchDays: days.length,
  };
}

function bestRow(rows: readonly TrialRow[], trials: readonly Trial[], tried: number): BestRow | null {
  const betting = rows.filter(({ bets }) => bets > 0);
  if (betting.length === 0) return null;
  const best = betting.reduce((top, row) => (row.score > top.score ? row : top));
  const { moments } = trials[best.index];
  const trialsMade = { count: tried, sharpeVariance: sharpeVariance(trials) };
  return { ...best, deflatedSharpe: moments && roundTo(deflatedSharpe(moments, trialsMade), DIGITS) };
}

/** Between the configurations that bet; null with fewer than two. */
function sharpeVariance(trials: readonly Trial[]): number | null {
  const all = trials.flatMap(({ moments }) => moments?.sharpe ?? []);
  if (all.length < 2) return null;
  const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
  return all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (all.length - 1);
}

const LIKELY = 0.5;

function warningsOf(rows: readonly TrialRow[], overfitting: number | null, nested: boolean): string[] {
  const idle = rows.filter(({ bets }) => bets === 0).length;
  return [
    `the best of ${rows.length} configurations looks better than it is: its own interval does not know of the others`,
    ...(overfitting !== null && overfitting >= LIKELY
      ? [
          "what is best on one half of the days is no better than the median on the other half, as often as not",
        ]
      : []),
    ...(rows.length > LEADING
      ? [`intervals are made for the ${LEADING} configurations of the highest scores; the others have none`]
      : []),
    ...(idle > 0 ? [`no bet in ${idle} of the configurations`] : []),
    ...(nested
      ? [
          `each season of the nested evaluation is bet with what was best before it, ${EMBARGO_DAYS} match day left out between; the bank of a configuration runs on through the seasons`,
        ]
      : []),
  ];
}
