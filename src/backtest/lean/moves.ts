import type { Instant } from "../../core/clock.js";
import { type Day, dayOfInstant } from "../../core/day.js";
import type { Selection } from "../../domain/market.js";
import { settleFate } from "../../strategy/fate.js";
import type { FateRevision } from "../../strategy/resettle.js";
import { type MoveColumns, OUTCOMES, sharedBytes, sharedIntegers } from "./table.js";

/** What a sight's bets will be settled by. */
export interface LeanEnding {
  readonly fates: readonly FateRevision[];
  /** One a row. */
  readonly bets: readonly Pick<Selection, "market" | "runner" | "line">[];
}

interface Move {
  readonly sight: number;
  readonly slot: number;
  readonly knownAt: Instant;
  readonly first: boolean;
  readonly outcomes: readonly number[];
}

/**
 * Every settlement and correction by the first later decision instant that knows of it. What becomes known after the
 * last instant comes last.
 */
export function leanMoves(
  slots: readonly { readonly asOf: Instant; readonly sights: number }[],
  endings: readonly LeanEnding[],
  firstDay: Day,
): { readonly bySlot: Int32Array; readonly columns: MoveColumns; readonly utcDays: number } {
  const instants = slots.map(({ asOf }) => asOf);
  const slotOf = slots.flatMap(({ sights }, slot) => new Array<number>(sights).fill(slot));
  const moves = endings.flatMap((ending, sight) => movesOf(ending, sight, slotOf[sight], instants));
  moves.sort((a, b) => a.slot - b.slot || a.sight - b.sight || a.knownAt - b.knownAt);
  const counts = new Array<number>(instants.length + 1).fill(0);
  const starts = [0];
  for (const { slot, outcomes } of moves) {
    counts[slot]++;
    starts.push((starts.at(-1) ?? 0) + outcomes.length);
  }
  const bySlot = [0];
  for (const count of counts.slice(0, -1)) bySlot.push((bySlot.at(-1) ?? 0) + count);
  const utcDay = moves.map(({ knownAt }) => dayOfInstant(knownAt) - firstDay);
  return {
    // Begins at the first slot's moves: none is known before the first decision.
    bySlot: sharedIntegers(bySlot),
    columns: {
      sight: sharedIntegers(moves.map(({ sight }) => sight)),
      utcDay: sharedIntegers(utcDay),
      first: sharedBytes(moves.map(({ first }) => Number(first))),
      start: sharedIntegers(starts),
      outcomes: sharedBytes(moves.flatMap(({ outcomes }) => outcomes)),
    },
    utcDays:
      1 +
      [...utcDay, ...instants.map((asOf) => dayOfInstant(asOf) - firstDay)].reduce(
        (a, b) => Math.max(a, b),
        0,
      ),
  };
}

function movesOf(
  { fates, bets }: LeanEnding,
  sight: number,
  own: number,
  instants: readonly Instant[],
): Move[] {
  return fates.map(({ knownAt, fate }, index) => ({
    sight,
    // A bet is there to be settled from the next decision on.
    slot: Math.max(own + 1, firstAtLeast(instants, knownAt)),
    knownAt,
    first: index === 0,
    outcomes: bets.map(({ market, runner, line }) =>
      OUTCOMES.indexOf(settleFate(market, runner, line, fate)),
    ),
  }));
}

/** Place of the first instant not before `at`; the length where there is none. */
function firstAtLeast(instants: readonly Instant[], at: Instant): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (instants[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
