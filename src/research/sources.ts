import { invariant } from "../core/assert.js";
import { dateOf, formatDay, parseIsoDay, weekday } from "../core/day.js";
import type { Fixture, PlayedMatch } from "../domain/fixture.js";
import type { PriceSnapshot } from "../domain/price.js";
import type { RatingEntry, RatingHistory } from "../ratings/history.js";
import type { QueryAnswer } from "../warehouse/port.js";
import { type Frame, frameOf, type Value } from "./frame.js";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** A query's answer. What is neither text nor number (a blob) is left out. */
export function queryFrame({ columns, rows }: QueryAnswer): Frame {
  return {
    columns,
    rows: rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, plainValue(row[i])]))),
  };
}

/** The bets of a run as `backtest` keeps them, with `year`, `month` and `weekday` beside the date. */
export function betsFrame(bets: readonly Readonly<Record<string, string | number | null>>[]): Frame {
  return frameOf(bets.map((bet) => ({ ...bet, ...calendarOf(String(bet.date)) })));
}

/**
 * A row a match: its goals beside the ratings with which both sides went into it, so that nothing of the match is in
 * them. `homeRating` and `awayRating` are attack + defence.
 */
export function ratingsFrame(matches: readonly PlayedMatch[], history: RatingHistory): Frame {
  const entries = new Map(history.entries.map((entry) => [keyOf(entry.fixtureId, entry.team.id), entry]));
  const before = (id: number, team: number): RatingEntry => {
    const entry = entries.get(keyOf(id, team));
    invariant(entry !== undefined, `no rating of team ${team} in fixture ${id}`);
    return entry;
  };
  return frameOf(
    matches.map(({ fixture, result: { homeGoals, awayGoals } }) => {
      const home = before(fixture.id, fixture.home.id);
      const away = before(fixture.id, fixture.away.id);
      const [homeRating, awayRating] = [home, away].map((entry) => entry.attackBefore + entry.defenceBefore);
      return {
        ...fixtureFields(fixture),
        homeGoals,
        awayGoals,
        goalDifference: homeGoals - awayGoals,
        totalGoals: homeGoals + awayGoals,
        homeAttack: home.attackBefore,
        homeDefence: home.defenceBefore,
        awayAttack: away.attackBefore,
        awayDefence: away.defenceBefore,
        homeRating,
        awayRating,
        ratingDifference: homeRating - awayRating,
      };
    }),
  );
}

/** A row a price, with its fixture. `prices` of fixtures that are not among them are left out. */
export function pricesFrame(fixtures: readonly Fixture[], prices: readonly PriceSnapshot[]): Frame {
  const byId = new Map(fixtures.map((fixture) => [fixture.id, fixture]));
  return frameOf(
    prices.flatMap(({ fixtureId, market, runner, line, source, side, moment, price, size }) => {
      const fixture = byId.get(fixtureId);
      if (fixture === undefined) return [];
      const implied = 1 / price;
      return [
        {
          ...fixtureFields(fixture),
          market,
          runner,
          line: line / 4,
          source,
          side,
          moment,
          price,
          implied,
          size,
        },
      ];
    }),
  );
}

function fixtureFields({ id, league, season, day, home, away }: Fixture) {
  return { fixture: id, date: formatDay(day), league, season, home: home.name, away: away.name };
}

function calendarOf(date: string): Readonly<Record<"year" | "month" | "weekday", Value>> {
  const day = parseIsoDay(date);
  invariant(day !== null, `the date of a bet must be ISO, was ${date}`);
  const { year, month } = dateOf(day);
  return { year, month, weekday: WEEKDAYS[weekday(day)] };
}

function keyOf(fixtureId: number, teamId: number): string {
  return `${fixtureId}/${teamId}`;
}

function plainValue(value: unknown): Value {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
