import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { StatisticoError } from "../../core/errors.js";
import type { QueryAnswer } from "../port.js";

/** What a person's query may cost. */
export interface QueryLimits {
  readonly limit: number;
  readonly timeoutMs: number;
}

type Reply =
  | { readonly kind: "answer"; readonly answer: QueryAnswer }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Run a person's query in a process of its own, on a connection that cannot write. SQLite answers in one breath and
 * neither a timer nor the end of a thread interrupts it: only a process can be stopped in time.
 *
 * Throws StatisticoError for a query that is wrong, writes, or takes longer than `timeoutMs`.
 */
export async function runQuery(
  path: string,
  sql: string,
  { limit, timeoutMs }: QueryLimits,
): Promise<QueryAnswer> {
  const driver = createRequire(import.meta.url).resolve("better-sqlite3");
  const child = spawn(process.execPath, ["-e", PROGRAM], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
  });
  try {
    child.send({ driver, path, sql, limit });
    const reply = await firstReply(child, timeoutMs);
    if (reply.kind === "answer") return reply.answer;
    throw new StatisticoError("usage", `cannot run the query: ${reply.message}`, TABLES_HINT);
  } finally {
    child.kill("SIGKILL");
  }
}

const TABLES_HINT = `statistico db sql "SELECT name, sql FROM sqlite_schema"`;

function firstReply(child: ChildProcess, timeoutMs: number): Promise<Reply> {
  return new Promise<Reply>((resolve, reject) => {
    const fail = (message: string, hint: string): void =>
      reject(new StatisticoError("failed", message, hint));
    const stop = (): void =>
      fail(`the query was stopped after ${timeoutMs} ms`, "narrow it down with WHERE, or allow more time");
    const timer = setTimeout(stop, timeoutMs);
    const ended = (message: string, hint: string): void => {
      clearTimeout(timer);
      fail(message, hint);
    };
    child.once("message", (reply: Reply) => resolve(reply));
    child.once("error", ({ message }) =>
      ended(`cannot start a process for the query: ${message}`, "ulimit -u"),
    );
    child.once("exit", (code, signal) =>
      ended(`the query ended its process, was ${signal ?? code}`, "ask for fewer or smaller rows"),
    );
  });
}

/** Kept as text because a bundle has no file of its own for it; the driver is named by its absolute path. */
const PROGRAM = `
process.once("message", ({ driver, path, sql, limit }) => {
  const answer = () => {
    const Database = require(driver);
    const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
    database.pragma("query_only = ON");
    database.pragma("trusted_schema = OFF");
    const statement = database.prepare(sql);
    if (!statement.reader || !statement.readonly) throw new Error("only a query that reads is run");
    const columns = statement.columns().map((column) => column.name);
    const rows = [];
    for (const row of statement.raw().iterate()) {
      if (rows.length === limit) return { columns, rows, truncated: true };
      rows.push(row);
    }
    return { columns, rows, truncated: false };
  };
  let reply;
  try {
    reply = { kind: "answer", answer: answer() };
  } catch (error) {
    reply = { kind: "refused", message: String(error.message) };
  }
  process.send(reply);
});
`;
