import { formatDay } from "../core/day.js";
import { closingTerms, returnTerm } from "./bet-parts.js";
import type { BacktestDocument, BacktestReport, Estimate, ReportEquity } from "./html/backtest-report.js";
import { type ReportBet, reportBet } from "./html/report-bet.js";
import { parametersOf } from "./parameters.js";
import { ratioDifference, sumDifference } from "./ratio.js";

/** A run as a comparison shows it; `label` tells the two apart even when their names are one. */
export interface ComparedRun {
  readonly label: string;
  readonly document: BacktestDocument;
  readonly bets: readonly ReportBet[];
  readonly equity: readonly ReportEquity[];
}

/** How a figure is written: a share as percent, money with two decimals, a plain number with three, a count. */
export type FigureKind = "share" | "money" | "number" | "count";

/** A headline figure of both runs; `difference` is the second less the first, without an interval where none is known. */
export interface ComparedFigure {
  readonly name: string;
  readonly kind: FigureKind;
  readonly first: Estimate;
  readonly second: Estimate;
  readonly difference: Estimate;
}

export interface ComparedParameter {
  readonly path: string;
  readonly first: string | null;
  readonly second: string | null;
}

/** The same selection, backed or laid by both; the stakes and prices may differ. */
export interface CommonBet {
  readonly first: ReportBet;
  readonly second: ReportBet;
}

export interface Comparison {
  readonly first: ComparedRun;
  readonly second: ComparedRun;
  readonly figures: readonly ComparedFigure[];
  /** Settings in which the strategies differ. */
  readonly parameters: readonly ComparedParameter[];
  readonly common: readonly CommonBet[];
  readonly onlyFirst: readonly ReportBet[];
  readonly onlySecond: readonly ReportBet[];
  /** What makes the two hard to compare, in words. */
  readonly cautions: readonly string[];
}

/**
 * Two runs side by side. Differences of return, profit and closing line value come with a 95 % interval over match days,
 * in which what the runs share cancels. Throws as `reportBet` for bets that are none.
 */
export function compareRuns(
  [firstLabel, firstReport]: readonly [string, BacktestReport],
  [secondLabel, secondReport]: readonly [string, BacktestReport],
): Comparison {
  const first = comparedRun(firstLabel, firstReport);
  const second = comparedRun(secondLabel, secondReport);
  return {
    first,
    second,
    figures: figuresOf(first, second),
    parameters: differingParameters(first.document, second.document),
    ...matchBets(first.bets, second.bets),
    cautions: cautionsOf(first.document, second.document),
  };
}

function comparedRun(label: string, { document, bets, equity }: BacktestReport): ComparedRun {
  return { label, document, equity, bets: bets.map(reportBet) };
}

function figuresOf(first: ComparedRun, second: ComparedRun): ComparedFigure[] {
  const [a, b] = [first.document, second.document];
  const terms = [first.bets.map(returnTerm), second.bets.map(returnTerm)] as const;
  const closing = [closingTerms(first.bets), closingTerms(second.bets)] as const;
  const plain = (name: string, kind: FigureKind, of: (document: BacktestDocument) => number | null) =>
    plainFigure(name, kind, of(a), of(b));
  return [
    { name: "yield", kind: "share", first: a.roi, second: b.roi, difference: ratioDifference(...terms) },
    { ...plain("profit", "money", ({ profit }) => profit), difference: sumDifference(...terms) },
    {
      name: "closing line value",
      kind: "share",
      first: closingEstimate(a),
      second: closingEstimate(b),
      difference: ratioDifference(...closing),
    },
    plain("bets", "count", ({ bets }) => bets),
    plain("staked", "money", ({ staked }) => staked),
    plain("won", "share", ({ hitRate }) => hitRate),
    plain("average price", "number", ({ averagePrice }) => averagePrice),
    plain("greatest drawdown", "money", ({ maxDrawdown }) => maxDrawdown.amount),
    plain("drawdown of the peak", "share", ({ maxDrawdown }) => maxDrawdown.share),
    plain("longest losing run", "count", ({ longestLosingRun }) => longestLosingRun),
    plain("Sharpe ratio", "number", ({ sharpe }) => sharpe),
    plain("deflated Sharpe", "number", ({ deflatedSharpe }) => deflatedSharpe),
    plain("p-value", "number", ({ pValue }) => pValue),
    plain("final bank", "money", ({ finalBank }) => finalBank),
  ];
}

function plainFigure(
  name: string,
  kind: FigureKind,
  first: number | null,
  second: number | null,
): ComparedFigure {
  const alone = (value: number | null): Estimate => ({ value, low: null, high: null });
  const difference = first === null || second === null ? null : second - first;
  return { name, kind, first: alone(first), second: alone(second), difference: alone(difference) };
}

function closingEstimate({ clv }: BacktestDocument): Estimate {
  return { value: clv.mean, low: clv.low, high: clv.high };
}

function differingParameters(first: BacktestDocument, second: BacktestDocument): ComparedParameter[] {
  const [a, b] = [first, second].map(
    ({ strategy }) => new Map(parametersOf(strategy).map(({ path, value }) => [path, value])),
  );
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => a.get(path) !== b.get(path))
    .map((path) => ({ path, first: a.get(path) ?? null, second: b.get(path) ?? null }));
}

function matchBets(
  first: readonly ReportBet[],
  second: readonly ReportBet[],
): Pick<Comparison, "common" | "onlyFirst" | "onlySecond"> {
  const waiting = new Map<string, ReportBet[]>();
  for (const bet of second) waiting.set(keyOf(bet), [...(waiting.get(keyOf(bet)) ?? []), bet]);
  const common: CommonBet[] = [];
  const onlyFirst: ReportBet[] = [];
  for (const bet of first) {
    const twin = waiting.get(keyOf(bet))?.shift();
    if (twin) common.push({ first: bet, second: twin });
    else onlyFirst.push(bet);
  }
  const left = new Set([...waiting.values()].flat());
  return { common, onlyFirst, onlySecond: second.filter((bet) => left.has(bet)) };
}

/** By names, not numbers: fixtures are numbered anew when a database is rebuilt. */
function keyOf({ day, league, home, away, market, runner, line, side }: ReportBet): string {
  return JSON.stringify([day, league, home, away, market, runner, line, side]);
}

function cautionsOf(first: BacktestDocument, second: BacktestDocument): string[] {
  const span = ({ period }: BacktestDocument) => `${period.from ?? "none"} to ${period.to ?? "none"}`;
  const cautions: readonly (readonly [boolean, string])[] = [
    [
      span(first) !== span(second),
      `the periods differ: ${span(first)} against ${span(second)}; sums are not comparable`,
    ],
    [
      first.dataHash !== second.dataHash,
      "they did not read the same data: other leagues, or a database that has changed",
    ],
    [first.version !== second.version, `made by versions ${first.version} and ${second.version}`],
    [first.strategyHash === second.strategyHash, "both runs are of one strategy"],
  ];
  return cautions.filter(([holds]) => holds).map(([, text]) => text);
}

/** A bet of one or both runs as a row of an export. */
export type ComparedBetRow = Readonly<Record<string, string | number | null>>;

/** Every selection of either run, in order of the day, with stake, price and profit in each. */
export function comparedBetRows({ common, onlyFirst, onlySecond }: Comparison): ComparedBetRow[] {
  const rows = [
    ...common.map(({ first, second }) => ({ in: "both", bet: first, first, second })),
    ...onlyFirst.map((bet) => ({ in: "first", bet, first: bet, second: null })),
    ...onlySecond.map((bet) => ({ in: "second", bet, first: null, second: bet })),
  ];
  return rows
    .map((row, i) => ({ ...row, i }))
    .sort((a, b) => a.bet.day - b.bet.day || a.i - b.i)
    .map(({ in: where, bet, first, second }) => ({
      in: where,
      date: formatDay(bet.day),
      league: bet.league,
      home: bet.home,
      away: bet.away,
      market: bet.market,
      runner: bet.runner,
      line: bet.line === "" ? null : bet.line,
      side: bet.side,
      ...sideFields("first", first),
      ...sideFields("second", second),
    }));
}

function sideFields(name: "first" | "second", bet: ReportBet | null): ComparedBetRow {
  return {
    [`${name}Price`]: bet?.price ?? null,
    [`${name}Stake`]: bet?.stake ?? null,
    [`${name}Profit`]: bet?.profit ?? null,
    [`${name}Clv`]: bet?.clv ?? null,
  };
}
