import { type Markup, markup } from "../html/markup.js";
import { round } from "./axes.js";
import { svgElement } from "./style.js";

/** A matrix of amounts around zero; null = nothing happened there. */
export interface HeatMap {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly (readonly (number | null)[])[];
  readonly label: (value: number) => string;
}

const ROW_HEIGHT = 28;
const HEAD = 22;

/** Cells in the colour of gain or loss, deeper for more, each with its number. */
export function heatMap(map: HeatMap): Markup {
  const left = 12 + 7 * Math.max(0, ...map.rows.map((row) => row.length));
  const cellWidth = (map.width - left) / Math.max(1, map.columns.length);
  const most = Math.max(0, ...map.cells.flat().map((value) => Math.abs(value ?? 0)));
  const heads = map.columns.map(
    (column, c) =>
      markup`<text x="${round(left + (c + 0.5) * cellWidth)}" y="14" text-anchor="middle">${column}</text>`,
  );
  const lines = map.rows.map((row, r) => {
    const top = HEAD + r * ROW_HEIGHT;
    const cells = map.cells[r].map((value, c) =>
      cell(map, value, most, `${row} ${map.columns[c]}`, [left + c * cellWidth, top, cellWidth]),
    );
    return markup`<text x="${left - 8}" y="${top + 18}" text-anchor="end">${row}</text>${cells}`;
  });
  return svgElement({ ...map, height: HEAD + ROW_HEIGHT * map.rows.length }, markup`${heads}${lines}`);
}

function cell(
  { label }: HeatMap,
  value: number | null,
  most: number,
  name: string,
  [x, y, width]: readonly [number, number, number],
): Markup {
  const box = markup`x="${round(x + 1)}" y="${y + 1}" width="${round(width - 2)}" height="${ROW_HEIGHT - 2}" rx="3"`;
  if (value === null) return markup`<rect class="fill-tint" ${box}/>`;
  const depth = most === 0 ? 0 : 0.1 + 0.55 * (Math.abs(value) / most);
  const tone = value < 0 ? "fill-loss" : "fill-gain";
  return markup`<rect class="${tone}" fill-opacity="${round(depth)}" ${box}><title>${name}: ${label(value)}</title></rect><text class="cell" x="${round(x + width / 2)}" y="${y + 18}" text-anchor="middle">${label(value)}</text>`;
}
