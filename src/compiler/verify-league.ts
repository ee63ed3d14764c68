import type { Instant } from "../core/clock.js";
import { type Day, dayOfInstant } from "../core/day.js";
import { createRng } from "../core/rng.js";
import { compareKickOff, type Fixture } from "../domain/fixture.js";
import { fitRates } from "../models/fit-forecast.js";
import type { Forecast, Forecaster, Observation } from "../models/forecaster.js";
import { WALK_FORWARD } from "../models/walk-forward.js";
import type { Warehouse } from "../warehouse/port.js";
import { doubtOf } from "./doubt.js";
import { createForecaster, FORECASTERS, type ModelChoice, usesOwnPrices } from "./forecasters.js";
import { readHistory } from "./history.js";
import { readOwnPrices } from "./own-prices.js";
import { simulateSheet } from "./simulate.js";
import { type Check, checkGoalFits, checkScoreGrids, notCompared, recentMatches } from "./verify-fits.js";
import { sheetOf, verifyForecast } from "./verify-forecast.js";
import { checkStoredPrices } from "./verify-stored.js";

export interface VerifyRequest {
  readonly league: string;
  readonly asOf: Instant;
  readonly models: readonly string[];
  readonly seed: number;
}

export interface VerifiedLeague {
  readonly league: string;
  /** Whether the fixtures are still to come; else they are the last ones played, as of the day of the first. */
  readonly upcoming: boolean;
  readonly fixtures: readonly Fixture[];
  readonly n: number;
  readonly checks: readonly Check[];
}

/** Fixtures that are looked at. */
const MOST_FIXTURES = 10;
/** Of these, so many are played out: that takes the time. */
const PLAYED_OUT = 3;

/**
 * Go every way to a league's prices twice and say how far apart the two ends are: fits, forecasts, grids, sheets, and the
 * prices that are stored.
 *
 * Without a fixture to come the last ones that were played are taken, as of the start of the first one's day.
 */
export async function verifyLeague(warehouse: Warehouse, request: VerifyRequest): Promise<VerifiedLeague> {
  const { league, asOf } = request;
  const history = await readHistory(warehouse, league, { asOf });
  const { fixtures, upcoming } = await chosenFixtures(warehouse, league, asOf);
  const asOfDay = dayOfInstant(asOf);
  const today = upcoming ? asOfDay : Math.min(asOfDay, ...fixtures.map(({ day }) => day));
  const learnt = history.matches
    .map(({ observation }) => observation)
    .filter(({ fixture }) => fixture.day < today);
  const settings = { xi: WALK_FORWARD.xi, ridge: WALK_FORWARD.ridge, asOf: today };
  const recent = recentMatches(learnt, today);
  const ownPrices = await readOwnPrices(warehouse, fixtures, asOf);
  const scenes = request.models.map((name): Scene => {
    const choice = { name, parameters: {} };
    const context = { neighbours: history.neighbours, ...(usesOwnPrices(choice) ? { ownPrices } : {}) };
    const forecaster = createForecaster(choice, history.division, context);
    forecaster.observe(learnt);
    return { choice, forecasts: forecastsOf(forecaster, fixtures, today) };
  });
  return {
    league,
    upcoming,
    fixtures,
    n: learnt.length,
    checks: [
      ...checkGoalFits(recent, settings),
      ...checkScoreGrids(recent, fixtures.slice(0, PLAYED_OUT), settings, request.seed),
      ...scenes.flatMap((scene) => checkForecasts(scene, learnt, today)),
      ...scenes.map(checkSheets),
      ...scenes
        .filter(({ choice }) => FORECASTERS[choice.name].dixonColesGrid)
        .map((scene, k) => checkPlayedSheets(scene, request.seed, k)),
      ...(await checkStoredPrices(warehouse, league, asOf, request.models)),
    ],
  };
}

async function chosenFixtures(
  warehouse: Warehouse,
  league: string,
  asOf: Instant,
): Promise<Pick<VerifiedLeague, "fixtures" | "upcoming">> {
  const coming = await warehouse.fixtures({
    leagues: [league],
    fromDay: dayOfInstant(asOf),
    limit: MOST_FIXTURES,
  });
  if (coming.length > 0) return { fixtures: coming, upcoming: true };
  const played = await warehouse.matches({ leagues: [league], asOf });
  const last = played.map(({ fixture }) => fixture).sort(compareKickOff);
  return { fixtures: last.slice(-MOST_FIXTURES), upcoming: false };
}

interface Made {
  readonly fixture: Fixture;
  readonly forecast: Extract<Forecast, { kind: "forecast" }>;
}

interface Scene {
  readonly choice: ModelChoice;
  readonly forecasts: readonly Made[];
}

function forecastsOf(forecaster: Forecaster, fixtures: readonly Fixture[], today: Day): Made[] {
  return fixtures.flatMap((fixture) => {
    const forecast = forecaster.forecast(fixture, today);
    return forecast.kind === "forecast" ? [{ fixture, forecast }] : [];
  });
}

const RATE_TOLERANCE = 1e-7;

/** Forecasts of ratings kept up to date day by day against one cold fit of all matches. */
function checkForecasts({ choice, forecasts }: Scene, learnt: readonly Observation[], today: Day): Check[] {
  const doubt = doubtOf(choice, learnt, today);
  if (doubt === null) return [];
  let worst = 0;
  let detail = "";
  let checked = 0;
  for (const { fixture, forecast } of forecasts) {
    const pairing = {
      home: String(fixture.home.id),
      away: String(fixture.away.id),
      neutral: fixture.neutral,
    };
    const rates = fitRates(doubt.fit, pairing);
    if (rates === null) continue;
    const difference = Math.max(
      Math.abs(Math.log(rates.homeRate / forecast.homeRate)),
      Math.abs(Math.log(rates.awayRate / forecast.awayRate)),
    );
    checked += 2;
    if (difference >= worst) detail = nameOf(fixture);
    worst = Math.max(worst, difference);
  }
  const check = "rates kept day by day against one fit";
  if (checked === 0) return [notCompared(choice.name, check, "no fixture between clubs of the fit")];
  return [
    {
      subject: choice.name,
      check,
      checked,
      worst,
      tolerance: RATE_TOLERANCE,
      unit: "absolute",
      agreed: worst <= RATE_TOLERANCE,
      detail,
    },
  ];
}

const SHEET_TOLERANCE = 1e-10;

/** Every market with a closed form, or a plain sum, of every sheet. */
function checkSheets({ choice, forecasts }: Scene): Check {
  const check = FORECASTERS[choice.name].dixonColesGrid
    ? "sheets against closed forms"
    : "sheets against sums of cells";
  if (forecasts.length === 0) return notCompared(choice.name, check, "no fixture could be forecast");
  let checked = 0;
  let worst = 0;
  let detail = "";
  let agreed = true;
  for (const { fixture, forecast } of forecasts) {
    const said = verifyForecast(forecast, choice);
    const difference = said.kind === "agreed" ? said.worst : said.difference;
    checked += said.kind === "agreed" ? said.checked : 1;
    if (difference >= worst)
      detail = said.kind === "agreed" ? nameOf(fixture) : `${said.where} of ${nameOf(fixture)}`;
    worst = Math.max(worst, difference);
    agreed &&= said.kind === "agreed";
  }
  return {
    subject: choice.name,
    check,
    checked,
    worst,
    tolerance: SHEET_TOLERANCE,
    unit: "absolute",
    agreed,
    detail,
  };
}

const SHEET_DRAWS = 20_000;
const MOST_DEVIATION = 5;

/** Markets without a closed form: halves, combinations, the next goal. */
function checkPlayedSheets({ choice, forecasts }: Scene, seed: number, stream: number): Check {
  const check = `sheets against ${SHEET_DRAWS} play-outs`;
  const said = forecasts.slice(0, PLAYED_OUT).map(({ fixture, forecast }, i) => {
    const rng = createRng(seed, 500_000 + 1000 * stream + i);
    const played = simulateSheet(sheetOf(forecast, choice), rng, SHEET_DRAWS);
    return { fixture, played };
  });
  if (said.length === 0) return notCompared(choice.name, check, "no fixture could be forecast");
  let worst = 0;
  let checked = 0;
  let detail = "";
  for (const { fixture, played } of said) {
    const deviation = played.kind === "agreed" ? played.worst : played.deviation;
    checked += played.kind === "agreed" ? played.checked : 1;
    if (deviation >= worst)
      detail = played.kind === "agreed" ? nameOf(fixture) : `${played.where} of ${nameOf(fixture)}`;
    worst = Math.max(worst, deviation);
  }
  const agreed = said.every(({ played }) => played.kind === "agreed");
  return {
    subject: choice.name,
    check,
    checked,
    worst,
    tolerance: MOST_DEVIATION,
    unit: "standard errors",
    agreed,
    detail,
  };
}

function nameOf({ home, away }: Fixture): string {
  return `${home.name} - ${away.name}`;
}
