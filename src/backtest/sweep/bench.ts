import type { Strategy } from "../../strategy/strategy.js";
import { type LeanScene, leanScene, leanVerdicts } from "../lean/build.js";
import { type LeanDesk, leanDesk } from "../lean/play.js";
import { isLean, type LeanRules, leanKey, leanRules } from "../lean/rules.js";
import type { LeanTable } from "../lean/table.js";
import { leanTally } from "../lean/tally.js";
import { closingBooksIn, play } from "../play.js";
import type { Scene } from "../sights.js";
import { type EdgeTable, edgeTable, edgeTableKey, openSlots } from "./open-slots.js";
import { tallyOf } from "./tally.js";
import { dayAxisOf, type Trial, trialOf, withInterval } from "./trial.js";

/** Tables of columns that a bench holds at a time. */
export const MOST_TABLES = 4;

/** A configuration in numbers, for a desk in this thread or another. */
export interface LeanTask {
  readonly table: LeanTable;
  readonly rules: LeanRules;
}

/** A bench on which configurations that share a scene are tried. */
export interface TrialBench {
  /** A configuration with the interval of its return. */
  try(strategy: Strategy): Trial;
  /** The same without the interval: on columns where they can express it, else by a full play. */
  sketch(strategy: Strategy): Trial;
  /** Null where the columns cannot express the strategy. Equal tables are one object. */
  lean(strategy: Strategy): LeanTask | null;
}

export function trialBench(scene: Scene, seed = 1): TrialBench {
  const axis = dayAxisOf(scene);
  const places = new Map(axis.days.map((day, index) => [day, index]));
  const edges = new Map<string, EdgeTable>();
  const closings = new Map<string, ReturnType<typeof closingBooksIn>>();
  const scenes = new Map<string, LeanScene>();
  const verdicts = new Map<string, Uint8Array>();
  const desks = new Map<LeanTable, LeanDesk>();

  /** So that a sweep over prices or commissions does not hold a table for each of their values. */
  function forgetTables(): void {
    if (scenes.size < MOST_TABLES) return;
    for (const known of [scenes, verdicts, desks]) known.clear();
  }

  function closingFor({ prices }: Strategy): ReturnType<typeof closingBooksIn> {
    const key = JSON.stringify([prices.closing, prices.maxOverround]);
    return remember(closings, key, () => closingBooksIn(scene.prices, prices));
  }

  function lean(strategy: Strategy): LeanTask | null {
    if (!isLean(strategy)) return null;
    const key = leanKey(strategy);
    if (!scenes.has(key)) forgetTables();
    const { table, sights } = remember(scenes, key, () =>
      leanScene(scene, strategy, places, closingFor(strategy)),
    );
    const rules = leanRules(strategy, table, (filter) =>
      remember(verdicts, `${key} ${JSON.stringify(filter)}`, () => leanVerdicts(sights, filter)),
    );
    return { table, rules };
  }

  function full(strategy: Strategy): Trial {
    const table = remember(edges, edgeTableKey(strategy), () => edgeTable(strategy, scene.slots));
    const { bets } = play(strategy, openSlots(strategy, scene.slots, table), {
      closingOf: closingFor(strategy),
      pricesOf: (fixtureId) => scene.prices.get(fixtureId) ?? [],
    });
    return trialOf(tallyOf(bets, places), strategy.bankMinor, axis);
  }

  function sketch(strategy: Strategy): Trial {
    const task = lean(strategy);
    if (task === null) return full(strategy);
    const desk = remember(desks, task.table, () => leanDesk(task.table));
    return leanTrial(task, desk, axis);
  }

  return { lean, sketch, try: (strategy) => withInterval(sketch(strategy), seed) };
}

/** A configuration played at the desk of its table. */
export function leanTrial(
  { table, rules }: LeanTask,
  desk: LeanDesk,
  axis: Parameters<typeof trialOf>[2],
): Trial {
  return trialOf(leanTally(table, desk.play(rules)), rules.bankMinor, axis);
}

function remember<K, T>(known: Map<K, T>, key: K, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
