import Database from "better-sqlite3";
import type { Clock } from "../../core/clock.js";
import { formatInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import type { InstanceLock } from "../port.js";
import { operatorsProblem } from "./fault.js";
import { createPrivate } from "./private-file.js";

/** How long a loser waits: long enough for the winner to have written who it is. */
const PATIENCE_MS = 250;

export interface LockRequest {
  /** What only one process may do, in words: "odds watch". */
  readonly work: string;
  readonly pid: number;
  readonly clock: Clock;
}

interface Holder {
  readonly work: string;
  readonly pid: number;
  readonly since: number;
}

/**
 * Take the lock on a side file of its own, made when it is not there, mode 0600.
 *
 * The holder keeps a write transaction open for as long as it lives: the kernel drops the lock with the process,
 * kill -9 included, so there is nothing stale to clean up; and as nothing is written in it, others can still read who
 * holds it. The file stays. It must be on a local disk, as the database itself.
 *
 * Throws   StatisticoError `locked` (exit 75) naming the holder's pid and since when, within half a second.
 */
export function takeInstanceLock(path: string, request: LockRequest): InstanceLock {
  const database = open(path);
  try {
    writeHolder(database, request);
    database.exec("BEGIN IMMEDIATE");
  } catch (error) {
    const refusal = isBusy(error) ? held(path, readHolder(database), request) : operatorsProblem(error, path);
    database.close();
    throw refusal;
  }
  return { release: () => database.close() };
}

function open(path: string): Database.Database {
  try {
    createPrivate(path);
    return new Database(path, { timeout: PATIENCE_MS });
  } catch (error) {
    throw operatorsProblem(error, path);
  }
}

/**
 * In a transaction of its own, for what is not committed nobody can read. Another process may take the lock between
 * this one and the one that is kept: then it writes its own name, and the first to ask has lost.
 */
function writeHolder(database: Database.Database, { work, pid, clock }: LockRequest): void {
  database
    .transaction(() => {
      database.exec(
        "CREATE TABLE IF NOT EXISTS holder (work TEXT NOT NULL, pid INTEGER NOT NULL, since INTEGER NOT NULL) STRICT",
      );
      database.exec("DELETE FROM holder");
      database.prepare("INSERT INTO holder VALUES (?, ?, ?)").run(work, pid, clock.now());
    })
    .immediate();
}

function readHolder(database: Database.Database): Holder | null {
  try {
    return database.prepare<[], Holder>("SELECT work, pid, since FROM holder").get() ?? null;
  } catch {
    return null;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
}

function held(path: string, holder: Holder | null, { work }: LockRequest): StatisticoError {
  const who = holder
    ? `${holder.work}, pid ${holder.pid}, since ${formatInstant(holder.since)}`
    : "its holder";
  return new StatisticoError(
    "locked",
    `another instance holds the lock: ${path}: ${who}`,
    `wait until it ends; only one process at a time may run ${work} on a database`,
  );
}
