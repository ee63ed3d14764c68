import { rawCell } from "./cell.js";
import type { Cells } from "./cells.js";
import { type Findings, quoted, rejectCell } from "./findings.js";
import type { Column } from "./layout.js";
import { cellName, type Names } from "./name.js";

export function readReferee(
  cells: Cells,
  { index, label }: Column,
  names: Names,
  findings: Findings,
): string | null {
  const name = cellName(cells, index, names);
  if (name === null) {
    const was = quoted(rawCell(cells, index));
    rejectCell(
      findings,
      label,
      "referee-not-a-name",
      `too long for a name, or with control characters, was ${was}`,
    );
  }
  return name || null;
}
