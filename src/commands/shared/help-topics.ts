import { EXIT } from "../../core/errors.js";

const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, "done; a losing backtest is done, too"],
  [EXIT.failed, "failed: the disk, a lock, or a bug, which asks to be reported"],
  [EXIT.usage, "usage or configuration: a flag, statistico.yaml or a strategy is wrong; the place is named"],
  [EXIT.data, "data missing or refused: no database, an unreadable file, a fit that has no answer"],
  [EXIT.authentication, "authentication or session"],
  [EXIT.safetyStop, "safety stop: a limit was reached or trading was stopped"],
  [EXIT.unresolvedBet, "a bet whose fate is unknown: a person must look"],
  [EXIT.locked, "another instance holds the lock; cron may try again"],
  [EXIT.interrupted, "interrupted (SIGINT): what was done stays, the same command goes on"],
  [EXIT.terminated, "terminated (SIGTERM): the same"],
];

const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ["STATISTICO_DB", "the database file, unless --db says otherwise"],
  ["STATISTICO_CONFIG", "the configuration file, unless --config says otherwise"],
  ["STATISTICO_ARCHIVE", "the folder of raw files (default: raw/ beside the database)"],
  ["STATISTICO_FOOTBALL_DATA_URL", "where season files are fetched from"],
  ["XDG_CONFIG_HOME", "statistico/statistico.yaml below it holds a user's own settings"],
  ["NO_COLOR, FORCE_COLOR, TERM", "colours off, on, as the terminal can"],
];

/** Pages of `statistico help TOPIC` that belong to no command. */
export const HELP_TOPICS: Readonly<Record<string, string>> = {
  "exit-codes": table("Exit codes", EXIT_CODES),
  environment: table("Environment", ENVIRONMENT),
};

function table(title: string, rows: readonly (readonly [string | number, string])[]): string {
  const width = Math.max(...rows.map(([name]) => String(name).length));
  return `${title}:\n${rows.map(([name, meaning]) => `  ${String(name).padEnd(width)}  ${meaning}\n`).join("")}`;
}
