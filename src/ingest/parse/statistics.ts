import type { MatchStatistics, SideStatistics } from "../../domain/fixture.js";
import { cellCount, cellText, isEmptyCell, MISSING } from "./cell.js";
import type { Cells } from "./cells.js";
import { type Findings, quoted, rejectCell, warn } from "./findings.js";
import type { Column, Layout, StatisticColumn } from "./layout.js";

type MutableSide = { -readonly [Name in keyof SideStatistics]: SideStatistics[Name] };

/** Counts of both sides; null when the row has not one of them. Unknown stays null: it is never 0. */
export function readStatistics(cells: Cells, layout: Layout, findings: Findings): MatchStatistics | null {
  if (!layout.hasStatistics) return null;
  const { homeStatistics, awayStatistics } = layout;
  if (!hasAny(cells, homeStatistics) && !hasAny(cells, awayStatistics)) return null;
  return {
    home: readSide(cells, homeStatistics, findings),
    away: readSide(cells, awayStatistics, findings),
  };
}

function hasAny(cells: Cells, columns: readonly StatisticColumn[]): boolean {
  for (const { index } of columns) if (!isEmptyCell(cells, index)) return true;
  return false;
}

function readSide(cells: Cells, columns: readonly StatisticColumn[], findings: Findings): SideStatistics {
  const side: MutableSide = {
    shots: null,
    shotsOnTarget: null,
    fouls: null,
    corners: null,
    yellowCards: null,
    redCards: null,
    offsides: null,
    woodwork: null,
    bookingPoints: null,
  };
  for (const column of columns) side[column.name] = readCount(cells, column, findings);
  const { shots, shotsOnTarget } = side;
  if (shots !== null && shotsOnTarget !== null && shotsOnTarget > shots) {
    const label = columns.find(({ name }) => name === "shotsOnTarget")?.label ?? "";
    const text = `more shots on target than shots, kept, was ${shotsOnTarget} of ${shots}`;
    warn(findings, label, "on-target-above-shots", text);
  }
  return side;
}

/** A whole number of a cell; null when it is empty, or quarantined because it is something else. */
export function readCount(cells: Cells, { index, label }: Column, findings: Findings): number | null {
  const count = cellCount(cells, index);
  if (count >= 0) return count;
  if (count !== MISSING) {
    const was = quoted(cellText(cells, index));
    rejectCell(findings, label, "statistic-not-a-count", `not a whole number, was ${was}`);
  }
  return null;
}
