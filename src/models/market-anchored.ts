import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import { boundedRates } from "./bounded-rates.js";
import { scoreGrid } from "./dixon-coles-grid.js";
import type { Forecast, Forecaster, MarketView } from "./forecaster.js";
import { impliedRates } from "./implied-rates.js";

/** The match's own early prices, margin removed, as far as they were known at the start of `asOf`; null without any. */
export type OwnPrices = (fixture: Fixture, asOf: Day) => MarketView | null;

export interface MarketAnchoredParameters {
  /** Share of the early prices in the log supremacy and in the log total, 0 to 1. */
  readonly supremacyShare: number;
  readonly totalShare: number;
}

export const MARKET_ANCHORED: MarketAnchoredParameters = { supremacyShare: 0.8, totalShare: 0.8 };

/** Every blended forecast says so. */
export const ANCHORED_NOTE =
  "blended with the match's own early prices: never look for value against the book they came from";

/**
 * A forecast blended with the match's own early prices, on the log supremacy and the log total.
 *
 * It is nearer to the closing line than either, and it is no opinion of its own: `ownPrices` must be given, nothing is
 * looked up, and each forecast carries a note. A match without early prices keeps the forecast, with a note too.
 * Throws   InvariantError when a share is not between 0 and 1.
 */
export function marketAnchored(
  forecaster: Forecaster,
  ownPrices: OwnPrices,
  overrides: Partial<MarketAnchoredParameters> = {},
): Forecaster {
  const shares = { ...MARKET_ANCHORED, ...overrides };
  for (const share of [shares.supremacyShare, shares.totalShare])
    invariant(share >= 0 && share <= 1, `a share must lie between 0 and 1, was ${share}`);
  return {
    version: `market-anchored ${shares.supremacyShare} ${shares.totalShare} over ${forecaster.version}`,
    observe: (matches) => forecaster.observe(matches),
    forecast: (fixture, asOf) => {
      const forecast = forecaster.forecast(fixture, asOf);
      return forecast.kind === "refused" ? forecast : anchor(forecast, ownPrices(fixture, asOf), shares);
    },
  };
}

function anchor(
  forecast: Extract<Forecast, { kind: "forecast" }>,
  prices: MarketView | null,
  shares: MarketAnchoredParameters,
): Forecast {
  const early = prices === null ? null : impliedRates(prices);
  if (early?.kind !== "rates")
    return { ...forecast, notes: [...forecast.notes, "no usable early prices: the forecast alone"] };
  // Without a quoted total the implied one is a guess from the draw: the forecast's own is better.
  const totalShare = prices?.over25 === null ? 0 : shares.totalShare;
  const home = Math.log(early.rates.homeRate / forecast.homeRate);
  const away = Math.log(early.rates.awayRate / forecast.awayRate);
  const supremacy = shares.supremacyShare * (home - away);
  const total = totalShare * (home + away);
  const rates = boundedRates(
    forecast.homeRate * Math.exp((total + supremacy) / 2),
    forecast.awayRate * Math.exp((total - supremacy) / 2),
    forecast.rho + totalShare * (early.rates.rho - forecast.rho),
  );
  const notes = [...forecast.notes, ANCHORED_NOTE];
  if (rates.clipped) notes.push("rho was clipped for this fixture");
  const { homeRate, awayRate } = rates;
  return { kind: "forecast", homeRate, awayRate, rho: rates.rho, notes, grid: () => scoreGrid(rates) };
}
