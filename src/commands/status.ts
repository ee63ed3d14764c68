import { existsSync } from "node:fs";
import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { present } from "../report/present.js";
import { openBetBook } from "../trader/bet-book.js";
import { haltReason } from "../trader/halt.js";
import { type Standing, standingOf } from "../trader/standing.js";
import { LEDGER_MODES, type LedgerMode } from "../warehouse/ledger/port.js";
import { ledgerPath, stopFile } from "./shared/ledger-place.js";

const EXAMPLES = `Examples:
  statistico status                                      every ledger: last run, open bets, unknown, limits, stop
  statistico status --json
`;

const COLUMNS = ["mode", "state", "lastRun", "open", "risk", "unknown", "today", "profit", "entries"].map(
  (key) => ({
    key,
    title: key,
  }),
);

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES).action(withApp(status));
};

async function status(app: App): Promise<void> {
  const rows = [];
  for (const mode of LEDGER_MODES)
    if (existsSync(ledgerPath(app, mode))) rows.push(rowOf(mode, await standing(app, mode)));
  present(app, { schema: "statistico/status@1", document: { ledgers: rows }, columns: COLUMNS, rows });
  const stopped = existsSync(stopFile(app))
    ? "trading is stopped: statistico resume"
    : "trading is not stopped";
  app.console.say(rows.length === 0 ? `no ledger yet; ${stopped}` : `${rows.length} ledgers; ${stopped}`);
}

interface Stood extends Standing {
  readonly state: string;
}

async function standing(app: App, mode: LedgerMode): Promise<Stood> {
  const ledger = await app.ledger(ledgerPath(app, mode), mode, "read");
  try {
    const verdict = ledger.verify();
    const stopped = existsSync(stopFile(app)) || haltReason(ledger) !== null;
    const state = verdict.kind === "damaged" ? `DAMAGED at ${verdict.place}` : stopped ? "STOPPED" : "ready";
    return { ...standingOf(openBetBook(ledger), app.clock.now()), state };
  } finally {
    ledger.close();
  }
}

function rowOf(
  mode: LedgerMode,
  { state, lastRunAt, open, riskMinor, unknown, todayMinor, profitMinor, entries }: Stood,
) {
  return {
    mode,
    state,
    lastRun: lastRunAt === null ? "never" : formatInstant(lastRunAt),
    open,
    risk: (riskMinor / 100).toFixed(2),
    unknown,
    today: (todayMinor / 100).toFixed(2),
    profit: (profitMinor / 100).toFixed(2),
    entries,
  };
}
