import { formatDay, formatInstant } from "../../core/day.js";
import { type Fixture, fullTimeResult, type PlayedMatch } from "../../domain/fixture.js";
import type { Column } from "../../report/present.js";

/** A fixture as the commands print it; `kickOff` is null where only the date is known. */
export function fixtureRow(fixture: Fixture) {
  return {
    fixtureId: fixture.id,
    league: fixture.league,
    season: fixture.season,
    date: formatDay(fixture.day),
    kickOff: fixture.kickOffKnown ? formatInstant(fixture.kickOff) : null,
    home: fixture.home.name,
    away: fixture.away.name,
  };
}

export function resultRow({ fixture, result }: PlayedMatch) {
  return {
    ...fixtureRow(fixture),
    homeGoals: result.homeGoals,
    awayGoals: result.awayGoals,
    halfTimeHome: result.halfTimeHome,
    halfTimeAway: result.halfTimeAway,
    result: fullTimeResult(result.homeGoals, result.awayGoals),
    revision: result.revision,
    knownAt: formatInstant(result.knownAt),
  };
}

export const FIXTURE_COLUMNS: readonly Column[] = [
  { key: "fixtureId", title: "id", align: "right" },
  { key: "league", title: "league" },
  { key: "date", title: "date" },
  { key: "kickOff", title: "kick-off (UTC)" },
  { key: "home", title: "home" },
  { key: "away", title: "away" },
];

export const RESULT_COLUMNS: readonly Column[] = [
  { key: "date", title: "date" },
  { key: "league", title: "league" },
  { key: "home", title: "home" },
  { key: "homeGoals", title: "", align: "right" },
  { key: "awayGoals", title: "", align: "right" },
  { key: "away", title: "away" },
  { key: "halfTimeHome", title: "ht", align: "right" },
  { key: "halfTimeAway", title: "", align: "right" },
];
