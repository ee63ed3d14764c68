import { type LeanDesk, leanDesk } from "../../backtest/lean/play.js";
import type { LeanTable } from "../../backtest/lean/table.js";
import type { Scene } from "../../backtest/sights.js";
import { type LeanTask, leanTrial, trialBench } from "../../backtest/sweep/bench.js";
import { type DayAxis, dayAxisOf, type Trial } from "../../backtest/sweep/trial.js";
import type { Strategy } from "../../strategy/strategy.js";
import { inWorkers, serveLeagues, sharedWith } from "./league-workers.js";
import { sweepParts } from "./sweep-parts.js";

/** What the threads of a sweep need for a group of configurations: tables in shared memory, and rules in numbers. */
interface Share {
  /** Of each configuration of the group, in its order. */
  readonly tasks: readonly LeanTask[];
  readonly axis: DayAxis;
  /** Where finished parts are kept. */
  readonly folder: string | null;
}

/** Lay a group of configurations out for threads; null when one of them needs a full play. */
export function shareOf(scene: Scene, strategies: readonly Strategy[], folder: string | null): Share | null {
  const trials = trialBench(scene);
  const tasks = strategies.flatMap((strategy) => trials.lean(strategy) ?? []);
  return tasks.length < strategies.length ? null : { tasks, axis: dayAxisOf(scene), folder };
}

/** Try parts of a shared group in threads; null when the program runs from source and has none. */
export function tryShared(
  share: Share,
  parts: readonly string[],
  threads: number,
  onPart: (part: string, done: number) => void,
): Promise<(readonly Trial[])[] | null> {
  return inWorkers<readonly Trial[]>("sweep", parts, threads, onPart, share);
}

/** In a thread that the main one has laid a group before: serve its parts. False in any other thread. */
export async function servedShare(): Promise<boolean> {
  const share = sharedWith("sweep");
  if (!isShare(share)) return false;
  const desks = new Map<LeanTable, LeanDesk>();
  await serveLeagues(async (part) => tryPart(share, part, desks));
  return true;
}

function isShare(value: unknown): value is Share {
  return typeof value === "object" && value !== null && "tasks" in value && "axis" in value;
}

function tryPart(
  { tasks, axis, folder }: Share,
  part: string,
  desks: Map<LeanTable, LeanDesk>,
): readonly Trial[] {
  const [, from, to] = part.split(" ").map(Number);
  const trials = tasks.slice(from, to).map((task) => {
    const desk = desks.get(task.table) ?? leanDesk(task.table);
    desks.set(task.table, desk);
    return leanTrial(task, desk, axis);
  });
  sweepParts(folder).write(part, trials);
  return trials;
}
