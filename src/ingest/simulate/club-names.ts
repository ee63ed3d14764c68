import { invariant } from "../../core/assert.js";

// A colour and a landscape: plainly invented, and no club of any real league.
const COLOURS = [
  "Amber",
  "Azure",
  "Cobalt",
  "Coral",
  "Crimson",
  "Emerald",
  "Indigo",
  "Ivory",
  "Jade",
  "Lilac",
  "Magenta",
  "Maroon",
  "Ochre",
  "Olive",
  "Pewter",
  "Russet",
  "Saffron",
  "Sepia",
  "Teal",
  "Violet",
];
const LANDSCAPES = [
  "Fen",
  "Ridge",
  "Fjord",
  "Lagoon",
  "Vale",
  "Glen",
  "Marsh",
  "Crag",
  "Gorge",
  "Knoll",
  "Mesa",
  "Tarn",
  "Dunes",
  "Wold",
  "Scree",
  "Delta",
  "Prairie",
  "Strand",
  "Tundra",
  "Moor",
];

/** Name of the club with this number, 0 to 399: all different. */
export function clubName(index: number): string {
  const count = COLOURS.length;
  invariant(index >= 0 && index < count * count, `club number must be 0 to 399, was ${index}`);
  return `${COLOURS[index % count]} ${LANDSCAPES[(index + 7 * Math.floor(index / count)) % count]}`;
}

/** Names of the clubs of a division when `before` clubs are already named. */
export function clubNames(before: number, clubs: number): string[] {
  return Array.from({ length: clubs }, (_, i) => clubName(before + i));
}
