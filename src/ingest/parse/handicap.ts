import { parseNumber } from "../../core/number.js";
import type { QuarterLine } from "../../domain/market.js";
import type { CellRule } from "./rule.js";

/** No sane market offers a wider handicap; beyond it stand prices, slips of the keyboard and other columns. */
const WIDEST_GOALS = 5;

/** A handicap on the home side in quarter goals, or the rule it breaks. */
export type Handicap = QuarterLine | CellRule;

/**
 * Read an Asian handicap: "-0.75", "+0.5", "-1.5/-2" (half of the stake on each: -1.75), "-1 1/4".
 *
 * Quarter lines are legal; off the quarter grid ("-0.2") or beyond five goals ("-225") nothing is guessed.
 */
export function parseHandicap(text: string): Handicap {
  const goals = handicapGoals(text);
  if (goals === null) return "handicap-not-a-line";
  if (Math.abs(goals) > WIDEST_GOALS) return "handicap-beyond-five";
  const quarters = goals * 4;
  return Number.isInteger(quarters) ? quarters + 0 : "handicap-off-grid";
}

function handicapGoals(text: string): number | null {
  return signed(text) ?? mixedFraction(text) ?? splitLine(text);
}

function signed(text: string): number | null {
  return parseNumber(text.startsWith("+") ? text.slice(1) : text);
}

/** "-1 1/4". */
function mixedFraction(text: string): number | null {
  const match = /^([+-]?)(\d{1,2}) ([1-3])\/([24])$/.exec(text);
  if (!match) return null;
  const goals = Number(match[2]) + Number(match[3]) / Number(match[4]);
  return match[1] === "-" ? -goals : goals;
}

/** "-1.5/-2": the line between two neighbouring half lines. A sign before the first holds for a second without one. */
function splitLine(text: string): number | null {
  const match = /^([+-]?)(\d{1,2}(?:\.5|\.0)?)\/([+-]?)(\d{1,2}(?:\.5|\.0)?)$/.exec(text);
  if (!match) return null;
  const first = Number(match[2]) * (match[1] === "-" ? -1 : 1);
  const second = Number(match[4]) * ((match[3] || match[1]) === "-" ? -1 : 1);
  return Math.abs(first - second) === 0.5 ? (first + second) / 2 : null;
}

/** True for a number that looks like a line and cannot be a price: at most 1, a multiple of a quarter. */
export function looksLikeLine(value: number): boolean {
  return value <= 1 && value >= -WIDEST_GOALS && Number.isInteger(value * 4);
}
