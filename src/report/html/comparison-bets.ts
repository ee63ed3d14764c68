import { closingTerms, returnTerm } from "../bet-parts.js";
import type { Comparison } from "../comparison.js";
import { figure, signedFigure, signedPercent } from "../figures.js";
import { ratioByDay } from "../ratio.js";
import type { Estimate } from "./backtest-report.js";
import { BET_COLUMNS, largest } from "./backtest-tables.js";
import { EMPTY, type Markup, markup } from "./markup.js";
import type { ReportBet } from "./report-bet.js";
import { section } from "./section.js";
import { pageTable, toned } from "./table.js";

/** Bets of a kind, summed up: those that both runs struck, as each struck them, and those of one alone. */
export interface BetGroup {
  readonly name: string;
  readonly bets: number;
  readonly staked: number;
  readonly profit: number;
  readonly roi: Estimate;
  readonly clv: number | null;
}

/** The four groups of a comparison: common bets at either run's stakes and prices, then each run's own. */
export function betGroups({ first, second, common, onlyFirst, onlySecond }: Comparison): BetGroup[] {
  const name = (of: string, whose: string) => `${of} ${whose}`;
  return [
    groupOf(
      name("in both, as", first.label),
      common.map((pair) => pair.first),
    ),
    groupOf(
      name("in both, as", second.label),
      common.map((pair) => pair.second),
    ),
    groupOf(name("only", first.label), onlyFirst),
    groupOf(name("only", second.label), onlySecond),
  ];
}

/** Sums of the groups, and the largest bets that only one of the runs struck. */
export function betSections(comparison: Comparison): Markup {
  const { first, second, onlyFirst, onlySecond } = comparison;
  const most = 10;
  const own = (label: string, bets: readonly ReportBet[]) =>
    bets.length === 0
      ? EMPTY
      : section(
          `Only ${label}`,
          `The largest by stake of ${figure(bets.length)}.`,
          pageTable(BET_COLUMNS, largest(bets, most)),
          "long",
        );
  return markup`${section("Bets in common and apart", "A bet is the same when fixture, market, runner, line and side are.", groupTable(comparison))}${own(first.label, onlyFirst)}${own(second.label, onlySecond)}`;
}

function groupTable(comparison: Comparison): Markup {
  return pageTable(
    [
      { title: "", kind: "nowrap", show: ({ name }) => name },
      { title: "bets", kind: "number", show: ({ bets }) => figure(bets) },
      { title: "staked", kind: "number", show: ({ staked }) => figure(staked) },
      { title: "profit", kind: "number", show: ({ profit }) => toned(profit, signedFigure(profit)) },
      { title: "yield", kind: "number", show: ({ roi }) => toned(roi.value, signedPercent(roi.value)) },
      {
        title: "95 % interval",
        kind: "number",
        show: ({ roi: { low, high } }) =>
          low === null || high === null ? "–" : `${signedPercent(low)} to ${signedPercent(high)}`,
      },
      { title: "CLV", kind: "number", show: ({ clv }) => toned(clv, signedPercent(clv)) },
    ],
    betGroups(comparison),
  );
}

function groupOf(name: string, bets: readonly ReportBet[]): BetGroup {
  const sum = (of: (bet: ReportBet) => number) => bets.reduce((total, bet) => total + of(bet), 0);
  return {
    name,
    bets: bets.length,
    staked: sum(({ stake }) => stake),
    profit: sum(({ profit }) => profit),
    roi: ratioByDay(bets.map(returnTerm)),
    clv: ratioByDay(closingTerms(bets)).value,
  };
}
