import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { App, Define } from "../app.js";
import type { PreparedLeague } from "../backtest/prepared.js";
import { endedFixtures, type Scene, sceneOf } from "../backtest/sights.js";
import { type Axis, parseAxis } from "../backtest/sweep/axis.js";
import { MOST_TABLES } from "../backtest/sweep/bench.js";
import { type SweepDocument, sweepDocument } from "../backtest/sweep/document.js";
import { type Choice, everyChoice, randomChoices } from "../backtest/sweep/grid.js";
import { dayAxisOf, type Trial } from "../backtest/sweep/trial.js";
import { invariant } from "../core/assert.js";
import { StatisticoError } from "../core/errors.js";
import { createRng } from "../core/rng.js";
import { sha256Of } from "../ingest/archive.js";
import { present } from "../report/present.js";
import { strategyDocument } from "../strategy/document.js";
import type { Strategy } from "../strategy/strategy.js";
import type { Warehouse } from "../warehouse/port.js";
import { countFlag } from "./shared/flags.js";
import { cacheFolder } from "./shared/league-store.js";
import { inWorkers, isLeagueWorker, serveLeagues } from "./shared/league-workers.js";
import { type Bench, doLeagueTask, openBench, prepareLeagues, sceneFor } from "./shared/prepare-leagues.js";
import { readStrategy } from "./shared/strategy-file.js";
import {
  type Configurations,
  configurationsIn,
  configurationsOf,
  groupOf,
  partTasks,
  partWorker,
  strategiesIn,
  tablesOf,
} from "./shared/sweep-bench.js";
import { type SweepParts, sweepParts } from "./shared/sweep-parts.js";
import { servedShare, shareOf, tryShared } from "./shared/sweep-share.js";
import { SWEEP_COLUMNS, sweepRows, sweepText } from "./shared/sweep-text.js";
import { strategiesTried } from "./shared/tried.js";

interface Options {
  readonly set: readonly Axis[];
  readonly random?: number;
  readonly nested?: boolean;
  readonly seed: number;
  readonly workers?: number;
  readonly fresh?: boolean;
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico sweep strategies/value.yaml --set entry.edge.min=0.01:0.10:0.01
  statistico sweep strategies/value.yaml --set entry.edge.min=0.01:0.10:0.01 --set model.halfLifeDays=200,400 --nested
  statistico sweep strategies/value.yaml --set entry.edge.min=0:0.2:0.001 --set entry.price.max=2:8:0.1 --random 500
  statistico sweep show
`;

export const define: Define = (command, withApp) => {
  command
    .argument("<file>", "the strategy, YAML: what is not swept stays as it says")
    .addHelpText("before", EXAMPLES)
    .requiredOption(
      "--set <path=values>",
      "an axis: from:to:step or a,b,c; once for each axis",
      gatherAxes,
      [],
    )
    .option("--random <n>", "so many configurations of the grid, drawn at random", countFlag)
    .option("--nested", "also bet each season with what was best before it")
    .option("--seed <n>", "of the draw and the bootstrap", countFlag, 1)
    .option("--workers <n>", "threads (default: one a core); the numbers stay the same", countFlag)
    .option("--fresh", "forecast anew, and start from the first configuration")
    .option("-n, --dry-run", "leave the sweep out of the database")
    .action(withApp(sweep));
  command
    .command("show")
    .description("a sweep that was kept, the last unless named")
    .argument("[run]", "its number", countFlag)
    .action(withApp(show));
};

function gatherAxes(text: string, before: readonly Axis[]): readonly Axis[] {
  const axis = parseAxis(text);
  if (before.some(({ path }) => path === axis.path))
    throw new StatisticoError("usage", `one --set a path, was ${axis.path} twice`, `--set ${axis.path}=1,2`);
  return [...before, axis];
}

async function sweep(app: App, file: string, options: Options): Promise<void> {
  if (await servedShare()) return;
  const started = performance.now();
  if (options.set.length === 0 || file === "-")
    throw new StatisticoError(
      "usage",
      "a sweep wants a file and at least one axis",
      "statistico sweep --help",
    );
  const base = readStrategy(file);
  if (base.code !== null)
    throw new StatisticoError(
      "usage",
      `a strategy of code is not swept, was ${base.code.path}`,
      `statistico backtest ${file} --allow-code`,
    );
  const choices = choicesOf(options);
  const configurations = configurationsOf(base, options.set, choices);
  const thread = isLeagueWorker("sweep");
  const warehouse = await app.warehouse(options.dryRun || thread ? "read" : "update");
  const bench = await openBench(app, warehouse, options.fresh === true);
  const parts = partsOf(app, bench, base, options);
  if (thread) {
    const work = partWorker(bench, configurations, parts, options.seed);
    return serveLeagues<unknown>((task) => doTask(bench, configurations, work, task));
  }
  const preparing = { app, bench, configurations, parts, options };
  const leagues = await prepareGroups(preparing);
  // The leagues of the first group are at hand: they are not read or forecast again.
  const sceneOfGroup = async (first: Strategy, group: number): Promise<Scene> =>
    group === 0 ? sceneOf(leagues, first) : sceneFor(bench, first);
  const work = partWorker(bench, configurations, parts, options.seed, sceneOfGroup);
  const job = { ...preparing, sceneOfGroup, work };
  const trials = await tryAll(job);
  const document = await documentOf(job, base, choices, leagues, trials, warehouse);
  if (!options.dryRun) await keep(app, warehouse, document);
  parts.clear();
  print(app, document, performance.now() - started);
}

interface Preparing {
  readonly app: App;
  readonly bench: Bench;
  readonly configurations: Configurations;
  readonly parts: SweepParts;
  readonly options: Options;
}

interface Job extends Preparing {
  readonly sceneOfGroup: (first: Strategy, group: number) => Promise<Scene>;
  readonly work: (task: string) => Promise<readonly Trial[]>;
}

function choicesOf({ set, random, seed }: Options): Choice[] {
  return random === undefined ? everyChoice(set) : randomChoices(set, random, createRng(seed, SWEEP_STREAM));
}

const SWEEP_STREAM = 7;

function partsOf(app: App, { store }: Bench, base: Strategy, { set, random, seed }: Options): SweepParts {
  if (store.scope === null) return sweepParts(null);
  const key = sha256Of(JSON.stringify([store.scope, strategyDocument(base), set, random ?? null, seed]));
  return sweepParts(join(cacheFolder(app), `sweep-${key.slice(0, 16)}`));
}

/** In a thread: a league of a group's preparation ("prepare 0 E0") or a part of the sweep ("try 0 0 20"). */
function doTask(
  bench: Bench,
  { strategies, groups }: Configurations,
  work: (task: string) => Promise<readonly Trial[]>,
  task: string,
): Promise<unknown> {
  const [verb] = task.split(" ", 1);
  const rest = task.slice(task.indexOf(" ") + 1);
  if (verb === "try") return work(rest);
  const firsts = groups.flatMap((group) => strategies[group[0] ?? 0] ?? []);
  return doLeagueTask(bench, firsts, rest);
}

/** Forecast what the groups need; the leagues of the first are returned. Threads find the others in the store. */
async function prepareGroups({
  app,
  bench,
  configurations,
  options,
}: Preparing): Promise<readonly PreparedLeague[]> {
  const { groups, strategies } = configurations;
  let first: readonly PreparedLeague[] | null = null;
  for (const [index, [at = 0]] of groups.entries()) {
    const strategy = strategies[at];
    invariant(strategy !== undefined, "a group has a configuration");
    if (bench.store.scope === null && first !== null) break;
    const progress = app.console.progress(
      `forecasts ${index + 1} of ${groups.length}`,
      strategy.leagues.length,
    );
    const leagues = await prepareLeagues(bench, strategy, index, {
      command: "sweep",
      workers: options.workers,
      prefix: "prepare ",
      onLeague: (league, done) => progress.update(done, league),
    });
    progress.stop();
    first ??= leagues;
  }
  return first ?? [];
}

/** Every configuration in order: finished parts from an interrupted sweep, the others in threads. */
async function tryAll(job: Job): Promise<Trial[]> {
  const { app, configurations, parts } = job;
  const tasks = partTasks(configurations);
  const trials: Trial[] = new Array(configurations.strategies.length);
  const keepPart = (task: string, part: readonly Trial[]): void => {
    for (const [at, index] of configurationsIn(configurations, task).entries())
      if (part[at]) trials[index] = part[at];
  };
  const open = tasks.filter((task) => {
    const part = parts.read(task);
    if (part !== null) keepPart(task, part);
    return part === null;
  });
  if (open.length < tasks.length)
    app.console.say(`going on: ${tasks.length - open.length} of ${tasks.length} parts are done`);
  const progress = app.console.progress("sweep", tasks.length);
  const onPart = (done: number): void => progress.update(tasks.length - open.length + done, "parts");
  for (const [at, part] of (await tryParts(job, open, onPart)).entries()) {
    const task = open[at];
    invariant(task !== undefined, "every part has its task");
    keepPart(task, part);
  }
  progress.stop();
  return trials;
}

/**
 * Parts in their order. Where there are groups or tables of columns enough for the threads, each thread reads the leagues
 * of its own parts; else this thread does, and shares the columns.
 */
async function tryParts(
  { configurations, parts, sceneOfGroup, work, options }: Job,
  tasks: readonly string[],
  onPart: (done: number) => void,
): Promise<readonly (readonly Trial[])[]> {
  const threads = Math.min(options.workers ?? availableParallelism(), tasks.length);
  const groups = [...new Set(tasks.map(groupOf))];
  const many = groups.some((group) => tablesOf(configurations, group) > MOST_TABLES);
  if (threads > 1 && (many || groups.length >= threads)) {
    const named = tasks.map((task) => `try ${task}`);
    const made = await inWorkers<readonly Trial[]>("sweep", named, threads, (_, done) => onPart(done));
    if (made !== null) return made;
  }
  const done: (readonly Trial[])[] = [];
  for (const group of groups) {
    const own = tasks.filter((task) => groupOf(task) === group);
    const before = done.length;
    const strategies = strategiesIn(configurations, group);
    const [first] = strategies;
    const share =
      first && threads > 1 ? shareOf(await sceneOfGroup(first, group), strategies, parts.folder) : null;
    const made = share && (await tryShared(share, own, threads, (_, count) => onPart(before + count)));
    for (const [at, task] of own.entries()) {
      done.push(made?.[at] ?? (await work(task)));
      onPart(done.length);
    }
  }
  return done;
}

async function documentOf(
  { app, configurations, options }: Job,
  base: Strategy,
  choices: readonly Choice[],
  leagues: readonly PreparedLeague[],
  trials: readonly Trial[],
  warehouse: Warehouse,
): Promise<SweepDocument> {
  const { strategies } = configurations;
  const hashes = strategies.map((strategy) => sha256Of(JSON.stringify(strategyDocument(strategy))));
  return sweepDocument(trials, dayAxisOf(endedFixtures(leagues)), {
    name: base.name,
    strategy: strategyDocument(base),
    axes: options.set,
    choices,
    hashes,
    seed: options.seed,
    version: app.version,
    dataHash: sha256Of(leagues.map(({ hash }) => hash).join("\n")),
    tried: await strategiesTried(warehouse, hashes),
    nested: options.nested === true,
  });
}

async function keep(app: App, warehouse: Warehouse, document: SweepDocument): Promise<void> {
  await warehouse.writeRun({
    command: "sweep",
    name: document.name,
    startedAt: app.clock.now(),
    version: app.version,
    dataHash: document.dataHash,
    configHash: sha256Of(JSON.stringify([document.strategy, document.axes])),
    seed: document.seed,
    document: JSON.stringify(document),
    detail: "{}",
  });
}

async function show(app: App, run: number | undefined): Promise<void> {
  const warehouse = await app.warehouse("read");
  const [found] = await warehouse.runs({ id: run, command: "sweep", limit: 1, whole: true });
  if (!found)
    throw new StatisticoError(
      "data",
      run === undefined ? "no sweep is kept in this database" : `no such sweep, was ${run}`,
      "statistico sweep strategies/value.yaml --set entry.edge.min=0.01:0.10:0.01",
    );
  print(app, JSON.parse(found.document), null);
}

function print(app: App, document: SweepDocument, elapsedMs: number | null): void {
  present(app, {
    schema: document.schema,
    document: elapsedMs === null ? document : { ...document, elapsedMs: Math.round(elapsedMs) },
    columns: SWEEP_COLUMNS,
    rows: sweepRows(document),
    text: () => sweepText(document, { width: app.console.width, color: app.console.color }),
  });
  for (const warning of document.warnings) app.console.say(`note: ${warning}`);
  app.console.say(
    `${document.configurations} configurations, ${document.tried} strategies tried on this database so far`,
  );
}
