import type { SweepDocument, TrialRow } from "../../backtest/sweep/document.js";
import type { Column, Row } from "../../report/column.js";
import { renderTable, type TableStyle } from "../../report/table.js";

export const SWEEP_COLUMNS: readonly Column[] = [
  { key: "index", title: "#", align: "right" },
  { key: "choice", title: "configuration" },
  { key: "bets", title: "bets", align: "right" },
  { key: "profit", title: "profit", align: "right" },
  { key: "roiText", title: "return (95%)", align: "right" },
  { key: "clvText", title: "clv", align: "right" },
  { key: "score", title: "score", align: "right" },
];

/** A row a configuration, in order: what `--csv` and `--jsonl` give. */
export function sweepRows({ trials }: SweepDocument): Row[] {
  return trials.map(({ values, roi, clv, ...figures }) => ({
    ...figures,
    ...values,
    roi: roi.value,
    roiLow: roi.low,
    roiHigh: roi.high,
    clv: clv.mean,
    clvCoverage: clv.coverage,
    choice: Object.entries(values)
      .map(([path, value]) => `${path}=${value}`)
      .join(" "),
    roiText: roi.value === null ? "-" : `${percent(roi.value)} (${percent(roi.low)} to ${percent(roi.high)})`,
    clvText: percent(clv.mean),
  }));
}

const SHOWN = 10;

/** The best configurations, a heat map of two axes, and how far to believe them. */
export function sweepText(document: SweepDocument, style: TableStyle): string {
  const order = new Map(document.trials.map(({ index, score }) => [index, score]));
  const best = sweepRows(document)
    .sort(
      (a, b) =>
        (order.get(Number(b.index)) ?? 0) - (order.get(Number(a.index)) ?? 0) ||
        Number(a.index) - Number(b.index),
    )
    .slice(0, SHOWN);
  return [renderTable(SWEEP_COLUMNS, best, style), heatMap(document), belief(document), ""]
    .filter((part, index) => part !== "" || index === 3)
    .join("\n");
}

const SHADES = [" ", "░", "▒", "▓", "█"];
const MOST_CELLS = 40;

/** Return on stakes over the first two axes with several values: the mean of the configurations of a cell. */
export function heatMap({ axes, trials }: SweepDocument): string {
  const [down, across] = axes.filter(({ values }) => values.length > 1);
  if (!down || !across || across.values.length > MOST_CELLS || down.values.length > MOST_CELLS) return "";
  const cells = down.values.map((y) =>
    across.values.map((x) =>
      meanReturn(trials.filter(({ values }) => values[down.path] === y && values[across.path] === x)),
    ),
  );
  const known = cells.flat().filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const label = Math.max(down.path.length, ...down.values.map((value) => String(value).length));
  const lines = down.values.map((y, row) => {
    const shades = cells[row].map((value) => (value === null ? "··" : shadeOf(value, low, high).repeat(2)));
    return `${String(y).padStart(label)} │${shades.join("")}│`;
  });
  const ends = `${String(across.values[0])} to ${String(across.values.at(-1))}`;
  const scale = known.length === 0 ? "" : `, light ${percent(low)} to dark ${percent(high)}`;
  return [
    `return on stakes${scale}`,
    down.path.padStart(label),
    ...lines,
    `${"".padStart(label)}  ${across.path}: ${ends}`,
    "",
  ].join("\n");
}

function meanReturn(trials: readonly TrialRow[]): number | null {
  const staked = trials.reduce((sum, trial) => sum + trial.staked, 0);
  return staked === 0 ? null : trials.reduce((sum, trial) => sum + trial.profit, 0) / staked;
}

function shadeOf(value: number, low: number, high: number): string {
  const share = high > low ? (value - low) / (high - low) : 0;
  return SHADES[Math.min(SHADES.length - 1, Math.floor(share * SHADES.length))];
}

function belief({ best, overfitting, nested, tried }: SweepDocument): string {
  const lines = [
    best === null
      ? "no configuration struck a bet"
      : `deflated Sharpe of the best: ${best.deflatedSharpe ?? "-"} after ${tried} tried`,
    overfitting === null
      ? ""
      : `probability of backtest overfitting: ${overfitting.probability} (${overfitting.splits} splits of ${overfitting.blocks} blocks)`,
    ...(nested === null
      ? []
      : [
          `nested: ${percent(nested.roi.value)} (${percent(nested.roi.low)} to ${percent(nested.roi.high)}) of ${nested.staked} staked`,
          ...nested.folds.map(
            ({ season, configuration, roi, staked }) =>
              `  ${season}: configuration ${configuration}, ${percent(roi.value)} of ${staked} staked`,
          ),
        ]),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

function percent(share: number | null): string {
  return share === null ? "-" : `${(100 * share).toFixed(2)}%`;
}
