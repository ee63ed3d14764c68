import Database from "better-sqlite3";
import { followChain, GENESIS, type HashedEntry } from "./chain.js";
import type { LedgerHead, LedgerMode, Verification } from "./port.js";
import { LEDGER_APPLICATION_ID, LEDGER_SCHEMA, LEDGER_VERSION } from "./schema.js";

/** Read the whole ledger and say whether it is what was written. What SQLite cannot read is damaged, too. */
export function verifyLedger(database: Database.Database, mode: LedgerMode): Verification {
  try {
    return check(database, mode);
  } catch (error) {
    if (!(error instanceof Database.SqliteError) && !(error instanceof SyntaxError)) throw error;
    return { kind: "damaged", place: "the file", reason: error.message };
  }
}

function check(database: Database.Database, mode: LedgerMode): Verification {
  const fault = schemaFault(database) ?? pageFault(database);
  if (fault !== null) return { kind: "damaged", place: "the file", reason: fault };
  const chain = followChain(
    database
      .prepare<[], HashedEntry>("SELECT seq, at, kind, key, body, hash FROM entry ORDER BY seq")
      .iterate(),
  );
  if ("broken" in chain) return { kind: "damaged", place: `entry ${chain.broken}`, reason: chain.reason };
  const rows = database.prepare<[], LedgerHead>("SELECT seq, hash FROM head").all();
  const head = rows[0] ?? GENESIS;
  if (rows.length > 1 || head.seq !== chain.seq || head.hash !== chain.hash)
    return {
      kind: "damaged",
      place: `entry ${head.seq}`,
      reason: "the last entries are not those written last",
    };
  return stampFault(database, mode, chain);
}

function stampFault(database: Database.Database, mode: LedgerMode, head: LedgerHead): Verification {
  const first = database
    .prepare<[], { kind: string; body: string }>("SELECT kind, body FROM entry WHERE seq = 1")
    .get();
  const stamped: unknown = first?.kind === "opened" ? JSON.parse(first.body) : null;
  const said = typeof stamped === "object" && stamped !== null && "mode" in stamped ? stamped.mode : null;
  return said === mode
    ? { kind: "sound", head }
    : { kind: "damaged", place: "entry 1", reason: "it does not say whose money this is" };
}

function schemaFault(database: Database.Database): string | null {
  const stored = database
    .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    .pluck()
    .all();
  if (Number(database.pragma("application_id", { simple: true })) !== LEDGER_APPLICATION_ID)
    return "it is not marked as a ledger";
  if (Number(database.pragma("user_version", { simple: true })) !== LEDGER_VERSION)
    return "its version is not the one it was made with";
  return stored.length === LEDGER_SCHEMA.length && stored.every((sql, index) => sql === LEDGER_SCHEMA[index])
    ? null
    : "its tables are not as they were made";
}

/** The indices against the table, and every page's own make-up. */
function pageFault(database: Database.Database): string | null {
  const said = database.pragma("integrity_check(1)", { simple: true });
  return said === "ok" ? null : String(said);
}
