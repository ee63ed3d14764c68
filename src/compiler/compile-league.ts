import type { Instant } from "../core/clock.js";
import { type Day, dayOfInstant } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import type { Market } from "../domain/market.js";
import { seasonOfDay } from "../domain/season.js";
import type { Forecast } from "../models/forecaster.js";
import type { Warehouse } from "../warehouse/port.js";
import { type CompiledSelection, compileForecast } from "./compile.js";
import { type Doubt, doubtOf, drawnBy } from "./doubt.js";
import { createForecaster, type ModelChoice, usesOwnPrices } from "./forecasters.js";
import { readHistory } from "./history.js";
import { readOwnPrices } from "./own-prices.js";
import type { Verification } from "./verify.js";
import { verifyForecast } from "./verify-forecast.js";

export interface CompileLeagueRequest {
  readonly league: string;
  readonly model: ModelChoice;
  readonly asOf: Instant;
  readonly markets: readonly Market[];
  /** Fixtures without a result known at `asOf`, from its day so many days on; or exactly these fixtures. */
  readonly days?: number | undefined;
  readonly fixtureIds?: readonly number[] | undefined;
}

/** One fixture's prices, or why it has none. */
export type CompiledFixture = { readonly fixture: Fixture } & (
  | {
      readonly kind: "compiled";
      readonly forecast: Forecast & { kind: "forecast" };
      readonly prices: readonly CompiledSelection[];
    }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "disagreed"; readonly verification: Verification & { kind: "disagreed" } }
);

export interface CompiledLeague {
  readonly modelVersion: string;
  /** Finished matches the model learnt from. */
  readonly n: number;
  readonly fixtures: readonly CompiledFixture[];
}

/**
 * Price a league's coming fixtures from what was known at `asOf`.
 *
 * The model sees matches of days before that day only. Every sheet is checked by a second path before it counts; one
 * that disagrees gives no price.
 */
export async function compileLeague(
  warehouse: Warehouse,
  request: CompileLeagueRequest,
): Promise<CompiledLeague> {
  const { league, model, asOf } = request;
  const today = dayOfInstant(asOf);
  const history = await readHistory(warehouse, league, { asOf });
  const fixtures = await wantedFixtures(warehouse, request, today);
  const { division, neighbours } = history;
  const ownPrices = usesOwnPrices(model) ? await readOwnPrices(warehouse, fixtures, asOf) : undefined;
  const forecaster = createForecaster(model, division, { neighbours, ownPrices });
  const learnt = history.matches
    .map(({ observation }) => observation)
    .filter(({ fixture }) => fixture.day < today);
  forecaster.observe(learnt);
  const doubt = doubtOf(model, learnt, today);
  const scene: Scene = { request, modelVersion: forecaster.version, doubt };
  return {
    modelVersion: forecaster.version,
    n: learnt.length,
    fixtures: fixtures.map((fixture) => compileFixture(fixture, forecaster.forecast(fixture, today), scene)),
  };
}

/** A summer's length: as of June the fixtures of August are coming ones, if they are on file. */
const SUMMER_DAYS = 60;

/**
 * Fixtures to come as of that day: those without a result known then, whatever is known by now. Without `days` to the
 * end of the season, so that a compile of the past does not price all that came after.
 */
async function wantedFixtures(
  warehouse: Warehouse,
  { league, days, fixtureIds, asOf }: CompileLeagueRequest,
  today: Day,
): Promise<readonly Fixture[]> {
  if (fixtureIds) return warehouse.fixtures({ ids: fixtureIds, leagues: [league] });
  const toDay = days === undefined ? undefined : today + days;
  const coming = { leagues: [league], fromDay: today, toDay };
  const known = new Set((await warehouse.matches({ ...coming, asOf })).map(({ fixture }) => fixture.id));
  const last = days === undefined ? seasonOfDay(today + SUMMER_DAYS) : Number.POSITIVE_INFINITY;
  return (await warehouse.fixtures(coming)).filter(({ id, season }) => !known.has(id) && season <= last);
}

interface Scene {
  readonly request: CompileLeagueRequest;
  readonly modelVersion: string;
  readonly doubt: Doubt | null;
}

function compileFixture(fixture: Fixture, forecast: Forecast, scene: Scene): CompiledFixture {
  if (forecast.kind === "refused") return { kind: "refused", fixture, reason: forecast.reason };
  const verification = verifyForecast(forecast, scene.request.model);
  if (verification.kind === "disagreed") return { kind: "disagreed", fixture, verification };
  const { model, asOf, markets } = scene.request;
  const compiled = compileForecast(forecast, {
    fixtureId: fixture.id,
    model: model.name,
    modelVersion: scene.modelVersion,
    asOf,
    markets,
    draws: forecast.draw ? drawnBy(forecast.draw, fixture) : (scene.doubt?.draws(fixture) ?? []),
  });
  return compiled.kind === "refused"
    ? { kind: "refused", fixture, reason: compiled.reason }
    : { kind: "compiled", fixture, forecast, prices: compiled.prices };
}
