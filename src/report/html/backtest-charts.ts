import { type Day, formatDay } from "../../core/day.js";
import { createRng } from "../../core/rng.js";
import { toDecimal } from "../../domain/money.js";
import { bootstrapFan } from "../fan.js";
import { figure, percentFigure, signedFigure, signedPercent } from "../figures.js";
import { calibrationChart } from "../svg/calibration.js";
import { heatMap } from "../svg/heat-map.js";
import { histogram } from "../svg/histogram.js";
import { type LineBand, type LineSeries, lineChart } from "../svg/line-chart.js";
import type { BacktestDocument, ReportEquity } from "./backtest-report.js";
import { underwater } from "./drawdown.js";
import { type Markup, markup } from "./markup.js";
import type { ReportBet } from "./report-bet.js";

// Widths in the units of the drawings: letters of 12 stay readable on a desk, on paper and on a telephone.
export const WIDE = 960;
const HALF = 480;
export const NARROW = 368;
// Places across the fan: finer than that no eye sees.
const FAN_PLACES = 120;
// Of the run's seed; the backtest draws from streams of its own.
const FAN_STREAM = 900;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A chart drawn twice, for a desk and for a telephone; the style sheet shows one of them. */
export function twice(wide: number, narrow: number, draw: (width: number) => Markup): Markup {
  return markup`<div class="wide">${draw(wide)}</div><div class="narrow">${draw(narrow)}</div>`;
}

/** What the pictures show: the document, the curve, the bets. */
export interface Pictured {
  readonly document: BacktestDocument;
  readonly equity: readonly ReportEquity[];
  readonly bets: readonly ReportBet[];
}

/** Profit through time, beside what the closing line says the same bets were worth. */
export function equityChart({ equity, bets, document }: Pictured): Markup {
  const start = equity[0];
  const profit = equity.map(({ day, bankMinor }) => [day, toDecimal(bankMinor - start.bankMinor)] as const);
  const worth = closingWorth(bets);
  const bands = fanBands(equity, document.seed);
  const series: LineSeries[] = [{ name: "profit", tone: "accent", points: profit, area: bands.length === 0 }];
  if (worth.length > 0)
    series.push({ name: "worth at closing prices", tone: "expected", points: [[start.day, 0], ...worth] });
  return twice(WIDE, NARROW, (width) =>
    lineChart({
      title: "Profit",
      description: `From 0 to ${signedFigure(document.profit, 2)} over ${document.bets} bets`,
      width,
      height: width > 600 ? 300 : 220,
      x: "day",
      label: (value) => figure(value),
      series,
      bands,
    }),
  );
}

/** Where profit would have stood with the same match days drawn anew: 95 % of the draws, and the middle half. */
function fanBands(equity: readonly ReportEquity[], seed: number): LineBand[] {
  const steps = equity.slice(1).map(({ bankMinor }, i) => toDecimal(bankMinor - equity[i].bankMinor));
  if (steps.length < 2) return [];
  const fan = bootstrapFan(steps, FAN_PLACES, createRng(seed, FAN_STREAM));
  const band = (name: string, low: 0 | 1, high: 2 | 3): LineBand => ({
    name,
    points: fan.map(({ at, quantiles }) => [equity[at].day, quantiles[low], quantiles[high]]),
  });
  return [band("95 % and half of resamplings", 0, 3), band("", 1, 2)];
}

/** Share of the highest bank that is missing, through time. */
export function underwaterChart({ equity, document }: Pictured): Markup {
  const depths = underwater(equity);
  const points = equity.map(({ day }, i) => [day, depths[i]] as const);
  return twice(WIDE, NARROW, (width) =>
    lineChart({
      title: "Drawdown",
      description: `At worst ${percentFigure(document.maxDrawdown.share)} below the highest bank`,
      width,
      height: 130,
      x: "day",
      label: (value) => percentFigure(value, 0),
      series: [{ name: "below the highest bank", tone: "loss", points, area: true }],
    }),
  );
}

/** Closing line value of each bet. Null when no bet has a closing price. */
export function clvChart({ bets, document }: Pictured): Markup | null {
  const values = bets.flatMap(({ clv }) => (clv === null ? [] : [clv]));
  if (values.length === 0) return null;
  const { mean } = document.clv;
  return twice(HALF, NARROW, (width) =>
    histogram({
      title: "Closing line value",
      description: `Of ${values.length} bets, mean ${signedPercent(mean)}`,
      width,
      height: 260,
      values,
      label: (value) => `${figure(100 * value, 1).replace(/\.0$/, "")}%`,
      mark: mean === null ? null : { at: mean, name: `mean ${signedPercent(mean)}` },
    }),
  );
}

/** Forecast against outcome. Null without bins. */
export function calibrationPicture({ document }: Pictured): Markup | null {
  const points = document.calibration.flatMap(({ forecast, observed, count, low, high }) =>
    forecast === null || observed === null ? [] : [{ predicted: forecast, observed, n: count, low, high }],
  );
  if (points.length === 0) return null;
  return twice(HALF, NARROW, (width) =>
    calibrationChart({
      title: "Calibration",
      description: `${points.length} groups of forecasts against how often they came true`,
      width,
      height: 260,
      points,
    }),
  );
}

/** Profit by month: years down on a desk, across on a telephone. */
export function monthChart({ bets }: Pictured): Markup {
  const byMonth = new Map<string, number>();
  for (const { day, profit } of bets) {
    const month = formatDay(day).slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0) + profit);
  }
  const years = yearsOf([...byMonth.keys()]);
  const months = MONTHS.map((name, m) => ({ name, key: String(m + 1).padStart(2, "0") }));
  const amount = (year: string, month: string) => byMonth.get(`${year}-${month}`) ?? null;
  const frame = {
    title: "Profit by month",
    description: `${byMonth.size} months with bets`,
    label: (value: number) => signedFigure(value),
  };
  const wide = heatMap({
    ...frame,
    width: WIDE,
    rows: years,
    columns: MONTHS,
    cells: years.map((year) => months.map(({ key }) => amount(year, key))),
  });
  const narrowWidth = Math.max(NARROW, 40 + 46 * years.length);
  const narrow = heatMap({
    ...frame,
    width: narrowWidth,
    rows: MONTHS,
    columns: years,
    cells: months.map(({ key }) => years.map((year) => amount(year, key))),
  });
  return markup`<div class="wide">${wide}</div><div class="narrow scroll"><div style="min-width:${narrowWidth}px">${narrow}</div></div>`;
}

function yearsOf(months: readonly string[]): string[] {
  const years = months.map((month) => Number(month.slice(0, 4)));
  const first = Math.min(...years);
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, i) => String(first + i));
}

/** Stake x closing line value, summed up to each day: what the bets were worth by the market's last word. */
function closingWorth(bets: readonly ReportBet[]): (readonly [Day, number])[] {
  const byDay = new Map<Day, number>();
  let total = 0;
  for (const { day, stake, clv } of bets) {
    if (clv === null) continue;
    total += stake * clv;
    byDay.set(day, total);
  }
  return [...byDay].sort(([a], [b]) => a - b);
}
