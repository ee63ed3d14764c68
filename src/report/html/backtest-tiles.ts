import { toDecimal } from "../../domain/money.js";
import { figure, percentFigure, signedFigure, signedPercent } from "../figures.js";
import { wilsonInterval } from "../wilson.js";
import type { Pictured } from "./backtest-charts.js";
import type { BacktestDocument } from "./backtest-report.js";
import { type Markup, markup } from "./markup.js";
import { toned } from "./table.js";

/** The headline figures, each with its interval and the count it rests on. */
export function tiles({ document, equity }: Pictured): Markup {
  const { bets, roi, clv, profit, staked, maxDrawdown, longestLosingRun } = document;
  const start = toDecimal(equity[0].bankMinor);
  return markup`<div class="tiles">${[
    tile("Yield", toned(roi.value, signedPercent(roi.value)), [
      rangeText(roi.low, roi.high, signedPercent),
      `${figure(bets)} bets`,
    ]),
    tile("Profit", toned(profit, signedFigure(profit, 2)), [
      rangeText(times(roi.low, staked), times(roi.high, staked), signedFigure),
      `${figure(staked)} staked`,
    ]),
    tile("Closing line value", toned(clv.mean, signedPercent(clv.mean)), [
      rangeText(clv.low, clv.high, signedPercent),
      coverageText(document),
    ]),
    tile("Greatest drawdown", markup`${figure(maxDrawdown.amount, 2)}`, [
      `${percentFigure(maxDrawdown.share)} of the peak, ${figure(maxDrawdown.days)} days`,
      `longest losing run ${figure(longestLosingRun)} bets`,
    ]),
    tile("Bets", markup`${figure(bets)}`, [
      `${figure(document.priced)} fixtures priced`,
      settledText(document),
    ]),
    tile("Average price", markup`${figure(document.averagePrice, 2)}`, [`${figure(bets)} bets`]),
    tile("Won", markup`${percentFigure(document.hitRate)}`, hitTexts(document)),
    tile("Bank", markup`${figure(document.finalBank, 2)}`, [
      `from ${figure(start, 2)}`,
      `commission ${figure(document.commission, 2)}`,
    ]),
  ]}</div>`;
}

function tile(name: string, value: Markup, notes: readonly string[]): Markup {
  const lines = notes.filter((note) => note !== "").map((note) => markup`<div class="doubt">${note}</div>`);
  return markup`<div class="tile"><div class="name">${name}</div><div class="value">${value}</div>${lines}</div>`;
}

function rangeText(low: number | null, high: number | null, show: (value: number) => string): string {
  return low === null || high === null ? "no interval" : `95\u00a0%: ${show(low)} to ${show(high)}`;
}

function times(share: number | null, amount: number): number | null {
  return share === null ? null : share * amount;
}

function coverageText({ clv, bets }: BacktestDocument): string {
  if (clv.coverage === null || clv.mean === null) return bets === 0 ? "no bets" : "no closing prices";
  return `known for ${percentFigure(clv.coverage, 0)}, beaten in ${percentFigure(clv.beatShare, 0)}`;
}

function settledText({ halfWon, halfLost, void: voided }: BacktestDocument): string {
  const counts: readonly (readonly [number, string])[] = [
    [halfWon, "half won"],
    [halfLost, "half lost"],
    [voided, "void"],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${figure(count)} ${name}`)
    .join(", ");
}

function hitTexts({ hitRate, won, lost, halfWon, halfLost }: BacktestDocument): readonly string[] {
  const decided = won + lost + halfWon + halfLost;
  if (hitRate === null || decided === 0) return ["no bets"];
  const { low, high } = wilsonInterval(hitRate, decided);
  return [rangeText(low, high, percentFigure), `${figure(won)} won, ${figure(lost)} lost`];
}
