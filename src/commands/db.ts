import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { BUILT_IN_ALIASES, readAliases } from "../ingest/aliases.js";
import { rebuildMarkets } from "../ingest/betfair/ingest-markets.js";
import { rebuild } from "../ingest/ingest.js";
import { present } from "../report/present.js";
import { countFlag } from "./shared/flags.js";

const EXAMPLES = `Examples:
  statistico db check                                is the file sound?
  statistico db backup monday.db                     a safe copy, also while others write
  statistico db restore monday.db
  statistico db rebuild                              the same database again, from the raw archive
  statistico db sql "select league, count(*) n from result_readable group by league"
`;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  command
    .command("migrate")
    .description("bring the database to this version's layout, after a backup")
    .action(withApp(migrate));
  command.command("check").description("look for damage").action(withApp(check));
  command
    .command("backup")
    .description("write a verified copy")
    .argument("[file]", "the copy (default: data/backups/...)")
    .action(withApp(backup));
  command
    .command("restore")
    .description("put a copy in the database's place; the present one is kept beside it")
    .argument("<file>", "the copy")
    .action(withApp(restore));
  command
    .command("rebuild")
    .description("make the database again from the raw archive and compare the content")
    .action(withApp(rebuildDatabase));
  command
    .command("sql")
    .description("a read-only query")
    .argument("<query>", "one SELECT; see docs/warehouse.md for the views")
    .option("--limit <n>", "at most so many rows", countFlag, 10_000)
    .option("--timeout <seconds>", "stop after so long", countFlag, 30)
    .action(withApp(sql));
};

/** SQLite answers in one breath: what it does must be on the screen before it starts. */
async function whileShown<T>(app: App, label: string, work: () => Promise<T>): Promise<T> {
  const progress = app.console.progress(label);
  await progress.shown;
  try {
    return await work();
  } finally {
    progress.stop();
  }
}

async function migrate(app: App): Promise<void> {
  const counts = await (await app.warehouse("update")).counts();
  present(app, {
    schema: "statistico/migrate@1",
    document: { database: app.databasePath, counts },
    columns: [],
    rows: [],
  });
  app.console.say(`${app.databasePath} is up to date`);
}

async function check(app: App): Promise<void> {
  const warehouse = await app.warehouse("read");
  const { problems, counts, contentHash } = await whileShown(app, "checking", async () => ({
    problems: await warehouse.check(),
    counts: await warehouse.counts(),
    contentHash: await warehouse.contentHash(),
  }));
  const rows = Object.entries(counts).map(([table, count]) => ({ table, rows: count }));
  present(app, {
    schema: "statistico/db-check@1",
    document: { database: app.databasePath, sound: problems.length === 0, problems, contentHash, counts },
    columns: [
      { key: "table", title: "table" },
      { key: "rows", title: "rows", align: "right" },
    ],
    rows,
  });
  for (const problem of problems) app.console.warn(problem);
  if (problems.length > 0)
    throw new StatisticoError(
      "data",
      `${problems.length} problems in ${app.databasePath}`,
      "statistico db rebuild",
    );
  app.console.say(`sound; content ${contentHash.slice(0, 16)}`);
}

async function backup(app: App, file: string | undefined): Promise<void> {
  const stamp = formatInstant(app.clock.now()).replace(/[:.]/g, "").replace("Z", "");
  const target = file ?? join(app.databasePath, "..", "backups", `statistico-${stamp}.db`);
  const warehouse = await app.warehouse("read");
  await whileShown(app, "copying", () => warehouse.backup(target));
  present(app, {
    schema: "statistico/backup@1",
    document: { from: app.databasePath, to: target },
    columns: [],
    rows: [],
  });
  app.console.say(`${target}: a verified copy`);
}

async function restore(app: App, file: string): Promise<void> {
  if (!existsSync(file)) throw new StatisticoError("usage", `no such file, was ${file}`, "ls data/backups");
  const kept = await whileShown(app, "verifying and copying", () => app.restore(file));
  present(app, {
    schema: "statistico/restore@1",
    document: { from: file, to: app.databasePath, kept },
    columns: [],
    rows: [],
  });
  app.console.say(`restored ${file}${kept ? `; what stood there is kept as ${kept}` : ""}`);
}

function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true });
}

async function contentNow(app: App): Promise<string | null> {
  return existsSync(app.databasePath) ? (await app.warehouse("read")).contentHash() : null;
}

/** A new file beside the old one, swapped in only when it is whole; the old one stays where the contents differ. */
async function rebuildDatabase(app: App): Promise<void> {
  const before = await whileShown(app, "reading", () => contentNow(app));
  const fresh = `${app.databasePath}.rebuild`;
  removeDatabase(fresh);
  const warehouse = await app.openBeside(fresh);
  const archive = app.archive();
  const progress = app.console.progress("rebuild", archive.entries().length);
  const aliases = [...BUILT_IN_ALIASES, ...readAliases(app.aliasesPath)];
  const done = await rebuild({
    warehouse,
    archive,
    aliases,
    clock: app.clock,
    onFile: (path, at) => progress.update(at, path),
  });
  const folders = { raw: app.archivePath, logs: app.marketsPath };
  const markets = await rebuildMarkets({ warehouse, archive, folders }, (path) =>
    progress.update(done.files, path),
  );
  progress.stop();
  const after = await warehouse.contentHash();
  await warehouse.close();
  const same = before === null || before === after;
  const [files, rows] = [done.files + markets.files, done.rows + markets.rows];
  const document = { files, rows, contentHash: after, before, same };
  if (same) await app.restore(fresh);
  if (same) removeDatabase(fresh);
  present(app, { schema: "statistico/rebuild@1", document, columns: [], rows: [] });
  if (!same)
    throw new StatisticoError(
      "data",
      `the archive gives other content than ${app.databasePath} holds; the new database is ${fresh}`,
      `statistico db restore ${fresh}`,
    );
  app.console.say(
    `${files} files, ${rows} rows; content ${after.slice(0, 16)}${before ? ", as before" : ""}`,
  );
}

async function sql(
  app: App,
  query: string,
  options: { readonly limit: number; readonly timeout: number },
): Promise<void> {
  const warehouse = await app.warehouse("read");
  const { columns, rows, truncated } = await warehouse.query(query, {
    limit: options.limit,
    timeoutMs: options.timeout * 1000,
  });
  const objects = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
  present(app, {
    schema: "statistico/sql@1",
    document: { columns, rows: objects, truncated },
    columns: columns.map((name) => ({ key: name, title: name })),
    rows: objects,
  });
  app.console.say(
    `${rows.length} rows${truncated ? `, more were left out: --limit ${options.limit * 10}` : ""}`,
  );
}
