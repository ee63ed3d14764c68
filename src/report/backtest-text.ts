import { type NamedPart, partsByBookmaker, partsByPrice, partsByWeekday, partsByYear } from "./bet-parts.js";
import type { BacktestDocument, ReportEquity } from "./html/backtest-report.js";
import { underwater } from "./html/drawdown.js";
import type { ReportBet } from "./html/report-bet.js";
import { verdict } from "./html/verdict.js";
import { sparkline } from "./sparkline.js";
import { renderTable, type TableStyle } from "./table.js";

const WIDE = 100;
const MONEY = 2;

/**
 * A backtest for the terminal: headline numbers with their intervals, bank and drawdown lines, a table a season; with
 * `bets` also tables by price, bookmaker, weekday and year.
 */
export function backtestText(
  document: BacktestDocument,
  equity: readonly ReportEquity[],
  style: TableStyle,
  bets: readonly ReportBet[] = [],
): string {
  const { headline, text } = verdict(document);
  const line = (values: readonly number[]): string =>
    sparkline(values, Math.max(1, Math.min(style.width ?? WIDE, WIDE) - 10));
  return [
    renderTable(
      [
        { key: "name", title: "" },
        { key: "value", title: "", align: "right" },
        { key: "interval", title: "95%" },
      ],
      headlines(document),
      style,
    ),
    equity.length > 1
      ? `bank      ${line(equity.map(({ bankMinor }) => bankMinor))}\ndrawdown  ${line(underwater(equity))}\n`
      : "",
    parts(document, style),
    betParts(bets, style),
    `${headline}. ${text}\n`,
  ]
    .filter(Boolean)
    .join("\n");
}

function headlines(document: BacktestDocument) {
  const { roi, clv, maxDrawdown, trials } = document;
  const row = (name: string, value: string, interval = "") => ({ name, value, interval });
  return [
    row("bets", `${document.bets}`, `of ${document.priced} priced fixtures`),
    row("staked", money(document.staked)),
    row("profit", money(document.profit), `after ${money(document.commission)} commission`),
    row("ROI", percent(roi.value), interval(roi.low, roi.high)),
    row(
      "CLV",
      percent(clv.mean),
      `${interval(clv.low, clv.high)}  ${percent(clv.beatShare)} beat the close, coverage ${percent(clv.coverage)}`,
    ),
    row(
      "hit rate",
      percent(document.hitRate),
      `at average price ${document.averagePrice?.toFixed(2) ?? "–"}`,
    ),
    row("max drawdown", money(maxDrawdown.amount), `${percent(maxDrawdown.share)}, ${maxDrawdown.days} days`),
    row("losing run", `${document.longestLosingRun}`, "bets in a row"),
    row("Sharpe", number(document.sharpe), `deflated ${number(document.deflatedSharpe)} for ${trials} tried`),
    row("p-value", number(document.pValue), "bets at fair odds doing as well"),
    row("final bank", money(document.finalBank)),
  ];
}

function parts({ bySeason, byLeague }: BacktestDocument, style: TableStyle): string {
  return partTable(
    "season, league",
    [
      ...bySeason.map(({ season, ...part }) => ({ name: String(season), ...part })),
      ...(byLeague.length > 1 ? byLeague.map(({ league, ...part }) => ({ name: league, ...part })) : []),
    ],
    style,
  );
}

function betParts(bets: readonly ReportBet[], style: TableStyle): string {
  return [
    partTable("price", partsByPrice(bets), style),
    partTable("bookmaker", partsByBookmaker(bets), style),
    partTable("weekday", partsByWeekday(bets), style),
    partTable("year", partsByYear(bets), style),
  ]
    .filter(Boolean)
    .join("\n");
}

function partTable(title: string, named: readonly NamedPart[], style: TableStyle): string {
  const rows = named.map(({ name, bets, profit, roi, clv }) => ({
    name,
    bets,
    profit,
    roi: percent(roi.value),
    interval: interval(roi.low, roi.high),
    clv: percent(clv.mean),
  }));
  if (rows.length === 0) return "";
  const columns = [
    { key: "name", title },
    { key: "bets", title: "bets" },
    { key: "profit", title: "profit", digits: MONEY },
    { key: "roi", title: "ROI", align: "right" as const },
    { key: "interval", title: "95%" },
    { key: "clv", title: "CLV", align: "right" as const },
  ];
  return renderTable(columns, rows, style);
}

function money(value: number): string {
  return value.toFixed(MONEY);
}

function percent(value: number | null): string {
  return value === null ? "–" : `${(100 * value).toFixed(1)}%`;
}

function interval(low: number | null, high: number | null): string {
  return low === null || high === null ? "" : `${percent(low)} to ${percent(high)}`;
}

function number(value: number | null): string {
  return value === null ? "–" : value.toFixed(3);
}
