import type { Instant } from "../../core/clock.js";
import type { PollRecord, PollState } from "../port.js";
import type { Connection } from "./connection.js";

/** Until it says what came of it, a poll is one that failed. */
const UNANSWERED = "no answer: the process ended before one came";

/** Count a request before it is sent; the poll's id. */
export function beginPoll(
  connection: Connection,
  { source, request, at }: { readonly source: string; readonly request: string; readonly at: Instant },
): number {
  return connection.write(() => {
    connection
      .statement(
        `INSERT INTO poll_request (source, request, last_poll, failures, detail) VALUES (?, ?, ?, 1, ?)
         ON CONFLICT DO UPDATE SET last_poll = excluded.last_poll, failures = failures + 1,
           detail = excluded.detail, not_before = NULL`,
      )
      .run(source, request, at, UNANSWERED);
    return connection.insert("INSERT INTO poll (source, request, at) VALUES (?, ?, ?)", source, request, at);
  });
}

export function endPoll(connection: Connection, id: number, record: PollRecord): void {
  const { outcome, prices, detail, notBefore } = record;
  connection.write(() => {
    const poll = connection
      .statement<{ source: string; request: string; at: number }>(
        "UPDATE poll SET outcome = ?, prices = ?, detail = ? WHERE id = ? RETURNING source, request, at",
      )
      .get(outcome, prices, detail, id);
    if (!poll) return;
    connection
      .statement(
        `UPDATE poll_request SET detail = @detail, not_before = @notBefore,
           failures = iif(@failed, failures, 0), last_success = iif(@failed, last_success, @at)
         WHERE source = @source AND request = @request`,
      )
      .run({ ...poll, detail, notBefore, failed: outcome === "failed" ? 1 : 0 });
  });
}

export function readPollStates(connection: Connection): readonly PollState[] {
  return connection
    .statement<PollState>(
      `SELECT source, request, last_poll AS lastPoll, last_success AS lastSuccess, failures, detail,
         not_before AS notBefore
       FROM poll_request ORDER BY source, request`,
    )
    .all();
}

export function countPolls(connection: Connection, source: string, since: Instant): number {
  const row = connection
    .tuples<[number]>("SELECT count(*) FROM poll WHERE source = ? AND at >= ?")
    .get(source, since);
  return row?.[0] ?? 0;
}

export function forgetPolls(connection: Connection, before: Instant): number {
  return connection.write(() => {
    connection.statement("DELETE FROM poll_request WHERE last_poll < ?").run(before);
    return connection.statement("DELETE FROM poll WHERE at < ?").run(before).changes;
  });
}
