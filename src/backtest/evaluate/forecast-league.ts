import {
  createForecaster,
  type ForecasterContext,
  type ModelChoice,
  usesOwnPrices,
} from "../../compiler/forecasters.js";
import { type History, LEARN_FROM, readHistory } from "../../compiler/history.js";
import { pastOwnPrices } from "../../compiler/own-prices.js";
import type { Season } from "../../domain/season.js";
import type { LeagueSummary, Warehouse } from "../../warehouse/port.js";
import type { ForecastTable } from "./forecast-table.js";
import { predictDivision } from "./predict.js";

/** What to forecast: every league alike. */
export interface ForecastRequest {
  readonly seasons: readonly Season[];
  readonly models: readonly ModelChoice[];
  /** First season that is learnt from. */
  readonly learnFrom: Season;
}

/** The plain model on goals from 2005 on that every other is measured from: docs/market-informed.md. */
export const BASELINE: ModelChoice = {
  name: "dixon-coles",
  parameters: { xi: 0.0018, ridge: 2, rho: -0.04 },
};

/**
 * Walk models forward through one league: the part of an evaluation that leagues share nothing of.
 *
 * `leagues`: `warehouse.leagues()`, read once for all.
 */
export async function forecastLeague(
  warehouse: Warehouse,
  league: string,
  { seasons, models, learnFrom }: ForecastRequest,
  leagues: readonly LeagueSummary[],
): Promise<ForecastTable> {
  const history = await readHistory(warehouse, league, {
    fromSeason: learnFrom,
    toSeason: Math.max(...seasons),
    leagues,
  });
  const { division } = history;
  const walkers = {
    models: models.map((choice) => createForecaster(choice, division, contextOf(choice, history))),
    baseline: createForecaster(BASELINE, division),
    baselineFrom: LEARN_FROM,
  };
  return predictDivision(history, walkers, new Set(seasons));
}

function contextOf(choice: ModelChoice, history: History): ForecasterContext {
  const { neighbours } = history;
  return usesOwnPrices(choice) ? { neighbours, ownPrices: pastOwnPrices(history) } : { neighbours };
}
