import type { Instant } from "../../core/clock.js";
import type { RequestSpending } from "../port.js";
import type { Connection } from "./connection.js";

/**
 * Count requests against every limit of a source, or against none when one of them would be passed; then the instant
 * at which the last of the passed windows ends is returned.
 */
export function spendRequests(
  connection: Connection,
  { source, at, cost, limits }: RequestSpending,
): Instant | null {
  return connection.write(() => {
    const windows = limits.map(({ windowMs, most }) => {
      const starts = Math.floor(at / windowMs) * windowMs;
      return { windowMs, most, starts, used: used(connection, source, windowMs, starts) + cost };
    });
    const passed = windows.filter(({ used: spent, most }) => spent > most);
    if (passed.length > 0) return Math.max(...passed.map(({ starts, windowMs }) => starts + windowMs));
    for (const { windowMs, starts, used: spent } of windows)
      connection
        .statement("INSERT OR REPLACE INTO request_count VALUES (?, ?, ?, ?)")
        .run(source, windowMs, starts, spent);
    return null;
  });
}

function used(connection: Connection, source: string, windowMs: number, starts: number): number {
  const row = connection
    .tuples<[number]>("SELECT used FROM request_count WHERE source = ? AND window = ? AND starts = ?")
    .get(source, windowMs, starts);
  return row?.[0] ?? 0;
}
