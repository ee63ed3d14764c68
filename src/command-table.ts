import type { Command } from "commander";
import type { Define } from "./app.js";

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
    name: "init",
    group: HOUSE,
    summary: "set up a folder: config, a strategy, data/",
    load: () => import("./commands/init.js"),
  },
];

/** Flags that every command takes, before or after its name. */
export function globalOptions(command: Command): void {
  command
    .optionsGroup("Everywhere:")
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
}
void [DATA, MODELS, BETTING];
