import type { Command } from "commander";
import type { Define } from "./app.js";
import { EVERYWHERE } from "./commands/shared/help-page.js";

/** What a command module exports: it puts options, help and an action on the commander object it is handed. */
export interface Lazy {
  readonly name: string;
  readonly group: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly define: Define }>;
}

export const EXAMPLES = `Examples:
  statistico demo                                        the whole chain on sample data, offline
  statistico ingest football-data --league E0 --season 2020..2024
  statistico fit --league E0 --model dixon-coles
  statistico compile --league E0 --days 7                our prices for the coming week
  statistico backtest strategies/value.yaml --report value.html
`;

const DATA = "Data:";
const MODELS = "Models:";
const BETTING = "Strategies:";
const HOUSE = "House:";

/** Every verb, in the order the help shows them. Loading one never loads another. */
export const COMMANDS: readonly Lazy[] = [
  {
    name: "demo",
    group: HOUSE,
    summary: "the whole chain on bundled sample data, offline",
    load: () => import("./commands/demo.js"),
  },
  {
    name: "init",
    group: HOUSE,
    summary: "statistico.yaml, strategies/ and data/, ready to use",
    load: () => import("./commands/init.js"),
  },
  {
    name: "doctor",
    group: HOUSE,
    summary: "look whether everything is in order",
    load: () => import("./commands/doctor.js"),
  },
  {
    name: "config",
    group: HOUSE,
    summary: "settings and where they come from",
    load: () => import("./commands/config.js"),
  },
  {
    name: "db",
    group: HOUSE,
    summary: "check, back up, restore, rebuild or query the database",
    load: () => import("./commands/db.js"),
  },
  {
    name: "simulate",
    group: HOUSE,
    summary: "made-up leagues with a known truth",
    load: () => import("./commands/simulate.js"),
  },
  {
    name: "ingest",
    group: DATA,
    summary: "take in results, odds and fixtures",
    load: () => import("./commands/ingest.js"),
  },
  {
    name: "leagues",
    group: DATA,
    summary: "what the database holds",
    load: () => import("./commands/leagues.js"),
  },
  {
    name: "fixtures",
    group: DATA,
    summary: "matches to come",
    load: () => import("./commands/fixtures.js"),
  },
  { name: "results", group: DATA, summary: "matches played", load: () => import("./commands/results.js") },
  {
    name: "team",
    group: DATA,
    summary: "one club through its seasons",
    load: () => import("./commands/team.js"),
  },
  {
    name: "schedule",
    group: DATA,
    summary: "fixtures by day",
    load: () => import("./commands/schedule.js"),
  },
  {
    name: "card",
    group: DATA,
    summary: "all that is known of one fixture",
    load: () => import("./commands/card.js"),
  },
  {
    name: "odds",
    group: DATA,
    summary: "prices: history, latest, line, best, moves; the plan of polls and the watch",
    load: () => import("./commands/odds.js"),
  },
  {
    name: "market",
    group: DATA,
    summary: "recorded exchange markets: list, show, replay as a chart",
    load: () => import("./commands/market.js"),
  },
  {
    name: "events",
    group: DATA,
    summary: "what happened, for programs that want to hear of it",
    load: () => import("./commands/events.js"),
  },
  {
    name: "quarantine",
    group: DATA,
    summary: "what could not be used, and why",
    load: () => import("./commands/quarantine.js"),
  },
  {
    name: "teams",
    group: DATA,
    summary: "clubs, their spellings, and names that wait for a word",
    load: () => import("./commands/teams.js"),
  },
  {
    name: "rate",
    group: MODELS,
    summary: "attack and defence ratings, Elo, Pi, Massey, Colley",
    load: () => import("./commands/rate.js"),
  },
  {
    name: "fit",
    group: MODELS,
    summary: "fit a goal model to results",
    load: () => import("./commands/fit.js"),
  },
  {
    name: "price",
    group: MODELS,
    summary: "a calculator: goal rates to every market",
    load: () => import("./commands/price.js"),
  },
  {
    name: "implied",
    group: MODELS,
    summary: "take the margin out of prices",
    load: () => import("./commands/implied.js"),
  },
  { name: "kelly", group: MODELS, summary: "how much to stake", load: () => import("./commands/kelly.js") },
  {
    name: "compile",
    group: MODELS,
    summary: "our prices of coming fixtures",
    load: () => import("./commands/compile.js"),
  },
  {
    name: "compare",
    group: MODELS,
    summary: "our prices beside the market's",
    load: () => import("./commands/compare.js"),
  },
  {
    name: "evaluate",
    group: MODELS,
    summary: "forecasts scored against results and the closing line",
    load: () => import("./commands/evaluate.js"),
  },
  {
    name: "verify",
    group: MODELS,
    summary: "reach every price by a second path and compare",
    load: () => import("./commands/verify.js"),
  },
  {
    name: "table",
    group: MODELS,
    summary: "the table so far and what the rest of the season may bring",
    load: () => import("./commands/table.js"),
  },
  {
    name: "check",
    group: BETTING,
    summary: "read a strategy and say it back in words",
    load: () => import("./commands/check.js"),
  },
  {
    name: "backtest",
    group: BETTING,
    summary: "replay a strategy over past seasons",
    load: () => import("./commands/backtest.js"),
  },
  {
    name: "sweep",
    group: BETTING,
    summary: "many variants of a strategy, and how far to believe the best",
    load: () => import("./commands/sweep.js"),
  },
  {
    name: "report",
    group: BETTING,
    summary: "tear sheet of a run, or two runs side by side",
    load: () => import("./commands/report.js"),
  },
  {
    name: "research",
    group: BETTING,
    summary: "describe, group, correlate and regress bets, ratings, prices or a query",
    load: () => import("./commands/research.js"),
  },
  {
    name: "trade",
    group: BETTING,
    summary: "bet by strategies: on paper unless told, twice, otherwise",
    load: () => import("./commands/trade.js"),
  },
  {
    name: "status",
    group: BETTING,
    summary: "how trading stands: last run, open bets, what is unknown",
    load: () => import("./commands/status.js"),
  },
  {
    name: "bets",
    group: BETTING,
    summary: "bets in a ledger, and what each was decided on",
    load: () => import("./commands/bets.js"),
  },
  {
    name: "reconcile",
    group: BETTING,
    summary: "hold a ledger against its venue",
    load: () => import("./commands/reconcile.js"),
  },
  {
    name: "settle",
    group: BETTING,
    summary: "pay out bets whose results are known",
    load: () => import("./commands/settle.js"),
  },
  {
    name: "stop",
    group: BETTING,
    summary: "send nothing more until resume",
    load: () => import("./commands/stop.js"),
  },
  {
    name: "resume",
    group: BETTING,
    summary: "let trading go on after a stop",
    load: () => import("./commands/resume.js"),
  },
  {
    name: "cron",
    group: BETTING,
    summary: "lines for crontab, units for systemd",
    load: () => import("./commands/cron.js"),
  },
  {
    name: "alerts",
    group: BETTING,
    summary: "rules that must not be broken, and who is told",
    load: () => import("./commands/alerts.js"),
  },
  {
    name: "practice",
    group: BETTING,
    summary: "an exchange of made-up matches on this machine, to learn and to test on",
    load: () => import("./commands/practice.js"),
  },
];

/** Flags that every command takes, before or after its name. */
export function globalOptions(command: Command): void {
  command
    .optionsGroup(EVERYWHERE)
    .option("--db <file>", "database file (default: data/statistico.db, or STATISTICO_DB)")
    .option("--config <file>", "configuration file (default: statistico.yaml)")
    .option("--json", "one JSON document on stdout")
    .option("--jsonl", "one JSON object a row")
    .option("--csv", "comma-separated rows, safe to open in a spreadsheet")
    .option("--md", "a Markdown table")
    .option("--raw", "with --csv: leave text cells as they are")
    .option("-o, --output <file>", "write the answer to a file (- = stdout)")
    .option("-q, --quiet", "no messages, only the answer and errors")
    .option("-v, --verbose", "more messages")
    .option("--debug", "stack traces and timings")
    .option("--no-color", "no colours (also NO_COLOR)")
    .option("--no-input", "never ask");
  for (const inner of command.commands) globalOptions(inner);
}
