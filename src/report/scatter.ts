import { invariant } from "../core/assert.js";
import { showNumber } from "./column.js";
import { linearScale, niceRange, niceTicks } from "./svg/scale.js";

export interface Scatter {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly xName: string;
  readonly yName: string;
  /** y at x = 0 and what y gains for each x; null for none. */
  readonly line: { readonly intercept: number; readonly slope: number } | null;
}

export interface ScatterSize {
  /** Signs across and down, axes included. */
  readonly width: number;
  readonly height: number;
}

// More points in a cell, more ink: one, a few, some, many.
const INK = ["·", "∘", "○", "●"];
const LINE = "─";

/**
 * Points as signs in a grid, with axes and the fitted line where no point hides it. Throws InvariantError without points.
 */
export function renderScatter(scatter: Scatter, { width, height }: ScatterSize): string {
  invariant(scatter.points.length > 0, "a scatter plot needs a point");
  const x = niceRange(...extent(scatter.points.map(([value]) => value)), 6);
  const y = niceRange(...extent(scatter.points.map(([, value]) => value)), 5);
  const yTicks = niceTicks(y[0], y[1], 5);
  const margin = Math.max(...yTicks.map((tick) => showNumber(tick).length)) + 1;
  const [columns, rows] = [Math.max(10, width - margin - 1), Math.max(4, height - 3)];
  const column = cellScale(x, columns);
  const row = cellScale([y[1], y[0]], rows);
  const grid = inked(scatter, { columns, rows, column, row, x });
  const labels = new Map(yTicks.map((tick) => [row(tick), showNumber(tick)]));
  const lines = grid.map((signs, r) => {
    const label = labels.get(r);
    return `${(label ?? "").padStart(margin)}${label === undefined ? "│" : "┤"}${signs.join("")}`;
  });
  return `${[`${scatter.yName}`, ...lines, ...bottom(scatter.xName, x, columns, margin, column)].map((line) => line.trimEnd()).join("\n")}\n`;
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly column: (x: number) => number;
  readonly row: (y: number) => number;
  readonly x: readonly [number, number];
}

function inked({ points, line }: Scatter, { columns, rows, column, row, x }: Grid): string[][] {
  const counts = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (const [a, b] of points) counts[row(b)][column(a)]++;
  const most = Math.max(...counts.flat());
  const grid = counts.map((cells) => cells.map((count) => (count === 0 ? " " : ink(count, most))));
  for (let c = 0; line !== null && c < columns; c++) {
    const y = line.intercept + line.slope * (x[0] + ((c + 0.5) / columns) * (x[1] - x[0]));
    const r = row(y);
    if (r >= 0 && r < rows && grid[r][c] === " ") grid[r][c] = LINE;
  }
  return grid;
}

/** By the logarithm of the count, so that a lone point beside a crowd is still seen. */
function ink(count: number, most: number): string {
  const share = most <= 1 ? 0 : Math.log(count) / Math.log(most);
  return INK[Math.min(INK.length - 1, Math.floor(share * INK.length))];
}

function bottom(
  name: string,
  x: readonly [number, number],
  columns: number,
  margin: number,
  column: (x: number) => number,
): string[] {
  const ticks = niceTicks(x[0], x[1], Math.max(2, Math.floor(columns / 12)));
  const axis = new Array<string>(columns).fill("─");
  const labels = new Array<string>(columns + margin + 8).fill(" ");
  for (const tick of ticks) {
    const at = column(tick);
    axis[at] = "┬";
    const text = showNumber(tick);
    const from = Math.max(0, margin + 1 + at - Math.floor(text.length / 2));
    [...text].forEach((sign, i) => {
      labels[from + i] = sign;
    });
  }
  return [`${" ".repeat(margin)}└${axis.join("")}`, labels.join(""), `${" ".repeat(margin + 1)}${name}`];
}

/** The cell of a value between the ends of a range, which may run down. */
function cellScale([from, to]: readonly [number, number], cells: number): (value: number) => number {
  const sign = to > from ? 1 : -1;
  const place = linearScale([Math.min(sign * from, sign * to), Math.max(sign * from, sign * to)], [0, cells]);
  return (value) => {
    const cell = Math.floor(place(sign * value));
    return place(sign * value) === cells ? cells - 1 : cell;
  };
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
