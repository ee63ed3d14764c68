import type { PlayedMatch } from "../domain/fixture.js";
import type { Season } from "../domain/season.js";

/** Goals of one team in its latest matches, newest last. */
interface TeamForm {
  readonly season: Season;
  readonly scored: readonly number[];
  readonly conceded: readonly number[];
}

/** What the teams of a division did in their last matches; changed by `addForm` alone. */
export interface FormBook {
  readonly games: number;
  readonly teams: Map<number, TeamForm>;
  /** Goals and sides so far: their ratio stands in for matches a team has not played. */
  readonly total: { goals: number; sides: number };
}

export function newFormBook(games: number): FormBook {
  return { games, teams: new Map(), total: { goals: 0, sides: 0 } };
}

export interface Form {
  /** Goals a match over the last `games`, missing matches filled with the division's mean. */
  readonly scored: number;
  readonly conceded: number;
  /** Matches behind it, at most `games`. */
  readonly known: number;
}

/** A team's form as it goes into a match of `season`. A season spent elsewhere ends it. */
export function formOf(book: FormBook, teamId: number, season: Season): Form {
  const mean = book.total.sides === 0 ? 0 : book.total.goals / book.total.sides;
  const form = book.teams.get(teamId);
  if (form === undefined || season - form.season > 1) return { scored: mean, conceded: mean, known: 0 };
  return {
    scored: filledMean(form.scored, book.games, mean),
    conceded: filledMean(form.conceded, book.games, mean),
    known: form.scored.length,
  };
}

/** Count a finished match into both teams' form. */
export function addForm(book: FormBook, { fixture, result }: PlayedMatch): void {
  addSide(book, fixture.home.id, fixture.season, result.homeGoals, result.awayGoals);
  addSide(book, fixture.away.id, fixture.season, result.awayGoals, result.homeGoals);
  book.total.goals += result.homeGoals + result.awayGoals;
  book.total.sides += 2;
}

function addSide(book: FormBook, teamId: number, season: Season, goals: number, against: number): void {
  const known = book.teams.get(teamId);
  const form = known && season - known.season <= 1 ? known : { scored: [], conceded: [] };
  book.teams.set(teamId, {
    season,
    scored: [...form.scored, goals].slice(-book.games),
    conceded: [...form.conceded, against].slice(-book.games),
  });
}

function filledMean(values: readonly number[], games: number, mean: number): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return (sum + (games - values.length) * mean) / games;
}
