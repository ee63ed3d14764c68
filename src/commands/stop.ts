import { existsSync } from "node:fs";
import type { Define } from "../app.js";
import { writeWhole } from "../files/write-whole.js";
import { present } from "../report/present.js";
import { halt } from "../trader/halt.js";
import { LEDGER_MODES } from "../warehouse/ledger/port.js";
import { ledgerPath, stopFile } from "./shared/ledger-place.js";

const EXAMPLES = `Examples:
  statistico stop                                        nothing more is sent, on paper or live, until resume
  statistico stop --reason "team news"
`;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--reason <text>", "kept in the ledgers", "by hand")
    .action(
      withApp(async (app, options: { readonly reason: string }) => {
        // The file first: it stops a running trader before its next send, whatever state the ledgers are in.
        writeWhole(stopFile(app), `${options.reason}\n`, 0o600);
        let noted = 0;
        for (const mode of LEDGER_MODES) {
          const path = ledgerPath(app, mode);
          if (!existsSync(path)) continue;
          const ledger = await app.ledger(path, mode, "write");
          try {
            halt(ledger, app.clock.now(), options.reason);
            noted += 1;
          } finally {
            ledger.close();
          }
        }
        present(app, {
          schema: "statistico/stop@1",
          document: { reason: options.reason, ledgers: noted },
          columns: [],
          rows: [],
        });
        app.console.say(`stopped: nothing is sent until statistico resume; noted in ${noted} ledgers`);
      }),
    );
};
