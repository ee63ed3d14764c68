import { invariant } from "../core/assert.js";
import type { Day } from "../core/day.js";
import type { LineFilterParameters } from "./market-parameters.js";

/** One club in one filter. `day` is the day to which variance and form are aged. */
interface ClubLine {
  rating: number;
  variance: number;
  form: number;
  homeEdge: number;
  homeVariance: number;
  /** Running mean of the rating: where a season starts from. */
  mean: number;
  /** Matches it has learnt from. */
  matches: number;
  day: Day;
}

/**
 * A scalar filter of one quantity of every match of a division: its supremacy or its log total.
 *
 * expectation = level + (rating + form)_home + sign (rating + form)_away + homeEdge_home,
 * with sign -1 for supremacy, +1 for the total. The filter is a diagonal Kalman filter: ratings are held to be
 * independent, each match moves both clubs, the level and the home edge by their share of the innovation's variance.
 */
export interface LineFilter {
  readonly parameters: LineFilterParameters;
  readonly sign: 1 | -1;
  level: number;
  levelVariance: number;
  levelDay: Day;
  clubs: Map<number, ClubLine>;
}

/** The two sides and the day of a match. */
export interface Pairing {
  readonly home: number;
  readonly away: number;
  readonly neutral: boolean;
  readonly day: Day;
}

/** A filter that has seen nothing, for a division whose first match is on `day`. */
export function emptyFilter(
  parameters: LineFilterParameters,
  sign: 1 | -1,
  levelVariance: number,
  day: Day,
): LineFilter {
  return { parameters, sign, level: parameters.startLevel, levelVariance, levelDay: day, clubs: new Map() };
}

/** What the filter expects of a match, aged to its day. Changes nothing; a club it does not know counts as average. */
export function expectation(filter: LineFilter, { home, away, neutral, day }: Pairing): number {
  const host = filter.clubs.get(home);
  const guest = filter.clubs.get(away);
  const level = neutral && filter.sign < 0 ? 0 : filter.level;
  const edge = neutral || host === undefined ? 0 : host.homeEdge;
  return level + edge + strength(filter, host, day) + filter.sign * strength(filter, guest, day);
}

function strength(filter: LineFilter, club: ClubLine | undefined, day: Day): number {
  if (club === undefined) return 0;
  if (day === club.day) return club.rating + club.form;
  return club.rating + club.form * Math.exp(-(day - club.day) / filter.parameters.formDays);
}

/** Variance of a match's coming line about the expectation, aged to its day: of all parts, and of a line about them. */
export function lineVariance(filter: LineFilter, { home, away, neutral, day }: Pairing): number {
  const { parameters, sign } = filter;
  const host = filter.clubs.get(home);
  const level =
    neutral && sign < 0 ? 0 : filter.levelVariance + parameters.levelDrift * (day - filter.levelDay);
  const edge = neutral ? 0 : (host?.homeVariance ?? parameters.homeVariance);
  return (
    parameters.noise +
    level +
    edge +
    ratingVariance(filter, host, day) +
    ratingVariance(filter, filter.clubs.get(away), day)
  );
}

function ratingVariance({ parameters }: LineFilter, club: ClubLine | undefined, day: Day): number {
  return club === undefined ? parameters.entryVariance : club.variance + parameters.drift * (day - club.day);
}

/** Matches of a club that the filter has learnt from. */
export function matchesOf(filter: LineFilter, club: number): number {
  return filter.clubs.get(club)?.matches ?? 0;
}

/** What one match teaches a filter. */
export interface Lesson {
  /** The line minus its expectation, and the line's variance about the ratings. */
  readonly innovation: number;
  readonly noise: number;
  /** What the match said beyond its line: a jump of the ratings, part of it repeated as form. */
  readonly jump: number;
  /** Rate of the running means, moved last. */
  readonly meanRate: number;
}

/** Bring the level and the two clubs to the day of a match; a club met for the first time enters. */
export function ageTo(filter: LineFilter, { home, away, day }: Pairing): void {
  filter.levelVariance += filter.parameters.levelDrift * (day - filter.levelDay);
  filter.levelDay = day;
  age(filter, home, day);
  age(filter, away, day);
}

/** Learn from a match whose two clubs were aged to its day. */
export function learn(filter: LineFilter, match: Pairing, lesson: Lesson): void {
  const host = filter.clubs.get(match.home);
  const guest = filter.clubs.get(match.away);
  invariant(host?.day === match.day && guest?.day === match.day, "clubs must be aged before they learn");
  learnLine(filter, match.neutral, host, guest, lesson);
  jump(host, lesson.jump, filter.parameters.formShare);
  jump(guest, filter.sign * lesson.jump, filter.parameters.formShare);
  closeMatch(host, lesson.meanRate);
  closeMatch(guest, lesson.meanRate);
}

/** Each part takes the share of the innovation that its variance has in the whole. */
function learnLine(
  filter: LineFilter,
  neutral: boolean,
  host: ClubLine,
  guest: ClubLine,
  { innovation, noise }: Lesson,
): void {
  const level = neutral && filter.sign < 0 ? 0 : filter.levelVariance;
  const edge = neutral ? 0 : host.homeVariance;
  const spread = noise + level + host.variance + guest.variance + edge;
  const z = innovation / spread;
  filter.level += level * z;
  filter.levelVariance -= (level * level) / spread;
  host.homeEdge += edge * z;
  host.homeVariance -= (edge * edge) / spread;
  moveRating(host, z, spread);
  moveRating(guest, filter.sign * z, spread);
}

function moveRating(club: ClubLine, z: number, spread: number): void {
  club.rating += club.variance * z;
  club.variance -= (club.variance * club.variance) / spread;
}

function jump(club: ClubLine, by: number, formShare: number): void {
  club.rating += by;
  club.form += by * formShare;
}

function closeMatch(club: ClubLine, meanRate: number): void {
  club.mean += meanRate * (club.rating - club.mean);
  club.matches++;
}

function age(filter: LineFilter, id: number, day: Day): void {
  const club = filter.clubs.get(id) ?? enter(filter, id, 0, day);
  if (day === club.day) return;
  club.variance += filter.parameters.drift * (day - club.day);
  club.form *= Math.exp(-(day - club.day) / filter.parameters.formDays);
  club.day = day;
}

function enter(filter: LineFilter, id: number, rating: number, day: Day): ClubLine {
  const { entryVariance, homeVariance } = filter.parameters;
  // One literal, fields in the order of the type, here and at a season's start: copies by spreading halve the speed.
  const club: ClubLine = {
    rating,
    variance: entryVariance,
    form: 0,
    homeEdge: 0,
    homeVariance,
    mean: rating,
    matches: 0,
    day,
  };
  filter.clubs.set(id, club);
  return club;
}

/**
 * The filter as a season starts: a copy, so that a forecast can look at a coming season and leave the state alone.
 *
 * Clubs of `stayed` return to their running mean; the other `clubs` enter at the mean of those that stayed plus their
 * `entry`; whoever left is forgotten.
 */
export function seasonFilter(
  filter: LineFilter,
  clubs: Iterable<number>,
  stayed: ReadonlySet<number>,
  entry: (club: number) => number,
  day: Day,
): LineFilter {
  const { parameters, sign, level, levelVariance, levelDay } = filter;
  const next: LineFilter = { parameters, sign, level, levelVariance, levelDay, clubs: new Map() };
  const newcomers: number[] = [];
  let sum = 0;
  for (const id of clubs) {
    const known = stayed.has(id) ? filter.clubs.get(id) : undefined;
    if (known === undefined) newcomers.push(id);
    else {
      const { variance, form, homeEdge, homeVariance, mean, matches, day: agedTo } = known;
      next.clubs.set(id, {
        rating: mean,
        variance,
        form,
        homeEdge,
        homeVariance,
        mean,
        matches,
        day: agedTo,
      });
      sum += known.mean;
    }
  }
  // With nobody left to compare with the division starts anew: everybody is average.
  const average = next.clubs.size === 0 ? null : sum / next.clubs.size;
  for (const id of newcomers) enter(next, id, average === null ? 0 : average + entry(id), day);
  return next;
}
