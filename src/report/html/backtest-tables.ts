import { formatDay } from "../../core/day.js";
import { formatSeason } from "../../domain/season.js";
import { type NamedPart, partsByBookmaker, partsByPrice, partsByWeekday, partsByYear } from "../bet-parts.js";
import { figure, percentFigure, signedFigure, signedPercent } from "../figures.js";
import type { Pictured } from "./backtest-charts.js";
import type { ReportPart } from "./backtest-report.js";
import { type Drawdown, deepestDrawdowns } from "./drawdown.js";
import { EMPTY, type Markup, markup } from "./markup.js";
import type { ReportBet } from "./report-bet.js";
import { section } from "./section.js";
import { type PageColumn, pageTable, toned } from "./table.js";

/** Bets by season, league, market, edge, price, year, weekday and bookmaker, the deepest drawdowns, the largest bets. */
export function tables(report: Pictured): Markup {
  const { bets, document, equity } = report;
  const { byLeague, bySeason, byMarket, byEdge } = document;
  const falls = deepestDrawdowns(equity, 5);
  const [left, right] = [
    [
      groups("By season", bySeason, ({ season }) => formatSeason(season)),
      named("By price", partsByPrice(bets)),
      named("By bookmaker", partsByBookmaker(bets)),
      named("By weekday", partsByWeekday(bets)),
    ],
    [
      groups("By league", byLeague, ({ league }) => league),
      groups("By market", byMarket, ({ market }) => market),
      groups("By edge", byEdge, ({ from, to }) => bandText(from, to)),
      named("By calendar year", partsByYear(bets)),
    ],
  ];
  return markup`<div class="pair"><div>${left}</div><div>${right}</div></div>${falls.length > 0 ? section("Deepest drawdowns", "", pageTable(DRAWDOWN_COLUMNS, falls)) : null}${section("Largest bets", "By stake. Every bet: statistico report RUN --csv.", pageTable(BET_COLUMNS, largest(bets, 15)), "long")}`;
}

function named(title: string, parts: readonly NamedPart[]): Markup {
  return groups(title, parts, ({ name }) => name);
}

function groups<T extends ReportPart>(title: string, parts: readonly T[], name: (part: T) => string): Markup {
  if (parts.length === 0) return EMPTY;
  const named: PageColumn<T> = { title: "", kind: "nowrap", show: name };
  return section(title, "", pageTable([named, ...PART_COLUMNS], parts));
}

/** "2 % to 5 %" of a band of edges; open ends in words. */
function bandText(from: number | null, to: number | null): string {
  const edge = (value: number) => percentFigure(value).replace(".0", "");
  if (from === null) return to === null ? "any" : `under ${edge(to)}`;
  return to === null ? `${edge(from)} or more` : `${edge(from)} to ${edge(to)}`;
}

const PART_COLUMNS: readonly PageColumn<ReportPart>[] = [
  { title: "bets", kind: "number", show: ({ bets }) => figure(bets) },
  { title: "profit", kind: "number", show: ({ profit }) => toned(profit, signedFigure(profit)) },
  { title: "yield", kind: "number", show: ({ roi }) => toned(roi.value, signedPercent(roi.value)) },
  {
    title: "95 % interval",
    kind: "number",
    show: ({ roi: { low, high } }) =>
      low === null || high === null ? "–" : `${signedFigure(100 * low)} to ${signedPercent(high, 0)}`,
  },
  { title: "CLV", kind: "number", show: ({ clv }) => toned(clv.mean, signedPercent(clv.mean)) },
];

const DRAWDOWN_COLUMNS: readonly PageColumn<Drawdown>[] = [
  { title: "from", kind: "nowrap", show: ({ from }) => formatDay(from) },
  { title: "lowest", kind: "nowrap", show: ({ lowest }) => formatDay(lowest) },
  {
    title: "recovered",
    kind: "nowrap",
    show: ({ recovered }) => (recovered === null ? "not yet" : formatDay(recovered)),
  },
  { title: "amount", kind: "number", show: ({ amount }) => figure(amount, 2) },
  { title: "of the peak", kind: "number", show: ({ share }) => percentFigure(share) },
];

export const BET_COLUMNS: readonly PageColumn<ReportBet>[] = [
  { title: "date", kind: "nowrap", show: ({ day }) => formatDay(day) },
  { title: "league", kind: "nowrap", show: ({ league }) => league },
  { title: "fixture", kind: "text", show: ({ home, away }) => `${home} – ${away}` },
  {
    title: "bet",
    kind: "text",
    show: ({ side, runner, line, market }) =>
      `${side.toLowerCase()} ${runner}${line === "" ? "" : ` ${line}`}, ${market}`,
  },
  {
    title: "price",
    kind: "number",
    show: ({ price, source }) => markup`${figure(price, 2)} <span class="soft">${source}</span>`,
  },
  { title: "edge", kind: "number", show: ({ edge }) => signedPercent(edge) },
  { title: "stake", kind: "number", show: ({ stake }) => figure(stake, 2) },
  { title: "profit", kind: "number", show: ({ profit }) => toned(profit, signedFigure(profit, 2)) },
  { title: "CLV", kind: "number", show: ({ clv }) => toned(clv, signedPercent(clv)) },
];

/** The bets of the greatest stakes, the earlier of equals first. */
export function largest(bets: readonly ReportBet[], most: number): ReportBet[] {
  const order = bets.map((bet, i) => ({ bet, i })).sort((a, b) => b.bet.stake - a.bet.stake || a.i - b.i);
  return order.slice(0, most).map(({ bet }) => bet);
}
