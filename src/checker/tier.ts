import { invariant } from "../core/assert.js";
import type { Instant } from "../core/clock.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A stretch of time before (or after) kick-off and how often prices are asked for in it. */
export interface Tier {
  readonly name: string;
  /** It holds while more than this is left to kick-off, ms; negative after kick-off. */
  readonly overMs: number;
  readonly everyMs: number;
  /** A limited budget may be used up to this share by polls of the tier: the rest is kept for more urgent ones. */
  readonly budgetShare: number;
}

/**
 * The house's tiers, farthest first. The last one is for a match that should have begun: its prices tell when it did.
 * Three hours after kick-off it is over, whatever the source says.
 */
export const DEFAULT_TIERS: readonly Tier[] = [
  { name: "days", overMs: 12 * HOUR, everyMs: 6 * HOUR, budgetShare: 0.5 },
  { name: "hours", overMs: HOUR, everyMs: HOUR, budgetShare: 0.7 },
  { name: "last hour", overMs: 10 * MINUTE, everyMs: 10 * MINUTE, budgetShare: 0.85 },
  { name: "last minutes", overMs: 0, everyMs: 30 * SECOND, budgetShare: 1 },
  { name: "overdue", overMs: -3 * HOUR, everyMs: MINUTE, budgetShare: 0.85 },
];

/** A stretch of time in which one tier holds: from `from` on, before `until`. */
export interface TierSpan {
  readonly tier: Tier;
  readonly from: Instant;
  readonly until: Instant;
}

/** When each tier holds for a match that starts at `kickOff`, in order of time; the first has no beginning. */
export function tierSpans(kickOff: Instant, tiers: readonly Tier[]): readonly TierSpan[] {
  return tiers.map((tier, i) => {
    const before = tiers[i - 1];
    invariant(!before || before.overMs > tier.overMs, `tiers must come nearer to kick-off, was ${tier.name}`);
    return {
      tier,
      from: before ? kickOff - before.overMs : Number.NEGATIVE_INFINITY,
      until: kickOff - tier.overMs,
    };
  });
}

/** The tier at an instant; null when all are past. */
export function tierAt(kickOff: Instant, at: Instant, tiers: readonly Tier[]): Tier | null {
  return tierSpans(kickOff, tiers).find(({ until }) => at < until)?.tier ?? null;
}
