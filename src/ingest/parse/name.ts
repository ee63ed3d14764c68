import { stripControls } from "../../core/text.js";
import { cellText, rawCell } from "./cell.js";
import type { Cells } from "./cells.js";

const LONGEST_NAME = 80;

/** Names by their raw cell, so that a club is one string in all of its rows; null for what cannot be a name. */
export type Names = Map<string, string | null>;

/** Trimmed text of a cell that holds a person's or a club's name; "" when empty, null when it cannot be one. */
export function cellName(cells: Cells, index: number, names: Names): string | null {
  const raw = rawCell(cells, index);
  const known = names.get(raw);
  if (known !== undefined) return known;
  const text = cellText(cells, index);
  const name = text.length > LONGEST_NAME || text !== stripControls(text) ? null : text;
  names.set(raw, name);
  return name;
}
