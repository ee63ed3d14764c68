import type { Instant } from "../core/clock.js";
import type { Market, QuarterLine, Runner, Selection } from "../domain/market.js";
import type { Forecast } from "../models/forecaster.js";
import type { ScoreGrid } from "../models/grid.js";
import { quantile } from "../models/scoring-comparison.js";
import { EXCHANGE_SCORE_LIMIT } from "./correct-score.js";
import { effectiveProbability, formatLine } from "./five-way.js";
import { asianHandicaps, asianTotals, HANDICAP_LINES, TOTAL_LINES } from "./line-table.js";
import { isLineMarket, type LineMarket, priceTable } from "./runner-pricers.js";
import { pricingView, type SheetOptions } from "./sheet.js";

/** A price of ours as it is stored: the shape of the warehouse's `CompiledPrice`. */
export interface CompiledSelection extends Selection {
  readonly model: string;
  readonly modelVersion: string;
  readonly asOf: Instant;
  /** Of winning; on a line that can push, of winning what is at risk. Always 1 / fairPrice. */
  readonly probability: number;
  /** 95% interval; null when no draws were given. */
  readonly low: number | null;
  readonly high: number | null;
  readonly fairPrice: number;
}

export interface CompileRequest {
  readonly fixtureId: number;
  readonly model: string;
  readonly modelVersion: string;
  readonly asOf: Instant;
  readonly markets: readonly Market[];
  /** Score limit 3 by default, as the exchange lists correct scores. */
  readonly sheet?: SheetOptions;
  /** Grids drawn from the doubt of the fit: their 2.5% and 97.5% points become each price's interval. */
  readonly draws?: readonly ScoreGrid[];
}

export type Compiled =
  | {
      readonly kind: "compiled";
      readonly prices: readonly CompiledSelection[];
      readonly notes: readonly string[];
    }
  | { readonly kind: "refused"; readonly reason: string };

interface RunnerProbability {
  readonly market: Market;
  readonly runner: Runner;
  readonly line: QuarterLine;
  readonly probability: number;
}

/**
 * Price the chosen markets of a forecast, one row a runner, in the order asked.
 *
 * A forecast that was refused stays refused: no price without a fit behind it. Runners that cannot win on the grid
 * have no price and no row.
 */
export function compileForecast(forecast: Forecast, request: CompileRequest): Compiled {
  if (forecast.kind === "refused") return { kind: "refused", reason: forecast.reason };
  const { fixtureId, model, modelVersion, asOf, markets, draws = [] } = request;
  const options = { scoreLimit: EXCHANGE_SCORE_LIMIT, ...request.sheet };
  const priced = priceRunners(forecast.grid(), markets, options);
  const drawn = draws.map((grid) => priceRunners(grid, markets, options));
  const prices = priced.map(({ probability, ...selection }, i): CompiledSelection => {
    const [low, high] = interval(drawn.map((runners) => runners[i].probability));
    const fairPrice = 1 / probability;
    return { fixtureId, ...selection, model, modelVersion, asOf, probability, low, high, fairPrice };
  });
  return { kind: "compiled", prices: prices.filter((p) => p.probability > 0), notes: forecast.notes };
}

/** Probability of every runner of the markets; the same list for every grid, whatever its size. */
export function priceRunners(
  grid: ScoreGrid,
  markets: readonly Market[],
  options: SheetOptions,
): readonly RunnerProbability[] {
  const view = pricingView(grid, options);
  return markets.flatMap((market): readonly RunnerProbability[] => {
    if (isLineMarket(market)) return priceLines(grid, market, options);
    const table = Object.entries(priceTable(view, market));
    return table.map(([runner, probability]) => ({ market, runner, line: 0, probability }));
  });
}

function priceLines(
  grid: ScoreGrid,
  market: LineMarket,
  { handicapLines = HANDICAP_LINES, totalLines = TOTAL_LINES }: SheetOptions,
): readonly RunnerProbability[] {
  const lines = market === "ASIAN_HANDICAP" ? handicapLines : totalLines;
  const table = market === "ASIAN_HANDICAP" ? asianHandicaps(grid, lines) : asianTotals(grid, lines);
  return lines.flatMap((line) =>
    Object.entries(table[formatLine(line)]).map(([side, ways]) => ({
      market,
      runner: side.toUpperCase(),
      line,
      probability: effectiveProbability(ways),
    })),
  );
}

function interval(draws: readonly number[]): readonly [number | null, number | null] {
  if (draws.length === 0) return [null, null];
  const ascending = Float64Array.from(draws).sort();
  return [quantile(ascending, 0.025), quantile(ascending, 0.975)];
}
