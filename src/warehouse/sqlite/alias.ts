import { formatDay } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import type { AliasOutcome, TeamAlias } from "../port.js";
import type { Connection } from "./connection.js";
import { forgetContentHash } from "./content-hash.js";
import { recordEvent } from "./event.js";

/**
 * Make `alias.alias` of that source mean `alias.team`, in one transaction.
 *
 * Two clubs become one when both names are clubs; a club that bears the alias as its name is renamed when there is
 * no club of the other name yet. An alias that equals its team says: a club of its own, ask no more.
 * Throws StatisticoError when the country is unknown.
 */
export function addAlias(connection: Connection, alias: TeamAlias): AliasOutcome {
  return connection.write(() => {
    const country = connection.tuples<[number]>("SELECT id FROM country WHERE name = ?").get(alias.country);
    if (!country)
      throw new StatisticoError(
        "data",
        `no clubs of that country, was "${alias.country}"`,
        "statistico leagues",
      );
    const outcome = applyAlias(connection, country[0], alias, connection.clock.now());
    if (outcome.kind !== "same" && outcome.kind !== "conflict") forgetContentHash(connection);
    return outcome;
  });
}

/** `addAlias` inside a transaction. A built-in alias gives way to what a user said. */
export function applyAlias(
  connection: Connection,
  countryId: number,
  { source, alias, team, origin }: TeamAlias,
  at: number,
): AliasOutcome {
  const known = storedAlias(connection, source, countryId, alias);
  if (known && (known.team === team || (known.origin === "user" && origin === "built-in")))
    return { kind: "same" };
  const united = alias === team ? null : uniteClubs(connection, countryId, alias, team, at);
  if (united?.kind === "conflict") return united;
  const teamId = teamIdOf(connection, countryId, team) ?? insertTeam(connection, countryId, team);
  connection
    .statement(
      `INSERT INTO team_alias (source, country_id, alias, team_id, origin) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET team_id = excluded.team_id, origin = excluded.origin`,
    )
    .run(source, countryId, alias, teamId, origin);
  for (const table of ["suspected_name", "unknown_name"])
    connection
      .statement(`DELETE FROM ${table} WHERE source = ? AND country_id = ? AND name = ?`)
      .run(source, countryId, alias);
  return united ?? { kind: "added" };
}

export function teamIdOf(connection: Connection, countryId: number, name: string): number | null {
  return (
    connection
      .tuples<[number]>("SELECT id FROM team WHERE country_id = ? AND name = ?")
      .get(countryId, name)?.[0] ?? null
  );
}

function insertTeam(connection: Connection, countryId: number, name: string): number {
  return connection.insert("INSERT INTO team (country_id, name) VALUES (?, ?)", countryId, name);
}

function storedAlias(
  connection: Connection,
  source: string,
  countryId: number,
  alias: string,
): { readonly team: string; readonly origin: string } | undefined {
  return connection
    .statement<{ team: string; origin: string }>(
      `SELECT t.name AS team, a.origin FROM team_alias a JOIN team t ON t.id = a.team_id
       WHERE a.source = ? AND a.country_id = ? AND a.alias = ?`,
    )
    .get(source, countryId, alias);
}

/** Null when the old name is no club. */
function uniteClubs(
  connection: Connection,
  countryId: number,
  oldName: string,
  name: string,
  at: number,
): AliasOutcome | null {
  const oldId = teamIdOf(connection, countryId, oldName);
  if (oldId === null) return null;
  const id = teamIdOf(connection, countryId, name);
  const conflict = id === null ? null : sameDayMatch(connection, oldId, id);
  if (conflict !== null)
    return { kind: "conflict", text: `${oldName} and ${name} both play on ${formatDay(conflict)}` };
  const fixtures = fixturesOf(connection, oldId);
  if (id === null) connection.statement("UPDATE team SET name = ? WHERE id = ?").run(name, oldId);
  else moveEverything(connection, oldId, id);
  recordEvent(connection, {
    type: "team.merged",
    key: name,
    at,
    payload: { from: oldName, into: name, fixtures },
  });
  return { kind: "merged", fixtures };
}

/** A day on which both clubs play, against each other or not: then they are two clubs. Null when there is none. */
function sameDayMatch(connection: Connection, one: number, other: number): number | null {
  const days = "SELECT day FROM fixture WHERE home_id = ?1 OR away_id = ?1";
  const others = "SELECT day FROM fixture WHERE home_id = ?2 OR away_id = ?2";
  const row = connection
    .tuples<[number | null]>(`SELECT min(day) FROM (${days} INTERSECT ${others})`)
    .get({ 1: one, 2: other });
  return row?.[0] ?? null;
}

function fixturesOf(connection: Connection, teamId: number): number {
  const row = connection
    .tuples<[number]>("SELECT count(*) FROM fixture WHERE home_id = ?1 OR away_id = ?1")
    .get({ 1: teamId });
  return row?.[0] ?? 0;
}

const REFERENCES = [
  ["fixture", "home_id"],
  ["fixture", "away_id"],
  ["rating", "team_id"],
  ["team_alias", "team_id"],
  ["suspected_name", "team_id"],
  ["unknown_name", "team_id"],
] as const;

function moveEverything(connection: Connection, from: number, into: number): void {
  for (const [table, column] of REFERENCES)
    connection.statement(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`).run(into, from);
  connection.statement("UPDATE OR IGNORE club_rating SET team_id = ? WHERE team_id = ?").run(into, from);
  connection.statement("DELETE FROM club_rating WHERE team_id = ?").run(from);
  connection.statement("DELETE FROM team WHERE id = ?").run(from);
}
