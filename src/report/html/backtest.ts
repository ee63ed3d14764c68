import { figure } from "../figures.js";
import { parametersOf } from "../parameters.js";
import {
  calibrationPicture,
  clvChart,
  equityChart,
  monthChart,
  type Pictured,
  underwaterChart,
} from "./backtest-charts.js";
import type { BacktestDocument, BacktestReport } from "./backtest-report.js";
import { tables } from "./backtest-tables.js";
import { tiles } from "./backtest-tiles.js";
import { type Markup, markup } from "./markup.js";
import { htmlPage } from "./page.js";
import { reportBet } from "./report-bet.js";
import { section } from "./section.js";
import { verdict } from "./verdict.js";

/**
 * The tear sheet of a backtest: one self-contained HTML file, no script, no request, prints.
 *
 * The same report gives the same bytes. Throws InvariantError for numbers that are not finite and dates that are not ISO.
 */
export function backtestPage({ document, bets, equity }: BacktestReport): string {
  const pictured = { document, equity, bets: bets.map(reportBet) };
  const struck = document.bets > 0;
  return htmlPage({
    title: `Backtest: ${wordOf(document, "name")}`,
    body: markup`${header(document)}${lead(document)}${tiles(pictured)}${struck ? pictures(pictured) : null}${struck ? tables(pictured) : null}${words(document)}${provenance(document)}`,
  });
}

function header(document: BacktestDocument): Markup {
  const { period, fixtures, priced } = document;
  const description = wordOf(document, "description");
  const span = period.from === null || period.to === null ? "no fixtures" : `${period.from} to ${period.to}`;
  return markup`<header><p class="soft">Backtest</p><h1>${wordOf(document, "name")}</h1>${description ? markup`<p>${description}</p>` : null}<p class="soft">${span} · ${figure(fixtures)} fixtures, ${figure(priced)} priced</p></header>`;
}

function wordOf({ strategy }: BacktestDocument, key: string): string {
  const word = strategy[key];
  return typeof word === "string" ? word : "";
}

function lead(document: BacktestDocument): Markup {
  const { tone, headline, text } = verdict(document);
  return markup`<p class="lead ${tone}"><strong>${headline}</strong>${text}</p>`;
}

function pictures(report: Pictured): Markup {
  const clv = clvChart(report);
  const calibration = calibrationPicture(report);
  return markup`${section("Profit", "The solid line is what was won. The dashed one is what the same bets were worth at margin-free closing prices: where the two part, luck is at work. The fan is where the line would have stood with the same match days drawn at random.", equityChart(report))}${section("Drawdown", "How far the bank stood below its highest.", underwaterChart(report))}<div class="pair">${clv ? section("Closing line value", "Price taken x fair closing probability - 1, a bet each. Above zero the market came our way.", clv) : null}${calibration ? section("Calibration", "How often forecasts came true, bet or not, with 95 % intervals. Below the diagonal we were too sure.", calibration) : null}</div>${section("Profit by month", "", monthChart(report))}`;
}

function words({ warnings, assumptions }: BacktestDocument): Markup {
  const list = (texts: readonly string[]) =>
    markup`<ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>`;
  const warned =
    warnings.length > 0 ? markup`<section class="warn"><h2>Warnings</h2>${list(warnings)}</section>` : null;
  return markup`${warned}${assumptions.length > 0 ? section("Assumptions", "", list(assumptions)) : null}`;
}

function provenance(document: BacktestDocument): Markup {
  const facts: readonly (readonly [string, Markup])[] = [
    ["strategy hash", markup`<code>${document.strategyHash}</code>`],
    ["data hash", markup`<code>${document.dataHash}</code>`],
    ["seed", markup`${String(document.seed)}`],
    ["version", markup`statistico ${document.version}`],
    ["configurations tried", markup`${figure(document.trials)}`],
    ["p-value", markup`${figure(document.pValue, 4)}`],
    ["Sharpe ratio, annualised", markup`${figure(document.sharpe, 3)}`],
    ["deflated Sharpe", markup`${figure(document.deflatedSharpe, 3)}`],
  ];
  return markup`${section("Strategy", "", strategyTable(document))}${section("How it was made", "", markup`<dl>${facts.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`)}<footer>A backtest is a statement about the past under the assumptions above. Never stake what you cannot afford to lose.</footer>`;
}

function strategyTable({ strategy }: BacktestDocument): Markup {
  return markup`<dl class="columns">${parametersOf(strategy).map(({ path, value }) => markup`<div><dt>${path}</dt><dd>${value}</dd></div>`)}</dl>`;
}
