import { cellNumber, cellText } from "./cell.js";
import type { Cells } from "./cells.js";
import { parseHandicap } from "./handicap.js";
import type { OddsLayout, PriceGroup } from "./price-group.js";

/** A sound row now and then has one odd price; a row under a strange header has many. */
const FEWEST_ODD = 2;
const ODD_SHARE = 0.25;

/**
 * Whether the two-way prices and handicaps of a row look like what their columns say. Used on rows whose cell count
 * is not the header's: `null` when the row has nothing to judge by.
 */
export function isSaneRow(cells: Cells, odds: OddsLayout): boolean | null {
  const verdicts = [
    ...odds.plain.filter(({ market }) => market !== "MATCH_ODDS").map((group) => isSaneGroup(cells, group)),
    ...odds.handicaps.flatMap(({ index, groups }) => [
      isSaneHandicap(cells, index),
      ...groups.map((group) => isSaneGroup(cells, group)),
    ]),
  ].filter((verdict) => verdict !== null);
  if (verdicts.length === 0) return null;
  const odd = verdicts.filter((sane) => !sane).length;
  return odd < FEWEST_ODD || odd < verdicts.length * ODD_SHARE;
}

/** Null for a group without all of its prices. */
function isSaneGroup(cells: Cells, { columns, gate, isComplete }: PriceGroup): boolean | null {
  const prices = columns.map(({ index }) => cellNumber(cells, index));
  if (!isComplete || !prices.every((price) => price > 1)) return null;
  const sum = prices.reduce((total, price) => total + 1 / price, 0);
  return sum >= gate.low && sum <= gate.high;
}

function isSaneHandicap(cells: Cells, index: number): boolean | null {
  const text = cellText(cells, index);
  return text === "" ? null : typeof parseHandicap(text) === "number";
}
