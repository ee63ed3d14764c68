import type { Fixture, PlayedMatch } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";
import { chronological } from "./chronology.js";
import { type Rating, type RatingEntry, type RatingHistory, ratingEntry } from "./history.js";

/** A rating that moves match by match: state in, state out. `S` is what is kept of one team; it is never mutated. */
export interface RatingRule<S> {
  /** A team never seen before. */
  readonly start: S;
  /** The state with which a team known from an earlier season begins another. */
  readonly newSeason: (state: S) => S;
  /** Both states after a match, home first. */
  readonly play: (home: S, away: S, match: PlayedMatch) => readonly [S, S];
  readonly show: (state: S) => Rating;
}

/** The states of all teams at one moment of a replay. */
export type RatingStates<S> = Map<number, { readonly season: Season; readonly state: S }>;

/** The state with which `teamId` goes into a fixture of `season`. */
export function stateBefore<S>(
  rule: RatingRule<S>,
  states: RatingStates<S>,
  teamId: number,
  season: Season,
): S {
  const known = states.get(teamId);
  if (!known) return rule.start;
  return known.season === season ? known.state : rule.newSeason(known.state);
}

/** What both sides bring into a fixture, home first. */
export function statesBefore<S>(
  rule: RatingRule<S>,
  states: RatingStates<S>,
  fixture: Fixture,
): readonly [S, S] {
  return [
    stateBefore(rule, states, fixture.home.id, fixture.season),
    stateBefore(rule, states, fixture.away.id, fixture.season),
  ];
}

/** Move `states` over one match; returns the states before and after it, home first. */
export function step<S>(
  rule: RatingRule<S>,
  states: RatingStates<S>,
  match: PlayedMatch,
): { readonly before: readonly [S, S]; readonly after: readonly [S, S] } {
  const { fixture } = match;
  const before = statesBefore(rule, states, fixture);
  const after = rule.play(before[0], before[1], match);
  states.set(fixture.home.id, { season: fixture.season, state: after[0] });
  states.set(fixture.away.id, { season: fixture.season, state: after[1] });
  return { before, after };
}

/** Run a rule over all matches in kick-off order, whatever the order they come in. */
export function replay<S>(
  algorithm: string,
  rule: RatingRule<S>,
  matches: readonly PlayedMatch[],
): RatingHistory {
  const states: RatingStates<S> = new Map();
  const entries: RatingEntry[] = [];
  for (const match of chronological(matches)) {
    const { before, after } = step(rule, states, match);
    const at = { fixtureId: match.fixture.id, day: match.fixture.day };
    entries.push(ratingEntry(match.fixture.home, at, rule.show(before[0]), rule.show(after[0])));
    entries.push(ratingEntry(match.fixture.away, at, rule.show(before[1]), rule.show(after[1])));
  }
  return { algorithm, entries, tables: [] };
}
