import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import type { Clock } from "../../core/clock.js";
import { StatisticoError } from "../../core/errors.js";
import { operatorsProblem } from "../sqlite/fault.js";
import { BUSY_TIMEOUT_MS, type Synchronous, writerPragmas } from "../sqlite/pragmas.js";
import { createPrivate } from "../sqlite/private-file.js";
import { entryHash, GENESIS } from "./chain.js";
import { SqliteLedger } from "./ledger.js";
import { LEDGER_MODES, type Ledger, type LedgerMode } from "./port.js";
import { LEDGER_APPLICATION_ID, LEDGER_SCHEMA, LEDGER_VERSION } from "./schema.js";

export interface LedgerOptions {
  readonly mode: LedgerMode;
  readonly clock: Clock;
  /** `read` never writes and needs a ledger that is there. Default `write`. */
  readonly access?: "read" | "write";
  /** Default FULL: what is written is on the disk. NORMAL is for simulations. */
  readonly synchronous?: Synchronous;
}

/**
 * Open the ledger of a mode, made when it is not there, mode 0600.
 *
 * Throws   StatisticoError("data") for a ledger of another mode, a damaged or foreign file, a newer version, and for a
 *          missing one that is to be read; "failed" when the disk says no.
 */
export function openLedger(path: string, options: LedgerOptions): Ledger {
  const { mode, access = "write", clock, synchronous = "FULL" } = options;
  let database: Database.Database | null = null;
  try {
    database = access === "read" ? reader(path) : writer(path);
    if (access === "write") {
      writerPragmas(database, synchronous);
      prepare(database, mode, clock);
    }
    refuseForeign(database, path);
    refuseOtherMode(database, path, mode);
    return new SqliteLedger(database, path, mode);
  } catch (error) {
    database?.close();
    throw operatorsProblem(error, path);
  }
}

function reader(path: string): Database.Database {
  if (!existsSync(path))
    throw new StatisticoError(
      "data",
      `no ledger at ${path}`,
      "statistico trade strategies/value.yaml --once",
    );
  return new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
}

function writer(path: string): Database.Database {
  if (path !== ":memory:") createPrivate(path);
  return new Database(path, { timeout: BUSY_TIMEOUT_MS });
}

/** Make an empty file a ledger of this mode: tables, head and stamp in one transaction, or nothing. */
function prepare(database: Database.Database, mode: LedgerMode, clock: Clock): void {
  database
    .transaction(() => {
      const blank = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
      if (!blank) return;
      for (const sql of LEDGER_SCHEMA) database.exec(sql);
      database.pragma(`application_id = ${LEDGER_APPLICATION_ID}`);
      database.pragma(`user_version = ${LEDGER_VERSION}`);
      stamp(database, mode, clock);
    })
    .immediate();
}

function stamp(database: Database.Database, mode: LedgerMode, clock: Clock): void {
  const entry = { seq: 1, at: clock.now(), kind: "opened", key: null, body: JSON.stringify({ mode }) };
  const hash = entryHash(GENESIS.hash, entry);
  database
    .prepare("INSERT INTO entry (seq, at, kind, key, body, hash) VALUES (?, ?, ?, NULL, ?, ?)")
    .run(entry.seq, entry.at, entry.kind, entry.body, hash);
  database.prepare("INSERT INTO head (id, seq, hash) VALUES (1, 1, ?)").run(hash);
}

function refuseForeign(database: Database.Database, path: string): void {
  const owner = Number(database.pragma("application_id", { simple: true }));
  const version = Number(database.pragma("user_version", { simple: true }));
  if (owner !== LEDGER_APPLICATION_ID)
    throw new StatisticoError(
      "data",
      `not a ledger of statistico: ${path}`,
      "name another with --ledger FILE",
    );
  if (version > LEDGER_VERSION)
    throw new StatisticoError(
      "data",
      `the ledger was written by a newer statistico: ${path}: version ${version}, this one knows ${LEDGER_VERSION}`,
      "npm install --global statistico@latest",
    );
}

function refuseOtherMode(database: Database.Database, path: string, mode: LedgerMode): void {
  const body = database.prepare<[], string>("SELECT body FROM entry WHERE seq = 1").pluck().get();
  const said = LEDGER_MODES.find((each) => body === JSON.stringify({ mode: each }));
  if (said === mode) return;
  if (said === undefined)
    throw new StatisticoError("data", `the ledger is damaged: ${path}: entry 1`, "statistico bets --verify");
  throw new StatisticoError(
    "data",
    `the ledger is ${said}'s, not ${mode}'s: ${path}`,
    "each mode keeps a ledger of its own: leave --ledger out",
  );
}
