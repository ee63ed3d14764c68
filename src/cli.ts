import { Command, CommanderError } from "commander";
import type { GlobalOptions } from "./app.js";
import { COMMANDS, EXAMPLES, globalOptions, type Lazy } from "./command-table.js";
import { helpPage } from "./commands/shared/help-page.js";
import { HELP_TOPICS } from "./commands/shared/help-topics.js";
import { nameValues, usageError } from "./commands/shared/usage-error.js";
import { EXIT, isStatisticoError } from "./core/errors.js";
import { stripControls } from "./core/text.js";

declare const STATISTICO_VERSION: string;

/**
 * Set up the command tree: names and summaries now, each command's own options when it is called. `brief` leaves the
 * flags that every command takes out of the program's help.
 */
export function createProgram({ brief = false } = {}): Command {
  const program = new Command("statistico")
    .description(
      "Football betting markets from one local file: ingest, rate, fit, compile, compare, backtest.",
    )
    .version(STATISTICO_VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", "\nMore: statistico help exit-codes, statistico help environment")
    .showSuggestionAfterError(true)
    .exitOverride();
  program.configureHelp(helpPage(program, process.stdout.columns, brief));
  program.configureOutput({ outputError: () => {} });
  globalOptions(program);
  for (const entry of COMMANDS) declare(program, entry);
  program.hook("preSubcommand", async (_program, command) => {
    const entry = COMMANDS.find(({ name }) => name === command.name());
    if (entry) await defineLazily(command, entry);
  });
  return program;
}

/** Load a command's module and let it put its options, help and action on `command`. */
export async function defineLazily(command: Command, entry: Lazy): Promise<void> {
  const [{ define }, { withApp }] = await Promise.all([entry.load(), import("./app.js")]);
  define(command, withApp);
  globalOptions(command);
  nameValues(command);
}

function declare(program: Command, { name, group, summary }: Lazy): void {
  program
    .command(name)
    .summary(summary)
    .description(summary)
    .helpGroup(group)
    .helpOption("-h, --help", "show help");
}

async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endQuietly);
  const words = process.argv.slice(2);
  const program = createProgram({ brief: words.length === 0 });
  if (words.length === 0) return program.outputHelp();
  if (words[0] === "help" && Object.hasOwn(HELP_TOPICS, words[1] ?? ""))
    return void process.stdout.write(HELP_TOPICS[words[1]]);
  try {
    await program.parseAsync(helpLast(words), { from: "user" });
  } catch (error) {
    const debug = program.opts<GlobalOptions>().debug === true || words.includes("--debug");
    process.exitCode = report(
      error instanceof CommanderError ? commanderOutcome(error, program) : error,
      debug,
    );
  }
}

/** `help ingest football-data` is `ingest football-data --help`: a command's own options are known only once it is called. */
function helpLast(words: readonly string[]): readonly string[] {
  const [help, name] = words;
  return help === "help" && COMMANDS.some((entry) => entry.name === name)
    ? [...words.slice(1), "--help"]
    : words;
}

/** Help and version come as errors, too: null for those that were asked for. */
function commanderOutcome(error: CommanderError, program: Command): unknown {
  if (error.exitCode === 0) return null;
  return error.code === "commander.help" ? error : usageError(error, program);
}

/** `| head` closes the pipe early: that is no failure. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
}

/** Print an error once, in the form its kind asks for, and name the exit code. */
function report(error: unknown, debug: boolean): number {
  if (error === null) return EXIT.ok;
  if (error instanceof CommanderError) return EXIT.usage;
  if (isStatisticoError(error)) {
    process.stderr.write(`statistico: ${stripControls(error.message)}\n`);
    if (error.hint) process.stderr.write(`  try: ${stripControls(error.hint)}\n`);
    if (debug) process.stderr.write(`${error.stack}\n`);
    return EXIT[error.kind];
  }
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`statistico: unexpected: ${stripControls(text)}\n`);
  process.stderr.write(
    debug && error instanceof Error
      ? `${error.stack}\n`
      : `  this is a bug in statistico ${STATISTICO_VERSION}: please report the command; --debug shows the trace\n`,
  );
  return EXIT.failed;
}

void main();
