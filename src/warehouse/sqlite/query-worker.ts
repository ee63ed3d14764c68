import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
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
 * Run a person's query in a thread of its own, on a connection that cannot write: SQLite answers in one breath, so
 * only a thread can be stopped in time.
 *
 * Throws StatisticoError for a query that is wrong, writes, or takes longer than `timeoutMs`.
 */
export async function runQuery(
  path: string,
  sql: string,
  { limit, timeoutMs }: QueryLimits,
): Promise<QueryAnswer> {
  const driver = createRequire(import.meta.url).resolve("better-sqlite3");
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`), {
    workerData: { driver, path, sql, limit },
  });
  try {
    const reply = await firstReply(worker, timeoutMs);
    if (reply.kind === "answer") return reply.answer;
    throw new StatisticoError("usage", `cannot run the query: ${reply.message}`, TABLES_HINT);
  } finally {
    await worker.terminate();
  }
}

const TABLES_HINT = `statistico db sql "SELECT name, sql FROM sqlite_schema"`;

function firstReply(worker: Worker, timeoutMs: number): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `the query was stopped after ${timeoutMs} ms`;
      reject(new StatisticoError("failed", message, "narrow it down with WHERE, or allow more time"));
    }, timeoutMs);
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("message", () => clearTimeout(timer));
    worker.once("error", () => clearTimeout(timer));
  });
}

/** Kept as text because a bundle has no file of its own for it; the driver is named by its absolute path. */
const PROGRAM = `
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
const { driver, path, sql, limit } = workerData;
const Database = createRequire(driver)(driver);
function answer() {
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
}
let reply;
try {
  reply = { kind: "answer", answer: answer() };
} catch (error) {
  reply = { kind: "refused", message: String(error.message) };
}
parentPort.postMessage(reply);
`;
