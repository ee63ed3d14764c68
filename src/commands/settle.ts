import type { App, Define } from "../app.js";
import { present } from "../report/present.js";
import { reconcileRun } from "./shared/reconcile-run.js";
import { betRow } from "./shared/trade-rows.js";
import { type TradingFlags, tradingOptions } from "./shared/trading-options.js";

const EXAMPLES = `Examples:
  statistico settle                                      pay out bets on paper whose results are known
  statistico settle --live --profile practice            take in what the practice exchange has settled
`;

const COLUMNS = [
  "fixture",
  "market",
  "runner",
  "side",
  "price",
  "matched",
  "profit",
  "commission",
  "state",
].map((key) => ({ key, title: key }));

export const define: Define = (command, withApp) => {
  tradingOptions(command).addHelpText("before", EXAMPLES).action(withApp(settle));
};

async function settle(app: App, options: TradingFlags): Promise<void> {
  const { mode, before, after } = await reconcileRun(app, options);
  const paid = after.filter(
    ({ intent, state }) => state.settled !== null && before.get(intent.key)?.state.settled !== state.settled,
  );
  const rows = paid.map(betRow);
  const profitMinor = paid.reduce(
    (sum, { state }) => sum + (state.settled?.profitMinor ?? 0) - (state.commissionMinor ?? 0),
    0,
  );
  const open = after.filter(({ state }) => state.order !== null && state.settled === null).length;
  present(app, {
    schema: "statistico/settle@1",
    document: { mode, settled: rows.length, open, profit: profitMinor / 100, bets: rows },
    columns: COLUMNS,
    rows,
  });
  app.console.say(
    `${mode}: ${rows.length} bets settled, ${(profitMinor / 100).toFixed(2)} after commission, ${open} still open`,
  );
}
