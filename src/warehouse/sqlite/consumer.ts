import type { Consumer } from "../port.js";
import type { Connection } from "./connection.js";

const COLUMNS = "name, cursor, updated_at AS updatedAt";

export function readConsumers(connection: Connection): readonly Consumer[] {
  return connection.statement<Consumer>(`SELECT ${COLUMNS} FROM consumer ORDER BY name`).all();
}

export function readConsumer(connection: Connection, name: string): Consumer | null {
  return connection.statement<Consumer>(`SELECT ${COLUMNS} FROM consumer WHERE name = ?`).get(name) ?? null;
}

/** Forward only: what a slower process of the same name says is known already. */
export function commitCursor(connection: Connection, name: string, cursor: number): void {
  connection.write(() =>
    connection
      .statement(
        `INSERT INTO consumer VALUES (?, ?, ?) ON CONFLICT DO UPDATE
         SET cursor = excluded.cursor, updated_at = excluded.updated_at WHERE cursor < excluded.cursor`,
      )
      .run(name, cursor, connection.clock.now()),
  );
}

export function resetCursor(connection: Connection, name: string, cursor: number | null): void {
  connection.write(() => {
    if (cursor === null) connection.statement("DELETE FROM consumer WHERE name = ?").run(name);
    else
      connection
        .statement("INSERT OR REPLACE INTO consumer VALUES (?, ?, ?)")
        .run(name, cursor, connection.clock.now());
  });
}
