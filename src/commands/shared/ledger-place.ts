import { dirname, join } from "node:path";
import type { App } from "../../app.js";
import type { LedgerMode } from "../../warehouse/ledger/port.js";

/** Where bets of a mode are kept, unless another file is named. */
export function ledgerPath(app: App, mode: LedgerMode, given?: string): string {
  return given ?? join(dirname(app.databasePath), `${mode}.ledger`);
}

/** Beside the database: while it is there, nothing is sent, whatever becomes of the ledgers. */
export function stopFile(app: App): string {
  return `${app.databasePath}.stop`;
}
