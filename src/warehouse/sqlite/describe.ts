import { invariant } from "../../core/assert.js";
import type { PriceSource } from "../../domain/price.js";
import type { IngestedFile, LeagueDescription } from "../port.js";
import type { Connection } from "./connection.js";

/** A competition as far as writing needs it. */
export interface Competition {
  readonly id: number;
  readonly countryId: number;
}

/** Make the leagues and price sources of a file known; competitions by code. */
export function describe(connection: Connection, file: IngestedFile): ReadonlyMap<string, Competition> {
  for (const league of file.leagues) describeLeague(connection, league);
  for (const source of file.sources) describeSource(connection, source);
  for (const country of new Set(file.ratings?.map(({ country }) => country))) countryId(connection, country);
  return competitionsOf(connection, new Set(file.records.map(({ league }) => league)));
}

/** The id of a country; a new one is added. */
export function countryId(connection: Connection, name: string): number {
  connection.statement("INSERT INTO country (name) VALUES (?) ON CONFLICT DO NOTHING").run(name);
  const row = connection.tuples<[number]>("SELECT id FROM country WHERE name = ?").get(name);
  invariant(row, `country ${name} was just written`);
  return row[0];
}

/** A description that says no more than the code never replaces a better one. The country, once known, stands. */
function describeLeague(connection: Connection, { code, name, country, tier }: LeagueDescription): void {
  connection
    .statement(
      `INSERT INTO competition (code, name, country_id, tier) VALUES (?, ?, ?, ?)
       ON CONFLICT (code) DO UPDATE SET name = excluded.name, tier = coalesce(excluded.tier, tier)
       WHERE excluded.name <> excluded.code`,
    )
    .run(code, name, countryId(connection, country), tier);
}

function describeSource(connection: Connection, { code, name, kind }: PriceSource): void {
  connection
    .statement(
      `INSERT INTO source (code, name, kind) VALUES (?, ?, ?)
       ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind
       WHERE excluded.name <> excluded.code`,
    )
    .run(code, name, kind);
}

function competitionsOf(connection: Connection, codes: ReadonlySet<string>): Map<string, Competition> {
  const find = connection.tuples<[number, number]>("SELECT id, country_id FROM competition WHERE code = ?");
  return new Map(
    [...codes].map((code) => {
      const row = find.get(code);
      invariant(row, `league ${code} was not described`);
      return [code, { id: row[0], countryId: row[1] }];
    }),
  );
}
