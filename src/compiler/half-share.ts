import { invariant } from "../core/assert.js";
import { wilsonInterval } from "../models/scoring-interval.js";

/**
 * Share of a match's goals that fall before half time, for want of a fitted one.
 *
 * 133,714 of 303,116 goals in the 113,590 matches with a half-time score of 22 European divisions, 1995 to 2025
 * (football-data.co.uk); the Premier League alone has 0.4465.
 */
export const DEFAULT_HALF_SHARE = 0.441;

export type HalfShare =
  | {
      readonly kind: "fitted";
      readonly share: number;
      /** 95% Wilson interval of the share. */
      readonly low: number;
      readonly high: number;
      readonly goals: number;
    }
  | { readonly kind: "no-goals" };

/** Share of first-half goals, with its interval, from counts over many matches. */
export function fitHalfShare(goalsFirstHalf: number, goalsTotal: number): HalfShare {
  invariant(
    goalsFirstHalf >= 0 && goalsFirstHalf <= goalsTotal,
    `first-half goals must lie between 0 and ${goalsTotal}, was ${goalsFirstHalf}`,
  );
  if (goalsTotal === 0) return { kind: "no-goals" };
  const { low, high } = wilsonInterval(goalsFirstHalf, goalsTotal);
  return { kind: "fitted", share: goalsFirstHalf / goalsTotal, low, high, goals: goalsTotal };
}
