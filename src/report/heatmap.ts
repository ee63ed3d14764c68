import { invariant } from "../core/assert.js";
import { displayWidth } from "./display-width.js";

export interface HeatmapStyle {
  readonly color: boolean;
  /** What rows, columns and axes are called; home and away goals from 0 on when left out. */
  readonly labels?: {
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    readonly title: string;
  };
}

const SHADES = [" ", "░", "▒", "▓", "█"];
// A ramp of the 256-colour palette from pale to deep blue, dark letters on the first four.
const BACKGROUNDS = [255, 195, 153, 117, 33, 26];

/**
 * A matrix of probabilities, 0 to 1, for a terminal: percent with one decimal and a shade that grows with the value.
 *
 * With `color` the shade is the background instead of a sign.
 */
export function renderHeatmap(
  cells: readonly (readonly number[])[],
  { color, labels }: HeatmapStyle,
): string {
  const highest = Math.max(...cells.flat());
  invariant(highest > 0 && highest <= 1, `probabilities must lie in 0 to 1, the highest was ${highest}`);
  const rows = labels?.rows ?? cells.map((_, i) => String(i).padStart(3));
  const margin = Math.max(...rows.map(displayWidth));
  const columns = (labels?.columns ?? cells[0].map((_, j) => String(j)))
    .map((label) => label.padStart(5))
    .join(" ");
  const lines = cells.map((row, i) => {
    const shown = row.map((value) => (color ? coloured(value, highest) : shaded(value, highest)));
    return `${rows[i]}${" ".repeat(margin - displayWidth(rows[i]))}  ${shown.join(" ")}`;
  });
  const head = `${" ".repeat(margin + 2)}${columns}  ${labels?.title ?? "away goals"}`;
  return [head, ...lines, ...(labels ? [] : ["home"])].map((line) => `${line.trimEnd()}\n`).join("");
}

function shaded(value: number, highest: number): string {
  return `${SHADES[step(value, highest, SHADES.length)]}${percent(value)}`;
}

function coloured(value: number, highest: number): string {
  const level = step(value, highest, BACKGROUNDS.length);
  const letters = level < 4 ? 16 : 231;
  return `\u001b[48;5;${BACKGROUNDS[level]};38;5;${letters}m${percent(value).padStart(5)}\u001b[0m`;
}

function step(value: number, highest: number, steps: number): number {
  return Math.min(steps - 1, Math.floor((value / highest) * steps));
}

function percent(value: number): string {
  return (100 * value).toFixed(1).padStart(4);
}
