import { invariant } from "../../core/assert.js";
import type { Instant } from "../../core/clock.js";
import type { MarketDefinition } from "./definition.js";
import { OP } from "./event.js";
import type { MarketRecording } from "./recording.js";

/** A definition and the update that brought it. */
export interface Defined {
  /** Slot of the update. */
  readonly slot: number;
  readonly at: Instant;
  readonly definition: MarketDefinition;
}

export interface Timeline {
  readonly updates: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly defined: readonly Defined[];
}

/** Slots of each operation, its doubles included; see `OP`. */
const WIDTHS = [2, 1, 1, 1, 1, 2, 2, 1, 1, 1, 2, 3, 1, 1];

/** When a market was defined how, without making its books. Times are NaN for a recording without an update. */
export function timelineOf({ events, definitions }: MarketRecording): Timeline {
  const defined: Defined[] = [];
  let updates = 0;
  let update = 0;
  for (let slot = 0; slot < events.length; ) {
    const op = events.words[2 * slot] >>> 28;
    if (op >= WIDTHS.length) invariant(false, `unknown operation ${op} at slot ${slot}`);
    if (op === OP.update) {
      update = slot;
      updates += 1;
    } else if (op === OP.definition)
      defined.push({
        slot: update,
        at: events.doubles[update + 1],
        definition: definitions[events.words[2 * slot + 1]],
      });
    slot += WIDTHS[op];
  }
  const first = updates === 0 ? Number.NaN : events.doubles[1];
  return {
    updates,
    firstAt: first,
    lastAt: updates === 0 ? Number.NaN : events.doubles[update + 1],
    defined,
  };
}
