import type { Minor } from "../../domain/money.js";
import type { Filter, Limits, Range, Staking, Strategy } from "../../strategy/strategy.js";
import type { LeanTable } from "./table.js";

/** What of a strategy a table leaves open, in numbers. */
export interface LeanRules {
  readonly bankMinor: Minor;
  readonly edge: Bounds;
  readonly price: Bounds;
  /** What the confirming model must see; null without one. */
  readonly second: Bounds | null;
  /** 1 for each runner of the table that may be bet on; null = all. */
  readonly runners: Uint8Array | null;
  /** For each filter: 1 for each sight on which it holds. */
  readonly verdicts: readonly Uint8Array[];
  readonly staking: Staking;
  readonly limits: Limits;
}

/** Inclusive. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Whether a strategy can be played on columns: bets staked one by one, and no code that wants to see more. */
export function isLean({ code, staking }: Strategy): boolean {
  return code === null && (staking.method !== "kelly" || staking.together === "single");
}

/** What of a strategy its table depends on, the scene being the same: equal texts share a table. */
export function leanKey(strategy: Strategy): string {
  const { side, prices, fills, commission, commissionBySource, confirm } = strategy;
  return JSON.stringify([side, prices, fills, commission, commissionBySource, confirm?.model ?? null]);
}

export function leanRules(
  { bankMinor, entry, confirm, runners, filters, staking, limits }: Strategy,
  table: LeanTable,
  verdictsOf: (filter: Filter) => Uint8Array,
): LeanRules {
  const chosen =
    runners && Uint8Array.from(table.runners, (name) => Number(runners.some((each) => each === name)));
  return {
    bankMinor,
    edge: boundsOf(entry.edge),
    price: boundsOf(entry.price),
    second: confirm && boundsOf(confirm.edge),
    runners: chosen,
    verdicts: filters.map(verdictsOf),
    staking,
    limits,
  };
}

/** With the tolerance of `inRange`. */
function boundsOf({ min, max }: Range): Bounds {
  return {
    low: min === null ? Number.NEGATIVE_INFINITY : min - 1e-12,
    high: max === null ? Number.POSITIVE_INFINITY : max + 1e-12,
  };
}
