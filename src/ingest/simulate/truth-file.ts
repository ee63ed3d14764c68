import { type Day, formatDay } from "../../core/day.js";
import { roundTo } from "../../core/number.js";
import { type SimulatedDivisionHistory, type SimulatedMatch, weekOf } from "./match.js";
import { fairChances } from "./score.js";
import { type Strengths, TRUTH } from "./strength.js";

/**
 * The truth behind the files, as JSON: strengths of every club at the start of each season and at the cut, the true
 * rates and 1X2 probabilities of the upcoming fixtures. No real data set has this: it is what a model is judged by.
 */
export function truthFile(
  histories: readonly SimulatedDivisionHistory[],
  upcoming: readonly SimulatedMatch[],
  moments: readonly Day[],
  provenance: string,
): string {
  const document = {
    schema: "statistico/truth@1",
    provenance,
    scale:
      "log home rate = intercept + homeAdvantage + attack of home - defence of away; higher defence = stronger",
    intercept: roundTo(TRUTH.intercept, 6),
    homeAdvantage: TRUTH.homeAdvantage,
    rho: TRUTH.rho,
    divisions: histories.map((history) => ({
      division: history.code,
      strengths: moments.map((day) => strengthsOn(history, day)),
    })),
    upcoming: upcoming.map(upcomingTruth),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function strengthsOn(history: SimulatedDivisionHistory, day: Day) {
  const strengths: Strengths = history.strengths[weekOf(day, history.firstDay)];
  const teams = history.clubs.map((team, i) => ({
    team,
    attack: roundTo(strengths.attack[i], 4),
    defence: roundTo(strengths.defence[i], 4),
  }));
  return { date: formatDay(day), teams };
}

function upcomingTruth({ division, day, home, away, rates }: SimulatedMatch) {
  const chances = fairChances(rates);
  return {
    division,
    date: formatDay(day),
    home,
    away,
    homeRate: roundTo(rates.homeRate, 4),
    awayRate: roundTo(rates.awayRate, 4),
    pHome: roundTo(chances.home, 4),
    pDraw: roundTo(chances.draw, 4),
    pAway: roundTo(chances.away, 4),
  };
}
