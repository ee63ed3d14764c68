import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { BUILT_IN_ALIASES, readAliases } from "../ingest/aliases.js";
import { readAgain, readEarlier, retryWaiting } from "../ingest/ingest.js";
import { type Column, present } from "../report/present.js";
import type { QuarantineEntry, QuarantineStatus } from "../warehouse/port.js";
import { choiceFlag, countFlag } from "./shared/flags.js";

interface Options {
  readonly rule?: string;
  readonly file?: string;
  readonly status?: QuarantineStatus;
  readonly limit?: number;
  readonly byRule?: boolean;
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico quarantine list --by-rule
  statistico quarantine list --rule book-sum --limit 20
  statistico quarantine show 17
  statistico quarantine drop 17 18                   seen, and not to be asked about again
  statistico quarantine retry                        read the files of open entries again
`;

const COLUMNS: readonly Column[] = [
  { key: "id", title: "id", align: "right" },
  { key: "rule", title: "rule" },
  { key: "place", title: "place", keepsEnd: true },
  { key: "text", title: "what" },
];

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  command
    .command("list")
    .description("rows and cells that could not be used")
    .option("--rule <name>", "only of this rule")
    .option("--file <part>", "only of files whose path contains this")
    .option(
      "--status <word>",
      "open, dropped or resolved (default: open)",
      choiceFlag("--status", ["open", "dropped", "resolved"]),
    )
    .option("--by-rule", "counts a rule instead of entries")
    .option("--limit <n>", "at most so many", countFlag)
    .action(withApp(list));
  command
    .command("show")
    .description("one entry with its raw text")
    .argument("<id>", "the entry", countFlag)
    .action(withApp(show));
  command
    .command("drop")
    .description("mark entries as seen")
    .argument("<ids...>", "the entries")
    .option("-n, --dry-run", "only say what would be marked")
    .action(withApp(drop));
  command
    .command("retry")
    .description("read the archived files of open entries again with today's parser and aliases")
    .action(withApp(retry));
};

async function list(app: App, options: Options): Promise<void> {
  const { rule, file: path, status = "open", limit } = options;
  const entries = await (await app.warehouse("read")).quarantine({ rule, path, status, limit });
  if (options.byRule) return listByRule(app, entries);
  const rows = entries.map(row);
  present(app, { schema: "statistico/quarantine@1", document: { entries: rows }, columns: COLUMNS, rows });
  app.console.say(`${rows.length} entries ${status}`);
}

function listByRule(app: App, entries: readonly QuarantineEntry[]): void {
  const counts = new Map<string, { rows: number; cells: number }>();
  for (const { rule, scope } of entries) {
    const count = counts.get(rule) ?? { rows: 0, cells: 0 };
    counts.set(
      rule,
      scope === "row" ? { ...count, rows: count.rows + 1 } : { ...count, cells: count.cells + 1 },
    );
  }
  const rows = [...counts]
    .map(([rule, count]) => ({ rule, ...count }))
    .sort((a, b) => b.rows + b.cells - a.rows - a.cells || (a.rule < b.rule ? -1 : 1));
  present(app, {
    schema: "statistico/quarantine-rules@1",
    document: { rules: rows },
    columns: [
      { key: "rule", title: "rule" },
      { key: "rows", title: "rows", align: "right" },
      { key: "cells", title: "cells", align: "right" },
    ],
    rows,
  });
  app.console.say(`${entries.length} entries of ${rows.length} rules`);
}

async function show(app: App, id: number): Promise<void> {
  const [entry] = await (await app.warehouse("read")).quarantine({ id });
  if (!entry) throw new StatisticoError("data", `no quarantine entry ${id}`, "statistico quarantine list");
  const details = {
    ...row(entry),
    raw: entry.raw,
    sha256: entry.sha256,
    firstSeen: formatInstant(entry.firstSeen),
    status: entry.status,
  };
  present(app, {
    schema: "statistico/quarantine-entry@1",
    document: details,
    columns: [
      { key: "field", title: "" },
      { key: "value", title: "" },
    ],
    rows: Object.entries(details).map(([field, value]) => ({ field, value })),
  });
}

async function drop(app: App, ids: readonly string[], options: Options): Promise<void> {
  const numbers = ids.map(countFlag);
  const dropped = options.dryRun
    ? 0
    : await (await app.warehouse("update")).setQuarantineStatus(numbers, "dropped");
  present(app, {
    schema: "statistico/quarantine-drop@1",
    document: { asked: numbers.length, dropped },
    columns: [],
    rows: [],
  });
  app.console.say(
    options.dryRun
      ? `${numbers.length} entries would be dropped`
      : `${dropped} of ${numbers.length} entries dropped`,
  );
}

/** The same reader gives the same answer, so only files of an earlier one are read again, and those whose rows wait for
 * a name; their old entries are settled. */
async function retry(app: App): Promise<void> {
  const warehouse = await app.warehouse("update");
  const open = await warehouse.quarantine({ status: "open" });
  const archive = app.archive();
  const waiting = new Set(open.map(({ sha256 }) => sha256));
  const files = archive.entries().filter((raw) => waiting.has(raw.sha256) && readEarlier(raw));
  const aliases = [...BUILT_IN_ALIASES, ...readAliases(app.aliasesPath)];
  let usable = 0;
  for (const raw of files) {
    const outcome = await readAgain(raw, { warehouse, archive, aliases, clock: app.clock });
    usable += outcome.new + outcome.changed;
    await warehouse.setQuarantineStatus(
      open.filter(({ sha256 }) => sha256 === raw.sha256).map(({ id }) => id),
      "resolved",
    );
  }
  const again = await retryWaiting({ warehouse, archive, aliases, clock: app.clock });
  usable += again.usable;
  const tried = files.length + again.files;
  const document = { files: tried, usable, waiting: open.length };
  present(app, { schema: "statistico/quarantine-retry@1", document, columns: [], rows: [] });
  app.console.say(
    tried === 0
      ? `nothing to try: the ${open.length} open entries were made by this version's reader`
      : `${tried} files read again: ${usable} rows became usable`,
  );
}

function row({ id, rule, path, line, column, text, scope }: QuarantineEntry) {
  const place = `${path}:${line}${column ? ` ${column}` : ""}`;
  return { id, rule, scope, path, line, column, place, text };
}
