import type { Day } from "../core/day.js";
import { compareText, type Fixture, type PlayedMatch, type Team } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import { kickOffInstant } from "../domain/slot.js";
import type { Places } from "../models/season-outlook.js";
import { type Standing, standingsOf } from "../models/standing.js";

/** A season as far as it is known, and what is left of it. */
export interface SeasonSoFar {
  /** Points, goal difference, goals, then name: what leagues add after goals is not modelled. */
  readonly table: readonly (Standing & { readonly played: number })[];
  /** Fixtures that are on file without a known result. */
  readonly scheduled: readonly Fixture[];
  /** What is missing to a round robin, made up: they have a negative id and the as-of day. */
  readonly derived: readonly Fixture[];
  readonly notes: readonly string[];
}

export interface SeasonFacts {
  readonly league: string;
  readonly season: Season;
  /** All fixtures of the season on file. */
  readonly fixtures: readonly Fixture[];
  /** Those with a result known at `asOf`. */
  readonly played: readonly PlayedMatch[];
  readonly asOf: Day;
  /** A season that has ended gets no derived fixtures: what is missing was never played, or is not on file. */
  readonly over: boolean;
}

/** How often a club receives each other one where that is not once. */
const HOME_MEETINGS: Readonly<Record<string, number>> = { SC1: 2, SC2: 2, SC3: 2 };
/** Leagues that go on after a round robin, or play an odd number of rounds. */
const IRREGULAR: ReadonlySet<string> = new Set(["SC0", "B1"]);

/** Clubs that go down for certain, where that is not three; a play-off place is not among them. */
const RELEGATED: Readonly<Record<string, number>> = {
  E2: 4,
  E3: 2,
  EC: 4,
  SP2: 4,
  D1: 2,
  D2: 2,
  F1: 2,
  F2: 2,
  N1: 2,
  SC0: 1,
  SC1: 1,
  SC2: 1,
  SC3: 1,
};

export function placesOf(league: string): Places {
  return { top: 4, relegated: RELEGATED[league] ?? 3 };
}

/** The table so far and the fixtures to come: those on file, and the rest of a round robin where they do not make one. */
export function seasonSoFar(facts: SeasonFacts): SeasonSoFar {
  const { fixtures, played, over } = facts;
  const clubs = clubsIn(fixtures);
  const done = new Set(played.map(({ fixture }) => fixture.id));
  const scheduled = over ? [] : fixtures.filter(({ id }) => !done.has(id));
  const missing = missingPairs(facts, clubs);
  return {
    table: tableOf(clubs, played),
    scheduled,
    derived: over ? [] : missing.map((pair, i) => derivedFixture(facts, pair, -1 - i)),
    notes: notesOf(facts, missing.length),
  };
}

function clubsIn(fixtures: readonly Fixture[]): Team[] {
  const clubs = new Map(fixtures.flatMap(({ home, away }) => [home, away]).map((team) => [team.id, team]));
  return [...clubs.values()].sort((a, b) => compareText(a.name, b.name));
}

function tableOf(clubs: readonly Team[], played: readonly PlayedMatch[]): SeasonSoFar["table"] {
  const difference = ({ scored, conceded }: Standing): number => scored - conceded;
  return standingsOf(clubs, played)
    .map((standing) => ({ ...standing, played: matchesOf(standing.team, played) }))
    .sort(
      (a, b) =>
        b.points - a.points ||
        difference(b) - difference(a) ||
        b.scored - a.scored ||
        compareText(a.team.name, b.team.name),
    );
}

function matchesOf({ id }: Team, played: readonly PlayedMatch[]): number {
  return played.filter(({ fixture }) => fixture.home.id === id || fixture.away.id === id).length;
}

type Pair = readonly [home: Team, away: Team];

/** Ordered pairs that neither played nor are to play as often as a round robin has them. */
function missingPairs({ league, fixtures }: SeasonFacts, clubs: readonly Team[]): Pair[] {
  const times = HOME_MEETINGS[league] ?? 1;
  const met = new Map<string, number>();
  for (const { home, away } of fixtures) {
    const key = `${home.id} ${away.id}`;
    met.set(key, (met.get(key) ?? 0) + 1);
  }
  return clubs.flatMap((home) =>
    clubs
      .filter(({ id }) => id !== home.id)
      .flatMap((away): Pair[] => {
        const left = times - (met.get(`${home.id} ${away.id}`) ?? 0);
        return Array.from({ length: Math.max(0, left) }, () => [home, away]);
      }),
  );
}

function derivedFixture({ league, season, asOf }: SeasonFacts, [home, away]: Pair, id: number): Fixture {
  const kickOff = kickOffInstant(asOf, null);
  return { id, league, season, day: asOf, kickOff, kickOffKnown: false, home, away, neutral: false };
}

function notesOf({ league, over }: SeasonFacts, missing: number): string[] {
  const notes = ["points deducted and expunged clubs are not modelled"];
  if (IRREGULAR.has(league))
    notes.push(`${league} plays on after its round robin: that part is not modelled`);
  if (over && missing > 0)
    notes.push(`${missing} pairings of a round robin are not on file: cut short, or never read`);
  return notes;
}
