import { fullTimeResult } from "../../domain/fixture.js";
import type { RecordedGoals } from "../../warehouse/port.js";
import { cellCount, cellText, isEmptyCell, MISSING } from "./cell.js";
import type { Cells } from "./cells.js";
import { type Findings, quoted, rejectCell, warn } from "./findings.js";
import type { Column, ScoreColumns } from "./layout.js";

/** More goals than any side has scored in these leagues, by far. */
const MOST_GOALS = 40;

/** Goals of a row; null when it has none, or none that can be believed. The goals win over the result's letter. */
export function readScore(cells: Cells, columns: ScoreColumns, findings: Findings): RecordedGoals | null {
  const goals = readPair(cells, columns.homeGoals, columns.awayGoals, findings);
  if (goals === "half") rejectHalf(cells, columns, findings);
  if (goals === "half" || goals === null) {
    judgeLetter(cells, columns.result, "no score", "", findings);
    return null;
  }
  const [homeGoals, awayGoals] = goals;
  judgeLetter(
    cells,
    columns.result,
    `${homeGoals}-${awayGoals}`,
    fullTimeResult(homeGoals, awayGoals),
    findings,
  );
  const halfTime = readHalfTime(cells, columns, goals, findings);
  return { homeGoals, awayGoals, halfTimeHome: halfTime?.[0] ?? null, halfTimeAway: halfTime?.[1] ?? null };
}

type Pair = readonly [home: number, away: number];

/** Two counts that mean something only together: null when both cells are empty or unusable, "half" when one is. */
function readPair(cells: Cells, home: Column, away: Column, findings: Findings): Pair | "half" | null {
  const first = readGoals(cells, home, findings);
  const second = readGoals(cells, away, findings);
  if (first !== null && second !== null) return [first, second];
  return first === null && second === null ? null : "half";
}

function readGoals(cells: Cells, { index, label }: Column, findings: Findings): number | null {
  const goals = cellCount(cells, index);
  if (goals === MISSING) return null;
  if (goals <= MOST_GOALS) return goals;
  const was = quoted(cellText(cells, index));
  rejectCell(
    findings,
    label,
    "score-not-a-count",
    `goals are a whole number up to ${MOST_GOALS}, was ${was}`,
  );
  return null;
}

/** One half of a score. A half that is there but no number has been reported already. */
function rejectHalf(cells: Cells, { homeGoals, awayGoals }: ScoreColumns, findings: Findings): void {
  const empty = [homeGoals, awayGoals].find(({ index }) => isEmptyCell(cells, index));
  if (empty)
    rejectCell(findings, empty.label, "score-incomplete", 'one side of the score is missing, was ""');
}

function judgeLetter(cells: Cells, column: Column, score: string, letter: string, findings: Findings): void {
  const { index, label } = column;
  if (index < 0 || index >= cells.count || isExactly(cells, index, letter)) return;
  const written = cellText(cells, index);
  if (written === "" || written === letter) return;
  warn(
    findings,
    label,
    "result-contradicts-score",
    `the score, ${score}, wins over the letter, was ${quoted(written)}`,
  );
}

/** The usual case, a cell of one expected letter, without making a string. */
function isExactly(cells: Cells, index: number, letter: string): boolean {
  const start = cells.starts[index];
  return cells.ends[index] === start + 1 && cells.text[start] === letter;
}

function readHalfTime(cells: Cells, columns: ScoreColumns, goals: Pair, findings: Findings): Pair | null {
  const { halfTimeHome, halfTimeAway } = columns;
  const halfTime = readPair(cells, halfTimeHome, halfTimeAway, findings);
  if (halfTime === null) return null;
  if (halfTime === "half") {
    const column = isEmptyCell(cells, halfTimeHome.index) ? halfTimeHome : halfTimeAway;
    warn(
      findings,
      column.label,
      "half-time-incomplete",
      "half a half-time score is none: both halves left out",
    );
    return null;
  }
  if (halfTime[0] <= goals[0] && halfTime[1] <= goals[1]) return halfTime;
  const text = `more goals at half time than at the end, was ${halfTime.join("-")} and ${goals.join("-")}`;
  rejectCell(findings, halfTimeHome.label, "half-time-above-full-time", text);
  return null;
}
