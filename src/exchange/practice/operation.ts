import type { Instant } from "../../core/clock.js";
import type { Instruction } from "./report.js";

/** What the client had been shown of the market when it asked: null when it never looked. */
export interface Seen {
  readonly at: Instant;
  readonly status: string;
}

/**
 * Something asked of the exchange that changes it, with everything that chance had a say in already decided: applied in
 * order at their instants, the same operations make the same exchange.
 */
export type Operation =
  | {
      readonly kind: "place";
      readonly at: Instant;
      readonly marketId: string;
      readonly customerRef: string;
      readonly strategyRef: string;
      readonly version: number | null;
      readonly instructions: readonly Instruction[];
      /** For how long the lists do not show what is placed. */
      readonly hiddenMs: number;
      readonly seen: Seen | null;
    }
  | {
      readonly kind: "cancel" | "replace" | "update";
      readonly at: Instant;
      /** "" for every market, as the exchange has it. */
      readonly marketId: string;
      readonly customerRef: string;
      /** Empty for everything in the market. */
      readonly instructions: readonly Instruction[];
    };

export type PlaceOperation = Extract<Operation, { kind: "place" }>;
export type ChangeOperation = Exclude<Operation, { kind: "place" }>;
