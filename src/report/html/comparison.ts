import { toDecimal } from "../../domain/money.js";
import { type ComparedRun, type Comparison, compareRuns } from "../comparison.js";
import { comparedDifference, comparedInterval, comparedValue } from "../comparison-figures.js";
import { comparisonVerdict } from "../comparison-verdict.js";
import { figure } from "../figures.js";
import { lineChart, type Tone } from "../svg/line-chart.js";
import { NARROW, twice, WIDE } from "./backtest-charts.js";
import type { BacktestReport } from "./backtest-report.js";
import { betSections } from "./comparison-bets.js";
import { type Markup, markup } from "./markup.js";
import { htmlPage } from "./page.js";
import { section } from "./section.js";
import { pageTable } from "./table.js";

/** Two runs side by side as one self-contained page, like the tear sheet of one. */
export function comparisonPage(
  first: readonly [string, BacktestReport],
  second: readonly [string, BacktestReport],
): string {
  const comparison = compareRuns(first, second);
  const { headline, text } = comparisonVerdict(comparison);
  const title = `${comparison.first.label} against ${comparison.second.label}`;
  return htmlPage({
    title: `Backtests: ${title}`,
    body: markup`<header><p class="soft">Two backtests</p><h1>${title}</h1>${[comparison.first, comparison.second].map(runLine)}</header><p class="lead open"><strong>${headline}</strong>${text}</p>${cautions(comparison)}${headlines(comparison)}${curves(comparison)}${settings(comparison)}${betSections(comparison)}${provenance(comparison)}`,
  });
}

function runLine({ label, document: { period, priced, bets } }: ComparedRun): Markup {
  const span = period.from === null || period.to === null ? "no fixtures" : `${period.from} to ${period.to}`;
  return markup`<p class="soft">${label} · ${span} · ${figure(priced)} fixtures priced, ${figure(bets)} bets</p>`;
}

function cautions({ cautions: texts }: Comparison): Markup | null {
  if (texts.length === 0) return null;
  return markup`<section class="warn"><h2>Take care</h2><ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul></section>`;
}

function headlines({ first, second, figures }: Comparison): Markup {
  const withDoubt = (text: string, doubt: string) =>
    markup`${text}${doubt === "" ? null : markup`<div class="soft">${doubt}</div>`}`;
  return section(
    "Headline figures",
    "With 95 % intervals. Those of the differences are over match days: what both runs share cancels.",
    pageTable(
      [
        { title: "", kind: "nowrap", show: ({ name }) => name },
        {
          title: first.label,
          kind: "number",
          show: (row) =>
            withDoubt(comparedValue(row.kind, row.first.value), comparedInterval(row.kind, row.first)),
        },
        {
          title: second.label,
          kind: "number",
          show: (row) =>
            withDoubt(comparedValue(row.kind, row.second.value), comparedInterval(row.kind, row.second)),
        },
        {
          title: "difference",
          kind: "number",
          show: (row) =>
            withDoubt(
              comparedDifference(row.kind, row.difference.value),
              comparedInterval(row.kind, row.difference),
            ),
        },
      ],
      figures,
    ),
    "compact",
  );
}

function curves({ first, second }: Comparison): Markup | null {
  if (first.bets.length + second.bets.length === 0) return null;
  const series = ([run, tone]: readonly [ComparedRun, Tone]) => ({
    name: run.label,
    tone,
    points: run.equity.map(
      ({ day, bankMinor }) => [day, toDecimal(bankMinor - run.equity[0].bankMinor)] as const,
    ),
  });
  return section(
    "Profit",
    "",
    twice(WIDE, NARROW, (width) =>
      lineChart({
        title: "Profit of both runs",
        description: `${first.label} ends at ${figure(first.document.profit, 2)}, ${second.label} at ${figure(second.document.profit, 2)}`,
        width,
        height: width > 600 ? 300 : 240,
        x: "day",
        label: (value) => figure(value),
        series: [series([first, "accent"]), series([second, "second"])],
      }),
    ),
  );
}

function settings({ first, second, parameters }: Comparison): Markup {
  if (parameters.length === 0) return section("Strategies", "", markup`<p>Every setting is the same.</p>`);
  return section(
    "Strategies",
    "Settings in which they differ.",
    pageTable(
      [
        { title: "setting", kind: "nowrap", show: ({ path }) => path },
        { title: first.label, kind: "text", show: (row) => row.first ?? "–" },
        { title: second.label, kind: "text", show: (row) => row.second ?? "–" },
      ],
      parameters,
    ),
    "compact",
  );
}

function provenance({ first, second }: Comparison): Markup {
  const facts: readonly (readonly [string, (run: ComparedRun) => string])[] = [
    ["strategy hash", ({ document }) => document.strategyHash],
    ["data hash", ({ document }) => document.dataHash],
    ["seed", ({ document }) => String(document.seed)],
    ["version", ({ document }) => `statistico ${document.version}`],
    ["configurations tried", ({ document }) => figure(document.trials)],
  ];
  const list = (run: ComparedRun) =>
    section(
      run.label,
      "",
      markup`<dl>${facts.map(([name, of]) => markup`<dt>${name}</dt><dd><code>${of(run)}</code></dd>`)}</dl>`,
    );
  return markup`<div class="pair">${list(first)}${list(second)}</div><footer>A backtest is a statement about the past under its assumptions. Of many that were tried the best looks better than it is.</footer>`;
}
