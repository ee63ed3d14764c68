import type { App, Define } from "../app.js";
import { EXIT } from "../core/errors.js";
import { present } from "../report/present.js";
import { reconcileRun } from "./shared/reconcile-run.js";
import { betRow } from "./shared/trade-rows.js";
import { type TradingFlags, tradingOptions } from "./shared/trading-options.js";

const EXAMPLES = `Examples:
  statistico reconcile                                   bets on paper against results and prices
  statistico reconcile --live --profile practice
  statistico reconcile --live --credentials-file betfair.json
`;

const COLUMNS = ["fixture", "market", "runner", "side", "price", "stake", "state", "matched", "profit"].map(
  (key) => ({
    key,
    title: key,
  }),
);

export const define: Define = (command, withApp) => {
  tradingOptions(command).addHelpText("before", EXAMPLES).action(withApp(reconcile));
};

/** Exit code 6 when something wants a person: a double, an orphan, a total that does not agree. */
async function reconcile(app: App, options: TradingFlags): Promise<void> {
  const { mode, found, before, after } = await reconcileRun(app, options);
  const changed = after.filter(({ intent, state }) => before.get(intent.key)?.state !== state).map(betRow);
  const { external, orphans, doubled, disagreements, unknown } = found;
  present(app, {
    schema: "statistico/reconcile@1",
    document: { mode, external, orphans, doubled, disagreements, unknown, changed },
    columns: COLUMNS,
    rows: changed,
  });
  const wrong = orphans.length + doubled.length + disagreements.length;
  app.console.say(
    `${mode}: ${changed.length} of ${after.length} bets changed, ${unknown} unknown, ${external.orders} of other hands, ${wrong} that want a person`,
  );
  if (wrong > 0) process.exitCode = EXIT.unresolvedBet;
}
