import { invariant } from "../core/assert.js";

/**
 * One JSON document, two spaces deep, keys in the order given, a newline at the end.
 *
 * Throws InvariantError for a number that JSON cannot hold: `null` in its place would be a lie.
 */
export function toJson(document: object): string {
  return `${serialise(document, 2)}\n`;
}

/** A JSON object a line. Throws as `toJson`. */
export function toJsonl(rows: readonly object[]): string {
  return rows.map((row) => `${serialise(row, 0)}\n`).join("");
}

function serialise(value: object, indent: number): string {
  const text = JSON.stringify(value, refuseNonFinite, indent);
  // JSON lets these stand in a string as they are; a terminal might obey them. As escapes they mean the same.
  return text.replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function refuseNonFinite(key: string, value: unknown): unknown {
  invariant(
    typeof value !== "number" || Number.isFinite(value),
    `${key} must be finite in JSON, was ${value}`,
  );
  return value;
}
