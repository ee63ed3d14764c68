import { isLean, leanKey } from "../../backtest/lean/rules.js";
import { preparationKey } from "../../backtest/prepared.js";
import type { Scene } from "../../backtest/sights.js";
import type { Axis } from "../../backtest/sweep/axis.js";
import { type TrialBench, trialBench } from "../../backtest/sweep/bench.js";
import { type Choice, withChoice } from "../../backtest/sweep/grid.js";
import type { Trial } from "../../backtest/sweep/trial.js";
import { isStatisticoError, StatisticoError } from "../../core/errors.js";
import type { Plain } from "../../core/yaml-document.js";
import { strategyDocument } from "../../strategy/document.js";
import { strategyFromPlain } from "../../strategy/parse.js";
import type { Strategy } from "../../strategy/strategy.js";
import { type Bench, sceneFor } from "./prepare-leagues.js";
import { parameterNames } from "./strategy-file.js";
import type { SweepParts } from "./sweep-parts.js";

/** The configurations of a sweep, in order. Those that share a preparation share a group. */
export interface Configurations {
  readonly strategies: readonly Strategy[];
  /** Indices into `strategies` by group, groups in the order of their first configuration. */
  readonly groups: readonly (readonly number[])[];
}

/** Throws StatisticoError("usage") naming the first choice that makes no strategy. */
export function configurationsOf(
  base: Strategy,
  axes: readonly Axis[],
  choices: readonly Choice[],
): Configurations {
  const document: Plain = JSON.parse(JSON.stringify(strategyDocument(base)));
  const strategies = choices.map((choice) => {
    const label = `--set ${axes.map(({ path }, at) => `${path}=${choice[at]}`).join(" ")}`;
    return configured(withChoice(document, axes, choice), label);
  });
  const groups = new Map<string, number[]>();
  for (const [index, strategy] of strategies.entries()) {
    const key = sceneKey(strategy);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return { strategies, groups: [...groups.values()].map((group) => byTable(group, strategies)) };
}

/** Configurations that share columns side by side: a bench keeps the columns of a few. */
function byTable(group: readonly number[], strategies: readonly Strategy[]): number[] {
  const tables = new Map<string, number[]>();
  for (const index of group) {
    const key = tableOf(strategies[index]);
    const own = tables.get(key);
    if (own) own.push(index);
    else tables.set(key, [index]);
  }
  return [...tables.values()].flat();
}

function tableOf(strategy: Strategy | undefined): string {
  return strategy ? leanKey(strategy) : "";
}

/** How many tables of columns a group needs. */
export function tablesOf(configurations: Configurations, group: number): number {
  return new Set(strategiesIn(configurations, group).map(tableOf)).size;
}

function configured(value: Plain, label: string): Strategy {
  try {
    return strategyFromPlain(value, label, parameterNames());
  } catch (error) {
    if (!isStatisticoError(error)) throw error;
    throw new StatisticoError(
      "usage",
      `${label} makes no strategy: ${error.message}`,
      "statistico sweep --help",
    );
  }
}

function sceneKey(strategy: Strategy): string {
  const windows = strategy.filters.map((filter) => ("within" in filter ? filter.within : ""));
  return JSON.stringify([strategy.leagues, preparationKey(strategy), windows]);
}

/** Configurations tried at a time: enough for a part to be worth its file, few enough for a bar that moves. */
const PART = 20;
const LEAN_PART = 100;

/** The parts of a sweep by name: group, first and last of its configurations. */
export function partTasks({ groups, strategies }: Configurations): string[] {
  return groups.flatMap((group, index) => {
    const size = group.every((at) => strategies[at] && isLean(strategies[at])) ? LEAN_PART : PART;
    return Array.from({ length: Math.ceil(group.length / size) }, (_, part) =>
      [index, part * size, Math.min(group.length, (part + 1) * size)].join(" "),
    );
  });
}

/** The configurations of a group, in order. */
export function strategiesIn({ groups, strategies }: Configurations, group: number): Strategy[] {
  return (groups[group] ?? []).flatMap((index) => strategies[index] ?? []);
}

/** The group that a part belongs to. */
export function groupOf(task: string): number {
  return Number(task.split(" ", 1)[0]);
}

/** Indices of the configurations of a part. */
export function configurationsIn({ groups }: Configurations, task: string): readonly number[] {
  const [group = 0, from, to] = task.split(" ").map(Number);
  return groups[group]?.slice(from, to) ?? [];
}

/** Does parts one after the other; the scene of the group that was asked for last is kept. */
export function partWorker(
  bench: Bench,
  configurations: Configurations,
  parts: SweepParts,
  seed: number,
  sceneOfGroup: (first: Strategy, group: number) => Promise<Scene> = (first) => sceneFor(bench, first),
): (task: string) => Promise<readonly Trial[]> {
  let current: { readonly group: string; readonly trials: TrialBench } | null = null;
  return async (task) => {
    const done = parts.read(task);
    if (done !== null) return done;
    const [group = ""] = task.split(" ");
    const indices = configurationsIn(configurations, task);
    const strategies = indices.flatMap((index) => configurations.strategies[index] ?? []);
    const [first] = strategies;
    if (!first) return [];
    if (current?.group !== group)
      current = { group, trials: trialBench(await sceneOfGroup(first, Number(group)), seed) };
    const trials = strategies
      .map((strategy) => current?.trials.sketch(strategy))
      .flatMap((trial) => trial ?? []);
    parts.write(task, trials);
    return trials;
  };
}
