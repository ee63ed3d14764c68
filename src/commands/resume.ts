import { existsSync, rmSync } from "node:fs";
import type { Define } from "../app.js";
import { present } from "../report/present.js";
import { haltReason, resume } from "../trader/halt.js";
import { LEDGER_MODES } from "../warehouse/ledger/port.js";
import { ledgerPath, stopFile } from "./shared/ledger-place.js";

const EXAMPLES = `Examples:
  statistico resume                                      trading may go on after a stop
`;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES).action(
    withApp(async (app) => {
      let resumed = 0;
      for (const mode of LEDGER_MODES) {
        const path = ledgerPath(app, mode);
        if (!existsSync(path)) continue;
        const ledger = await app.ledger(path, mode, "write");
        try {
          if (haltReason(ledger) === null) continue;
          resume(ledger, app.clock.now());
          resumed += 1;
        } finally {
          ledger.close();
        }
      }
      // Last: while a ledger could not be told, nothing is sent.
      const stopped = existsSync(stopFile(app));
      rmSync(stopFile(app), { force: true });
      present(app, {
        schema: "statistico/resume@1",
        document: { wasStopped: stopped || resumed > 0, ledgers: resumed },
        columns: [],
        rows: [],
      });
      app.console.say(stopped || resumed > 0 ? `resumed: ${resumed} ledgers` : "trading was not stopped");
    }),
  );
};
