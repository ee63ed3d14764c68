import type { App } from "../../app.js";
import { EXIT } from "../../core/errors.js";
import { audit, type LedgerBet } from "../../exchange/practice/audit.js";
import { readJournal } from "../../exchange/practice/journal.js";
import { practiceClock } from "../../exchange/practice/practice-clock.js";
import { readProfile, stateFolder } from "../../exchange/practice/state-folder.js";
import type { Bet } from "../../trader/bet.js";
import { openBetBook } from "../../trader/bet-book.js";
import { isOpen } from "../../trader/bet-state.js";
import { ledgerPath } from "../shared/ledger-place.js";
import { practiceFolder } from "./run.js";

interface Options {
  readonly ledger?: string;
  readonly folder?: string;
}

/** One JSON line; exit code 6 when anything is wrong. */
export async function auditPractice(app: App, options: Options): Promise<void> {
  const path = options.ledger ?? app.options.db ?? ledgerPath(app, "practice");
  const folder = practiceFolder(app, options.folder);
  const clock = practiceClock(readProfile(folder).pacing);
  const verdict = audit(readJournal(stateFolder(folder).journal), await ledgerBets(path, app), clock.now());
  app.console.write(`${JSON.stringify({ schema: "statistico/practice-audit@1", ...verdict })}\n`);
  if (verdict.violations > 0) process.exitCode = EXIT.unresolvedBet;
}

async function ledgerBets(path: string, app: App): Promise<LedgerBet[]> {
  const ledger = await app.ledger(path, "practice", "read");
  try {
    return [...openBetBook(ledger).bets()].map(ledgerBet);
  } finally {
    ledger.close();
  }
}

function ledgerBet({ intent, state }: Bet): LedgerBet {
  const { orderRef, marketId, selectionId, side, price, sizeMinor } = intent;
  return {
    orderRef,
    marketId,
    selectionId,
    side,
    price,
    sizeMinor,
    betId: state.order?.betId ?? null,
    open: isOpen(state),
    profitMinor: state.settled?.profitMinor ?? null,
    commissionMinor: state.commissionMinor,
  };
}
