import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { type Config, loadConfig } from "./config/config.js";
import type { Clock } from "./core/clock.js";
import { StatisticoError } from "./core/errors.js";
import { type Archive, openArchive } from "./ingest/archive.js";
import { type Console, createConsole } from "./report/console.js";
import type { Ledger, LedgerMode } from "./warehouse/ledger/port.js";
import type { InstanceLock, Warehouse } from "./warehouse/port.js";

declare const STATISTICO_VERSION: string;

/** What every command takes; see `globalOptions`. */
export interface GlobalOptions {
  readonly db?: string;
  readonly config?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  readonly color?: boolean;
  readonly input?: boolean;
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly csv?: boolean;
  readonly md?: boolean;
  readonly raw?: boolean;
  readonly output?: string;
}

/** Everything a command may touch. Adapters are made here, on first use, and closed when the command ends. */
export interface App {
  readonly version: string;
  readonly options: GlobalOptions;
  readonly config: Config;
  readonly clock: Clock;
  readonly console: Console;
  readonly databasePath: string;
  readonly archivePath: string;
  /** Logs of exchange markets, beside the database. */
  readonly marketsPath: string;
  readonly aliasesPath: string;
  /** The database: `write` makes a missing file, the others refuse it. Opened once; the first mode asked for holds. */
  warehouse(mode: "read" | "update" | "write"): Promise<Warehouse>;
  archive(): Archive;
  /**
   * The right to do `work` on this database alone; released when the command ends, too. Throws StatisticoError
   * `locked` when another process has it.
   */
  lock(work: string): Promise<InstanceLock>;
  /** The ledger of bets at a path: the caller closes it. */
  ledger(path: string, mode: LedgerMode, access: "read" | "write"): Promise<Ledger>;
  /** Another database of ours, made anew: the caller closes it. */
  openBeside(path: string): Promise<Warehouse>;
  /** Put a verified copy in the database's place; returns where the present one was kept, null without one. */
  restore(path: string): Promise<string | null>;
  sqliteVersion(): Promise<string>;
  close(): Promise<void>;
}

export type WithApp = (
  action: (app: App, ...args: never[]) => Promise<void>,
) => (...args: unknown[]) => Promise<void>;

export type Define = (command: Command, withApp: WithApp) => void;

/**
 * Turn a use of the app into a commander action. The app is made from the flags given before and after the command's
 * name and closed whatever happens. The action receives the command's operands and its own options.
 */
export const withApp: WithApp =
  (action) =>
  async (...args) => {
    const command = args.at(-1) as Command;
    const options = gatherOptions(command);
    const app = await createApp(options);
    try {
      await action(app, ...([...args.slice(0, -2), options] as never[]));
      await app.console.drain();
    } finally {
      app.console.still();
      await app.close();
    }
  };

/** Options of a command and of all above it: what was typed wins over defaults, the nearest to the command first. */
function gatherOptions(command: Command): GlobalOptions {
  const chain: Command[] = [];
  for (let at: Command | null = command; at; at = at.parent) chain.unshift(at);
  const valuesFrom = (typed: boolean): [string, unknown][] =>
    chain.flatMap((at) =>
      Object.entries(at.opts()).filter(([name]) => (at.getOptionValueSource(name) !== "default") === typed),
    );
  return Object.fromEntries([...valuesFrom(false), ...valuesFrom(true)]);
}

const FORMS = ["json", "jsonl", "csv", "md"] as const;

/** One answer has one form: of two that are asked for, one would be lost without a word. */
function requireOneForm(options: GlobalOptions): void {
  const asked = FORMS.filter((form) => options[form] === true);
  if (asked.length > 1)
    throw new StatisticoError(
      "usage",
      `an answer has one form, was ${asked.map((form) => `--${form}`).join(" and ")}`,
      "statistico --help",
    );
}

async function createApp(options: GlobalOptions): Promise<App> {
  requireOneForm(options);
  const config = await loadConfig(options.config, process.env, process.cwd());
  const databasePath = resolve(options.db ?? config.database.value);
  const archivePath = resolve(config.archive.value ?? join(dirname(databasePath), "raw"));
  const clock: Clock = { now: () => Date.now() };
  let opened: Promise<Warehouse> | null = null;
  const locks: InstanceLock[] = [];
  const close = async (): Promise<void> => (await opened?.catch(() => null))?.close();
  return {
    version: STATISTICO_VERSION,
    options,
    config,
    clock,
    databasePath,
    archivePath,
    marketsPath: join(dirname(databasePath), "markets"),
    aliasesPath: resolve(dirname(config.path), config.aliases.value),
    console: createConsole(
      {
        quiet: options.quiet === true || (readByProgram(options) && process.stderr.isTTY !== true),
        verbose: options.verbose === true || options.debug === true,
        color: options.color !== false,
        output: options.output,
      },
      { stdout: process.stdout, stderr: process.stderr, env: process.env },
    ),
    warehouse(mode) {
      opened ??= openWarehouse(databasePath, mode, clock);
      return opened;
    },
    archive: () => openArchive(archivePath),
    lock: async (work) => {
      const { takeInstanceLock } = await import("./warehouse/sqlite/instance-lock.js");
      const path = `${databasePath}.${work.replaceAll(" ", "-")}.lock`;
      const lock = takeInstanceLock(path, { work, pid: process.pid, clock });
      locks.push(lock);
      return lock;
    },
    ledger: async (path, mode, access) => {
      const { openLedger } = await import("./warehouse/ledger/open.js");
      return openLedger(path, { mode, access, clock });
    },
    openBeside: (path) => openWarehouse(path, "write", clock),
    restore: async (path) => {
      await close();
      opened = null;
      const { restoreSqlite } = await import("./warehouse/sqlite/restore.js");
      return restoreSqlite(path, databasePath);
    },
    sqliteVersion: async () => (await import("./warehouse/sqlite/engine.js")).sqliteVersion(),
    close: async () => {
      await close();
      for (const lock of locks) lock.release();
    },
  };
}

/** A program that reads the answer has no use for words beside it; a person at a terminal has. */
function readByProgram({ json, jsonl, csv }: GlobalOptions): boolean {
  return json === true || jsonl === true || csv === true;
}

/** The database by its address. Servers come later behind the same port; until then they are refused by name. */
async function openWarehouse(
  path: string,
  mode: "read" | "update" | "write",
  clock: Clock,
): Promise<Warehouse> {
  if (/^[a-z]+:\/\//.test(path))
    throw new StatisticoError(
      "usage",
      `only SQLite files are supported yet, was ${path}`,
      "statistico config get database",
    );
  const { openSqlite } = await import("./warehouse/sqlite/open.js");
  const missing = mode === "update" && !existsSync(path);
  return openSqlite(path, { mode: mode === "read" || missing ? "read" : "write", clock });
}
