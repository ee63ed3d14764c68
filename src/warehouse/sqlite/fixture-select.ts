import type { FixtureQuery } from "../port.js";

/** Conditions on `fixture f` joined to `competition c`, with their values. */
export interface FixtureSelect {
  readonly where: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Kick-off order, as `compareKickOff` has it: the same but for names with characters beyond the basic plane, which
 * SQLite orders by code point. Needs `team h` and `team a` joined.
 */
export const KICK_OFF_ORDER = "f.day, f.kick_off, c.code, h.name, a.name";

/** The joins that `where` and the order need. */
export const FIXTURE_JOINS = `fixture f JOIN competition c ON c.id = f.competition_id
  JOIN team h ON h.id = f.home_id JOIN team a ON a.id = f.away_id`;

/** Every value is bound; lists are bound as one JSON array, so that equal shapes share a prepared statement. */
export function fixtureSelect(query: FixtureQuery): FixtureSelect {
  const conditions: string[] = ["TRUE"];
  const values: Record<string, unknown> = {};
  const where = (condition: string, name: string, value: unknown): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values[name] = Array.isArray(value) ? JSON.stringify(value) : value;
  };
  where("f.id IN (SELECT value FROM json_each(@ids))", "ids", query.ids);
  where("c.code IN (SELECT value FROM json_each(@leagues))", "leagues", query.leagues);
  where("f.season IN (SELECT value FROM json_each(@seasons))", "seasons", query.seasons);
  where("(h.name = @team OR a.name = @team)", "team", query.team);
  where("f.day >= @fromDay", "fromDay", query.fromDay);
  where("f.day <= @toDay", "toDay", query.toDay);
  if (query.played !== undefined)
    conditions.push(`${query.played ? "" : "NOT "}EXISTS (SELECT 1 FROM result p WHERE p.fixture_id = f.id)`);
  return { where: conditions.join(" AND "), values };
}

/** "LIMIT n" as SQLite wants it: -1 is no limit. */
export function rowLimit(limit: number | undefined): number {
  return limit ?? -1;
}
