import { dirname, resolve } from "node:path";
import type { App, Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { present } from "../report/present.js";
import { crontabLines, type Job, systemdUnits } from "../trader/cron.js";
import { choiceFlag, countFlag } from "./shared/flags.js";
import { ledgerPath } from "./shared/ledger-place.js";
import { modeOf, type TradingFlags, tradingOptions } from "./shared/trading-options.js";

interface Options extends TradingFlags {
  readonly confirm?: string;
  readonly every: number;
  readonly format: "crontab" | "systemd";
}

const EXAMPLES = `Examples:
  statistico cron print strategies/value.yaml            crontab lines: ingest, trade on paper, settle, alerts
  statistico cron print strategies/value.yaml --every 5 --format systemd
  statistico cron print value.yaml --live --confirm ACCOUNT --credentials-file betfair.json
`;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  tradingOptions(
    command
      .command("print")
      .description("print lines for crontab or units for systemd; nothing is installed"),
  )
    .argument("<files...>", "strategies, YAML files or folders of them")
    .option("--confirm <account>", "with --live: the name of the account")
    .option("--every <minutes>", "between runs of trade", countFlag, 10)
    .option(
      "--format <name>",
      "crontab or systemd",
      choiceFlag("--format", ["crontab", "systemd"]),
      "crontab",
    )
    .action(withApp(print));
};

async function print(app: App, files: readonly string[], options: Options): Promise<void> {
  if (options.every < 1 || options.every > 59)
    throw new StatisticoError("usage", `--every is from 1 to 59 minutes, was ${options.every}`, "--every 10");
  const jobs = jobsOf(app, files, options);
  const text =
    options.format === "crontab" ? crontabLines(jobs, process.cwd()) : systemdUnits(jobs, process.cwd());
  const rows = jobs.map(({ name, minutes, words: line }) => ({ name, ...minutes, command: line.join(" ") }));
  present(app, {
    schema: "statistico/cron@1",
    document: { jobs: rows },
    columns: [],
    rows,
    text: () => text,
  });
  app.console.say(`${jobs.length} jobs; nothing was installed`);
}

function jobsOf(app: App, files: readonly string[], options: Options): Job[] {
  const program = [process.execPath, resolve(process.argv[1] ?? "statistico")];
  const given = [...words("--db", app.databasePath), ...words("--config", app.options.config)];
  const mode = modeOf(options);
  const whose = [
    ...(options.live ? ["--live"] : []),
    ...words("--profile", options.profile),
    ...words("--limits", options.limits && resolve(options.limits)),
    ...words("--credentials-file", options.credentialsFile && resolve(options.credentialsFile)),
    ...words("--ledger", options.ledger),
    ...words("--folder", options.folder),
  ];
  const log = words("--log", `${dirname(ledgerPath(app, mode, options.ledger))}/trade.log`);
  const job = (name: string, minutes: Job["minutes"], ...own: string[]): Job => ({
    name,
    minutes,
    words: [...program, ...own, ...given, "--no-input", "--no-color"],
  });
  return [
    job("ingest", { daily: 6 * 60 + 15 }, "ingest", "football-data"),
    job(
      "trade",
      { every: options.every },
      "trade",
      ...files.map((file) => resolve(file)),
      "--once",
      ...whose,
      ...words("--confirm", options.confirm),
      ...log,
    ),
    job("settle", { every: 60 }, "settle", ...whose),
    job("alerts", { every: 15 }, "alerts", "check"),
  ];
}

function words(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}
