import type { Fixture, SideStatistics } from "../domain/fixture.js";
import type { Observation } from "../models/forecaster.js";
import type { FormMatch } from "../strategy/view.js";

/** Each team's finished matches by league and season, oldest first. */
export interface FormBook {
  add(match: Observation): void;
  /** A team's matches in the league and season of a fixture. */
  of(fixture: Fixture, teamId: number): readonly FormMatch[];
  /** A team's last 200 matches of whatever league and season. */
  overall(teamId: number): readonly FormMatch[];
}

/** Twice the longest window of a filter, so that either venue fills one. */
const MOST_MATCHES = 200;

const NONE: readonly FormMatch[] = [];

export function formBook(): FormBook {
  const matches = new Map<string, FormMatch[]>();
  const ever = new Map<number, FormMatch[]>();
  const record = (key: string, teamId: number, match: FormMatch): void => {
    const list = matches.get(key) ?? [];
    if (list.length === 0) matches.set(key, list);
    list.push(match);
    const all = ever.get(teamId) ?? [];
    if (all.length === 0) ever.set(teamId, all);
    all.push(match);
    if (all.length > MOST_MATCHES) all.shift();
  };
  return {
    add(match) {
      record(keyOf(match.fixture, match.fixture.home.id), match.fixture.home.id, formOf(match, "home"));
      record(keyOf(match.fixture, match.fixture.away.id), match.fixture.away.id, formOf(match, "away"));
    },
    of: (fixture, teamId) => matches.get(keyOf(fixture, teamId)) ?? NONE,
    overall: (teamId) => ever.get(teamId) ?? NONE,
  };
}

function keyOf({ league, season }: Fixture, teamId: number): string {
  return `${league} ${season} ${teamId}`;
}

function formOf({ fixture, result, statistics }: Observation, venue: "home" | "away"): FormMatch {
  const atHome = venue === "home";
  const home: SideStatistics | null = statistics?.home ?? null;
  const away: SideStatistics | null = statistics?.away ?? null;
  return {
    league: fixture.league,
    season: fixture.season,
    day: fixture.day,
    venue,
    goalsFor: atHome ? result.homeGoals : result.awayGoals,
    goalsAgainst: atHome ? result.awayGoals : result.homeGoals,
    statisticsFor: atHome ? home : away,
    statisticsAgainst: atHome ? away : home,
  };
}
