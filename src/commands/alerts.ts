import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { App, Define } from "../app.js";
import { EXIT, StatisticoError } from "../core/errors.js";
import { writeWhole } from "../files/write-whole.js";
import { present } from "../report/present.js";
import { type Alert, alertsIn, type Situation } from "../trader/alerts/evaluate.js";
import { type AlertMemory, noticesOf } from "../trader/alerts/memory.js";
import { tellNotice } from "../trader/alerts/notify.js";
import { readAlertPlan } from "../trader/alerts/read-rules.js";
import type { AlertPlan } from "../trader/alerts/rule.js";
import { openBetBook } from "../trader/bet-book.js";
import { type Standing, standingOf } from "../trader/standing.js";
import { LEDGER_MODES, type LedgerMode } from "../warehouse/ledger/port.js";
import { ledgerPath } from "./shared/ledger-place.js";

interface Options {
  readonly rules?: string;
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico alerts example > alerts.yaml                rules to begin with
  statistico alerts check                                what is wrong now; told once, and once more when it is over
  statistico alerts check --dry-run --json
`;

const EXAMPLE = `# What must not be. above: hours for stale-odds, missed-run and unsettled, else a count or an amount.
rules:
  - { kind: stale-odds, above: 24 }
  - { kind: missed-run, mode: paper, above: 2 }
  - { kind: quarantine, above: 100 }
  - { kind: unsettled, mode: paper, above: 48 }
  - { kind: exposure, mode: paper, above: 500 }
  - { kind: drawdown, mode: paper, above: 200, severity: critical }
  - { kind: unknown, mode: paper, above: 0, severity: critical }
# A standing alert is told again after so many hours.
repeat: 24
# notify:
#   command: [mail, -s, statistico, me]
#   webhook: https://example.org/hook
`;

const COLUMNS = ["name", "severity", "text"].map((key) => ({ key, title: key }));

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  command
    .command("check")
    .description("hold the rules against how things stand; exit code 5 when a critical one is broken")
    .option("--rules <file>", "the rules (default: alerts.yaml beside the configuration)")
    .option("-n, --dry-run", "tell nobody and remember nothing")
    .action(withApp(check));
  command
    .command("example")
    .description("print rules to begin with")
    .action(
      withApp(async (app) => {
        present(app, {
          schema: "statistico/alerts-example@1",
          document: { yaml: EXAMPLE },
          columns: [],
          rows: [],
          text: () => EXAMPLE,
        });
      }),
    );
};

async function check(app: App, options: Options): Promise<void> {
  const path = options.rules ?? join(dirname(app.config.path), "alerts.yaml");
  if (!existsSync(path))
    throw new StatisticoError(
      "usage",
      `no alert rules at ${path}`,
      "statistico alerts example > alerts.yaml",
    );
  const plan = readAlertPlan(readFileSync(path, "utf8"), path);
  const alerts = alertsIn(plan.rules, await situationOf(app));
  const told = options.dryRun ? 0 : await tell(app, plan, alerts);
  const rows = alerts.map(({ name, severity, value, above, text }) => ({
    name,
    severity,
    value,
    above,
    text,
  }));
  present(app, { schema: "statistico/alerts@1", document: { alerts: rows }, columns: COLUMNS, rows });
  app.console.say(`${plan.rules.length} rules: ${alerts.length} broken, ${told} told`);
  if (alerts.some(({ severity }) => severity === "critical")) process.exitCode = EXIT.safetyStop;
}

async function tell(app: App, plan: AlertPlan, alerts: readonly Alert[]): Promise<number> {
  const path = `${app.databasePath}.alerts`;
  const { notices, memory } = noticesOf(alerts, readMemory(path), app.clock.now(), plan.repeatHours);
  let heard = true;
  for (const notice of notices)
    for (const fault of await tellNotice(notice, plan)) {
      heard = false;
      app.console.warn(`not told: ${fault}`);
    }
  // What nobody heard is told again by the next check.
  if (heard) writeWhole(path, `${JSON.stringify(memory)}\n`, 0o600);
  return heard ? notices.length : 0;
}

/** One that cannot be read counts as none: an alert is then told once too often. */
function readMemory(path: string): AlertMemory {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as AlertMemory) : {};
  } catch {
    return {};
  }
}

async function situationOf(app: App): Promise<Situation> {
  const warehouse = await app.warehouse("read");
  const now = app.clock.now();
  const standings = new Map<LedgerMode, Standing>();
  for (const mode of LEDGER_MODES) {
    const path = ledgerPath(app, mode);
    if (!existsSync(path)) continue;
    const ledger = await app.ledger(path, mode, "read");
    try {
      standings.set(mode, standingOf(openBetBook(ledger), now));
    } finally {
      ledger.close();
    }
  }
  const quarantined = (await warehouse.quarantine({ status: "open" })).length;
  const received = (await warehouse.rawFiles()).map(({ receivedAt }) => receivedAt);
  const lastPriceAt = received.length === 0 ? null : received.reduce((last, at) => Math.max(last, at), 0);
  return { now, lastPriceAt, quarantined, standings };
}
