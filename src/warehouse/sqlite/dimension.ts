import { invariant } from "../../core/assert.js";
import { MARKETS, type Market } from "../../domain/market.js";
import type { Moment, Side } from "../../domain/price.js";
import type { Connection } from "./connection.js";
import { damaged } from "./fault.js";

export const SIDES = ["BACK", "LAY"] as const satisfies readonly Side[];
export const MOMENTS = ["early", "close", "tick"] as const satisfies readonly Moment[];

type CodeTable = "market" | "runner" | "rating_algorithm";

/** The id of a code in one of the small tables; a new code gets the next id. For use inside one write. */
export function codeIds(connection: Connection, table: CodeTable): (code: string) => number {
  const ids = new Map(connection.tuples<[string, number]>(`SELECT code, id FROM ${table}`).all());
  return (code) => {
    let id = ids.get(code);
    if (id === undefined) {
      id = connection.insert(`INSERT INTO ${table} (code) VALUES (?)`, code);
      ids.set(code, id);
    }
    return id;
  };
}

/** The id of a price source; every source of a file is described before its prices are written. */
export function sourceIds(connection: Connection): (code: string) => number {
  const ids = new Map(connection.tuples<[string, number]>("SELECT code, id FROM source").all());
  return (code) => {
    const id = ids.get(code);
    invariant(id !== undefined, `price source ${code} was not described`);
    return id;
  };
}

/** Codes by id. */
export function codesOf(connection: Connection, table: CodeTable | "source"): ReadonlyMap<number, string> {
  return new Map(connection.tuples<[number, string]>(`SELECT id, code FROM ${table}`).all());
}

/** Markets by id; throws StatisticoError when a stored market is none of ours. */
export function marketsOf(connection: Connection): ReadonlyMap<number, Market> {
  const markets = new Map<number, Market>();
  for (const [id, code] of codesOf(connection, "market")) {
    const market = MARKETS.find((known) => known === code);
    if (market === undefined) throw damaged(connection.path, `unknown market ${code}`);
    markets.set(id, market);
  }
  return markets;
}

/** The entry of an id read back; throws StatisticoError when it leads nowhere. */
export function entry<T>(entries: ReadonlyMap<number, T>, id: number, connection: Connection): T {
  const found = entries.get(id);
  if (found === undefined) throw damaged(connection.path, `an id leads nowhere, was ${id}`);
  return found;
}
