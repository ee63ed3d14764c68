import type { App } from "../../app.js";
import type { Bet } from "../../trader/bet.js";
import { DEFAULT_LIMITS } from "../../trader/limits.js";
import type { Reconciled } from "../../trader/reconcile.js";
import { openFloor, reconcileOrRefuse } from "../../trader/run.js";
import type { LedgerMode } from "../../warehouse/ledger/port.js";
import { interruptible } from "./interruptible.js";
import { ledgerPath } from "./ledger-place.js";
import { limitsOf, openTrading } from "./trading.js";
import { modeOf, type TradingFlags } from "./trading-options.js";

/** What holding ledger and venue against each other found, and the bets before and after. */
export interface ReconcileRun {
  readonly mode: LedgerMode;
  readonly found: Reconciled;
  readonly before: ReadonlyMap<string, Bet>;
  readonly after: readonly Bet[];
}

/** Reconcile one mode's ledger with its venue under the trader's lock; nothing is placed. */
export async function reconcileRun(app: App, flags: TradingFlags): Promise<ReconcileRun> {
  const mode = modeOf(flags);
  await app.lock(`trade ${mode}`);
  const ledger = await app.ledger(ledgerPath(app, mode, flags.ledger), mode, "write");
  const stop = interruptible();
  try {
    const opened = await openTrading(app, flags, {
      mode,
      ledger,
      strategies: [],
      limits: limitsOf(app, flags.limits) ?? DEFAULT_LIMITS,
      mostAttempts: 1,
      signal: stop.signal,
    });
    try {
      const floor = await openFloor(opened.trading, undefined);
      const before = new Map([...floor.book.bets()].map((bet) => [bet.intent.key, bet]));
      const found = await reconcileOrRefuse(floor, true);
      return { mode, found, before, after: [...floor.book.bets()] };
    } finally {
      await opened.close();
    }
  } finally {
    ledger.close();
    stop.release();
  }
}
