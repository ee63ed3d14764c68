import type { Instant } from "../core/clock.js";
import type { Market, Selection } from "../domain/market.js";
import { scoreGrid } from "../models/dixon-coles-grid.js";
import { impliedRates } from "../models/implied-rates.js";
import type { CompiledPrice, Warehouse } from "../warehouse/port.js";
import { priceRunners } from "./compile.js";
import { EXCHANGE_SCORE_LIMIT } from "./correct-score.js";
import { FORECASTERS } from "./forecasters.js";
import { isLineMarket } from "./runner-pricers.js";
import { type Check, notCompared } from "./verify-fits.js";

/** What one check of stored prices came to so far. */
interface Tally {
  checked: number;
  worst: number;
  where: string;
}

const ARITHMETIC_TOLERANCE = 1e-9;
/** A stored price went through the inverse of the grid, whose rho divides a difference of probabilities. */
const SHEET_TOLERANCE = 1e-8;

/**
 * Check the latest stored prices of a league by what they say of each other; nothing is read but the prices.
 *
 * The price is one over the probability, which lies in its interval; runners of which exactly one wins sum to one. Where
 * the model's grid is Dixon and Coles', 1X2 and over 2.5 determine it: the rates are solved for, and every other stored
 * price of the fixture must come out of their grid. No past is read, so that data which came in since change nothing.
 */
export async function checkStoredPrices(
  warehouse: Pick<Warehouse, "compiledOdds">,
  league: string,
  asOf: Instant,
  models: readonly string[],
): Promise<Check[]> {
  const stored = await warehouse.compiledOdds({ leagues: [league], asOf });
  return models.flatMap((model) => {
    const prices = stored.filter((price) => price.model === model);
    if (prices.length === 0) return [];
    const sheets = sheetsOf(prices);
    const arithmetic = checkOf(
      model,
      "stored prices by arithmetic",
      ARITHMETIC_TOLERANCE,
      checkArithmetic(sheets),
    );
    if (!FORECASTERS[model].dixonColesGrid) return [arithmetic];
    const check = "stored prices from their own 1X2 and over 2.5";
    const tally = checkSheets(sheets);
    return [
      arithmetic,
      tally.checked === 0
        ? notCompared(model, check, "no fixture with both markets stored")
        : checkOf(model, check, SHEET_TOLERANCE, tally),
    ];
  });
}

/** Prices of one fixture by one model version at one instant. */
function sheetsOf(prices: readonly CompiledPrice[]): readonly (readonly CompiledPrice[])[] {
  const sheets = new Map<string, CompiledPrice[]>();
  for (const price of prices) {
    const key = `${price.fixtureId} ${price.asOf} ${price.modelVersion}`;
    const known = sheets.get(key);
    if (known) known.push(price);
    else sheets.set(key, [price]);
  }
  return [...sheets.values()];
}

function checkOf(subject: string, check: string, tolerance: number, { checked, worst, where }: Tally): Check {
  const agreed = worst <= tolerance;
  return { subject, check, checked, worst, tolerance, unit: "absolute", agreed, detail: where };
}

function newTally(): Tally {
  return { checked: 0, worst: 0, where: "" };
}

function note(tally: Tally, difference: number, where: string): void {
  tally.checked++;
  // A difference that is no number is the worst there is.
  const size = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.abs(difference);
  if (size >= tally.worst) {
    tally.worst = size;
    tally.where = where;
  }
}

function checkArithmetic(sheets: readonly (readonly CompiledPrice[])[]): Tally {
  const tally = newTally();
  for (const sheet of sheets) {
    for (const price of sheet) {
      const { fairPrice, probability, low, high } = price;
      note(tally, fairPrice * probability - 1, nameOf(price));
      if (low !== null && high !== null) note(tally, Math.max(low - high, -low, high - 1, 0), nameOf(price));
    }
    for (const [market, sum] of sums(sheet))
      note(tally, sum - 1, `${market} of fixture ${sheet[0].fixtureId}, which sums to ${sum}`);
  }
  return tally;
}

/** Markets of which exactly one runner wins, whatever the score: found on a grid, not written down. */
function exclusiveMarkets(markets: readonly Market[]): readonly Market[] {
  const grid = scoreGrid({ homeRate: 1.4, awayRate: 1.1, rho: -0.05 });
  return markets.filter((market) => {
    if (isLineMarket(market)) return false;
    const runners = priceRunners(grid, [market], { scoreLimit: EXCHANGE_SCORE_LIMIT });
    return (
      Math.abs(runners.reduce((sum, { probability }) => sum + probability, 0) - 1) < ARITHMETIC_TOLERANCE
    );
  });
}

function sums(sheet: readonly CompiledPrice[]): ReadonlyMap<Market, number> {
  const markets = exclusiveMarkets([...new Set(sheet.map(({ market }) => market))]);
  const found = new Map<Market, number>(markets.map((market) => [market, 0]));
  for (const { market, probability } of sheet) {
    const sum = found.get(market);
    if (sum !== undefined) found.set(market, sum + probability);
  }
  return found;
}

function checkSheets(sheets: readonly (readonly CompiledPrice[])[]): Tally {
  const tally = newTally();
  for (const sheet of sheets) {
    const expected = expectedOf(sheet);
    if (expected === null) continue;
    for (const price of sheet) {
      const probability = expected.get(keyOf(price)) ?? Number.NaN;
      note(tally, price.probability - probability, nameOf(price));
    }
  }
  return tally;
}

/** Every stored selection by the grid that the sheet's own 1X2 and over 2.5 determine; null where they do not. */
function expectedOf(sheet: readonly CompiledPrice[]): ReadonlyMap<string, number> | null {
  const of = (market: Market, runner: string) =>
    sheet.find((price) => price.market === market && price.runner === runner)?.probability;
  const [home, draw, away] = ["HOME", "DRAW", "AWAY"].map((runner) => of("MATCH_ODDS", runner));
  const over25 = of("OVER_UNDER_25", "OVER");
  if (home === undefined || draw === undefined || away === undefined || over25 === undefined) return null;
  const implied = impliedRates({ home, draw, away, over25 });
  if (implied.kind !== "rates" || implied.rhoClamped) return null;
  const markets = [...new Set(sheet.map(({ market }) => market))];
  const runners = priceRunners(scoreGrid(implied.rates), markets, { scoreLimit: EXCHANGE_SCORE_LIMIT });
  return new Map(runners.map((runner) => [keyOf(runner), runner.probability]));
}

function keyOf({ market, runner, line }: Omit<Selection, "fixtureId">): string {
  return `${market} ${runner} ${line}`;
}

function nameOf({ market, runner, line, fixtureId }: CompiledPrice): string {
  return `${market} ${runner}${line === 0 ? "" : ` at ${line / 4}`} of fixture ${fixtureId}`;
}
