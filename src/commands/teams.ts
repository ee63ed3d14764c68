import type { App, Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { readCapped } from "../files/read-capped.js";
import { appendAlias, BUILT_IN_ALIASES, readAliases } from "../ingest/aliases.js";
import { retryWaiting } from "../ingest/ingest.js";
import { readAliasList } from "../ingest/matching/alias-list.js";
import { present } from "../report/present.js";
import type { TeamAlias } from "../warehouse/port.js";

interface Options {
  readonly from?: string;
  readonly country?: string;
  readonly league?: string;
  readonly source: string;
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico teams list --league E0
  statistico teams unknown                           new names that look like a known club
  statistico teams alias "Man Utd" "Man United" --country England --source the-odds-api
  statistico teams unknown --csv -o names.csv        to go through, then:
  statistico teams alias --from names.csv            every row that has a suggestion left
`;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  command
    .command("list")
    .description("clubs: one club, one id")
    .option("--country <name>", "only of this country")
    .option("--league <code>", "only clubs that played in this league")
    .action(withApp(list));
  command
    .command("alias")
    .description("say that a spelling means a club; without operands, list what is said so far")
    .argument("[alias]", "the spelling")
    .argument("[team]", "the club, as `teams list` spells it")
    .option("--country <name>", "the club's country (found by itself when only one fits)")
    .option("--source <name>", "the source that spells it so", "football-data")
    .option("--from <file>", "a table of spellings and clubs, as `teams unknown --csv` writes it")
    .option("-n, --dry-run", "say what would change, and stop")
    .action(withApp(alias));
  command
    .command("unknown")
    .description("names that wait for your word, each with the known club most like it")
    .action(withApp(unknown));
};

async function list(app: App, { country, league }: Options): Promise<void> {
  const teams = await (await app.warehouse("read")).teams({ country, league });
  const rows = teams.map(({ id, name, country: home }) => ({ id, team: name, country: home }));
  present(app, {
    schema: "statistico/teams@1",
    document: { teams: rows },
    columns: [
      { key: "team", title: "club" },
      { key: "country", title: "country" },
      { key: "id", title: "id", align: "right" },
    ],
    rows,
  });
  app.console.say(`${rows.length} clubs`);
}

async function alias(
  app: App,
  name: string | undefined,
  team: string | undefined,
  options: Options,
): Promise<void> {
  if (options.from !== undefined) return aliasList(app, options.from, options.dryRun === true);
  if (name === undefined) return listAliases(app);
  if (team === undefined)
    throw new StatisticoError(
      "usage",
      "an alias needs the spelling and the club",
      'statistico teams alias "Man Utd" "Man United"',
    );
  const warehouse = await app.warehouse("update");
  const country = countryOf(team, await warehouse.teams({ country: options.country }));
  const entry: TeamAlias = { source: options.source, country, alias: name, team, origin: "user" };
  if (options.dryRun) return app.console.say(`${name} would mean ${team} (${country}) for ${options.source}`);
  const outcome = await warehouse.addAlias(entry);
  if (outcome.kind === "conflict")
    throw new StatisticoError("data", outcome.text, `statistico team "${team}"`);
  if (outcome.kind !== "same") appendAlias(app.aliasesPath, entry);
  present(app, { schema: "statistico/alias@1", document: { ...entry, outcome }, columns: [], rows: [] });
  const moved = outcome.kind === "merged" ? `; two clubs became one, ${outcome.fixtures} fixtures moved` : "";
  app.console.say(
    `${name} means ${team} (${country}) for ${options.source}${moved}; kept in ${app.aliasesPath}`,
  );
  await readWaiting(app, name);
}

/** Say all that a table says: a person has gone through it. What contradicts is told and left out. */
async function aliasList(app: App, path: string, dryRun: boolean): Promise<void> {
  const entries = readAliasList(readCapped(path), path);
  if (dryRun) return app.console.say(`${entries.length} spellings would be taken up`);
  const warehouse = await app.warehouse("update");
  const known = new Set((await warehouse.teams()).map((team) => `${team.country}\n${team.name}`));
  let added = 0;
  for (const entry of entries) {
    if (entry.alias !== entry.team && !known.has(`${entry.country}\n${entry.team}`)) {
      app.console.warn(`no club called ${entry.team} in ${entry.country}: ${entry.alias} still waits`);
      continue;
    }
    const outcome = await warehouse.addAlias(entry);
    if (outcome.kind === "conflict") app.console.warn(`${entry.alias}: ${outcome.text}`);
    else if (outcome.kind !== "same") {
      appendAlias(app.aliasesPath, entry);
      added++;
    }
  }
  present(app, {
    schema: "statistico/alias-list@1",
    document: { rows: entries.length, added },
    columns: [],
    rows: [],
  });
  app.console.say(`${added} of ${entries.length} spellings are new; kept in ${app.aliasesPath}`);
  await readWaiting(app, "");
}

/** Rows that waited for the name are of use now. */
async function readWaiting(app: App, name: string): Promise<void> {
  const { files, usable } = await retryWaiting(
    {
      warehouse: await app.warehouse("update"),
      archive: app.archive(),
      aliases: [...BUILT_IN_ALIASES, ...readAliases(app.aliasesPath)],
      clock: app.clock,
    },
    name,
  );
  if (files > 0) app.console.say(`${files} files read again: ${usable} rows that waited are in`);
}

/** The only country with a club of that name; asked for when there are several, suggested when there is none. */
function countryOf(
  name: string,
  teams: readonly { readonly name: string; readonly country: string }[],
): string {
  const countries = [...new Set(teams.filter((team) => team.name === name).map(({ country }) => country))];
  if (countries.length === 1) return countries[0];
  if (countries.length > 1)
    throw new StatisticoError(
      "usage",
      `${name} is a club in ${countries.join(" and ")}`,
      `--country "${countries[0]}"`,
    );
  const meant = nearest(
    name,
    teams.map((team) => team.name),
    0.4,
  );
  throw new StatisticoError(
    "data",
    `no club called ${name}`,
    meant.length > 0 ? `did you mean ${meant.join(", ")}?` : "statistico teams list",
  );
}

function listAliases(app: App): void {
  const rows = [...BUILT_IN_ALIASES, ...readAliases(app.aliasesPath)].map((entry) => ({ ...entry }));
  present(app, {
    schema: "statistico/aliases@1",
    document: { aliases: rows },
    columns: [
      { key: "source", title: "source" },
      { key: "country", title: "country" },
      { key: "alias", title: "spelling" },
      { key: "team", title: "means" },
      { key: "origin", title: "origin" },
    ],
    rows,
  });
  app.console.say(`${rows.length} aliases`);
}

async function unknown(app: App): Promise<void> {
  const names = await (await app.warehouse("read")).suspectedNames();
  const rows = names.map((name) => ({
    ...name,
    state: name.waits ? "wait" : "a new club",
    score: name.score === null ? null : Math.round(name.score * 100) / 100,
    command: `statistico teams alias "${name.name}" "${name.suggestion ?? name.name}" --country "${name.country}" --source ${name.source}`,
  }));
  present(app, {
    schema: "statistico/unknown-teams@1",
    document: { names: rows },
    columns: [
      { key: "name", title: "name" },
      { key: "country", title: "country" },
      { key: "suggestion", title: "looks like" },
      { key: "score", title: "likeness", align: "right" },
      { key: "source", title: "source" },
      { key: "state", title: "its rows" },
      { key: "firstSeen", title: "first seen", keepsEnd: true },
    ],
    rows,
  });
  app.console.say(
    `${rows.length} names wait${rows.length > 0 ? `; if it is the same club: ${rows[0].command}` : ""}`,
  );
}
