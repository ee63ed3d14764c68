import type { Day } from "../core/day.js";
import type { Fixture, Team } from "../domain/fixture.js";
import { boundedRates } from "./bounded-rates.js";
import { ClubRatings } from "./club-ratings.js";
import { scoreGrid } from "./dixon-coles-grid.js";
import { earlierEntrants } from "./entrants.js";
import type { Division, Forecast, Forecaster, Observation } from "./forecaster.js";

export interface WalkForwardParameters {
  /** Decay of weights a day. */
  readonly xi: number;
  /**
   * Precision of a normal prior on each attack and defence about the mean. It keeps a club of few games finite, and
   * pulls everybody a little: beside the information of a season (some 50 weighted goals a club) 4 is a twelfth. Chosen
   * on seasons up to 2017, see docs/models.md.
   */
  readonly ridge: number;
  /** Hold rho at this value; null: estimated. Not read by the Poisson forecaster. */
  readonly rho: number | null;
  /** Matches to have seen before the first forecast. */
  readonly leastMatches: number;
}

export const WALK_FORWARD: WalkForwardParameters = { xi: 0.0018, ridge: 4, rho: null, leastMatches: 30 };

/** Below this many matches a club's forecast carries a note. */
const FEW_MATCHES = 6;
/** A fit that expects more goals than this has run away; nothing is priced from it. */
const MOST_GOALS = 20;

/** Plain Poisson ratings, refitted as matches come in. */
export function poissonForecaster(
  division: Division,
  parameters: Partial<WalkForwardParameters> = {},
): Forecaster {
  const settings = { ...WALK_FORWARD, ...parameters };
  return walkForward(division, settings, "none", `poisson xi=${settings.xi} ridge=${settings.ridge}`);
}

/** Dixon-Coles ratings, refitted as matches come in. */
export function dixonColesForecaster(
  division: Division,
  parameters: Partial<WalkForwardParameters> = {},
): Forecaster {
  const settings = { ...WALK_FORWARD, ...parameters };
  const held = settings.rho === null ? "" : ` rho=${settings.rho}`;
  const version = `dixon-coles xi=${settings.xi} ridge=${settings.ridge}${held}`;
  return walkForward(division, settings, settings.rho ?? "free", version);
}

/**
 * A forecaster over sums by ordered pair: a finished match is added once, ageing is one multiplication, and a refit
 * starts from the last optimum. Forecasts depend on what was observed and on `asOf`, not on when it was fed.
 */
function walkForward(
  division: Division,
  settings: WalkForwardParameters,
  rho: "none" | "free" | number,
  version: string,
): Forecaster {
  const ratings = new ClubRatings({ xi: settings.xi, ridge: settings.ridge, rho });
  return {
    version: `${version} least=${settings.leastMatches}`,
    observe: (matches: readonly Observation[]) => {
      for (const { fixture, result } of matches) ratings.add(fixture, result.homeGoals, result.awayGoals);
    },
    forecast: (fixture: Fixture, asOf: Day): Forecast => {
      if (ratings.matches < settings.leastMatches)
        return refused(`${ratings.matches} matches seen, ${settings.leastMatches} needed`);
      const failure = ratings.refit(asOf);
      return failure === null ? forecastOf(division, ratings, fixture) : refused(failure);
    },
  };
}

function refused(reason: string): Forecast {
  return { kind: "refused", reason };
}

function forecastOf(division: Division, ratings: ClubRatings, fixture: Fixture): Forecast {
  const home = clubOf(division, ratings, fixture, fixture.home);
  const away = clubOf(division, ratings, fixture, fixture.away);
  const lift = fixture.neutral ? 0 : ratings.homeAdvantage;
  const homeRate = Math.exp(lift + home.attack - away.defence);
  const awayRate = Math.exp(away.attack - home.defence);
  if (!(Math.max(homeRate, awayRate) <= MOST_GOALS))
    return refused(`expected goals of ${homeRate.toFixed(1)} and ${awayRate.toFixed(1)}`);
  const rates = boundedRates(homeRate, awayRate, ratings.rho);
  const notes = [...home.notes, ...away.notes];
  if (ratings.activeBound !== null) notes.push(`rho rests on its ${ratings.activeBound} bound`);
  if (rates.clipped) notes.push("rho was clipped for this fixture");
  return { kind: "forecast", homeRate, awayRate, rho: rates.rho, grid: () => scoreGrid(rates), notes };
}

interface Club {
  readonly attack: number;
  readonly defence: number;
  readonly notes: readonly string[];
}

/** A club's ratings; one that was never seen is placed at the mean of the clubs that entered before it. */
function clubOf(division: Division, ratings: ClubRatings, fixture: Fixture, team: Team): Club {
  const number = ratings.numberOf(team.id);
  if (number === null) {
    const entrants = earlierEntrants(division, fixture.season, (id) => ratings.numberOf(id));
    const note =
      entrants.length > 0 ? `placed like ${entrants.length} earlier entrants` : "placed at the average";
    return { ...ratings.meanOf(entrants), notes: [`${team.name}: no match seen, ${note}`] };
  }
  const seen = ratings.matchesOf(number);
  const notes = seen < FEW_MATCHES ? [`${team.name}: only ${seen} matches seen`] : [];
  return { ...ratings.ratingOf(number), notes };
}
