import { stripControls } from "../core/text.js";
import type { ComparedRun, Comparison } from "./comparison.js";
import { comparedDifference, comparedInterval, comparedValue } from "./comparison-figures.js";
import { comparisonVerdict } from "./comparison-verdict.js";
import { displayWidth, pad } from "./display-width.js";
import { betGroups } from "./html/comparison-bets.js";
import { sparkline } from "./sparkline.js";
import { renderTable, type TableStyle } from "./table.js";

const WIDE = 100;

/** Two runs for the terminal: figures, differences with intervals, both banks, settings and bets in common and apart. */
export function comparisonText(comparison: Comparison, style: TableStyle): string {
  const { headline, text } = comparisonVerdict(comparison);
  const { first, second, cautions } = comparison;
  return [
    figureTable(comparison, style),
    curves([first, second], style),
    settingTable(comparison, style),
    groupTable(comparison, style),
    `${headline}. ${text}\n`,
    cautions.map((caution) => `take care: ${caution}\n`).join(""),
  ]
    .filter(Boolean)
    .join("\n");
}

function figureTable({ first, second, figures }: Comparison, style: TableStyle): string {
  return renderTable(
    [
      { key: "name", title: "" },
      { key: "first", title: first.label, align: "right" },
      { key: "second", title: second.label, align: "right" },
      { key: "difference", title: "difference", align: "right" },
      { key: "interval", title: "95%" },
    ],
    figures.map(({ name, kind, first: a, second: b, difference }) => ({
      name,
      first: comparedValue(kind, a.value),
      second: comparedValue(kind, b.value),
      difference: comparedDifference(kind, difference.value),
      interval: comparedInterval(kind, difference),
    })),
    style,
  );
}

function curves(runs: readonly ComparedRun[], { width }: TableStyle): string {
  const longest = Math.max(...runs.map(({ label }) => displayWidth(label)));
  const room = Math.max(10, Math.min(width ?? WIDE, WIDE) - longest - 2);
  return runs
    .filter(({ equity }) => equity.length > 1)
    .map(({ label, equity }) => {
      const banks = equity.map(({ bankMinor }) => bankMinor);
      return `${pad(stripControls(label), longest, false)}  ${sparkline(banks, room)}\n`;
    })
    .join("");
}

function settingTable({ first, second, parameters }: Comparison, style: TableStyle): string {
  if (parameters.length === 0) return "";
  return renderTable(
    [
      { key: "path", title: "setting" },
      { key: "first", title: first.label },
      { key: "second", title: second.label },
    ],
    parameters.map((parameter) => ({ ...parameter })),
    style,
  );
}

function groupTable(comparison: Comparison, style: TableStyle): string {
  return renderTable(
    [
      { key: "name", title: "bets" },
      { key: "bets", title: "count" },
      { key: "staked", title: "staked", digits: 2 },
      { key: "profit", title: "profit", digits: 2 },
      { key: "yield", title: "yield", align: "right" },
      { key: "interval", title: "95%" },
      { key: "clv", title: "CLV", align: "right" },
    ],
    betGroups(comparison).map(({ name, bets, staked, profit, roi, clv }) => ({
      name,
      bets,
      staked,
      profit,
      yield: comparedDifference("share", roi.value),
      interval: comparedInterval("share", roi),
      clv: comparedDifference("share", clv),
    })),
    style,
  );
}
