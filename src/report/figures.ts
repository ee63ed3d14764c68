import { invariant } from "../core/assert.js";

const DASH = "–";
const MINUS = "−";

/** "1,234" for pages: grouped by commas, a true minus sign; a dash for null. The same in every locale. */
export function figure(value: number | null, digits = 0): string {
  if (value === null) return DASH;
  invariant(Number.isFinite(value), `a figure must be finite, was ${value}`);
  const [whole, decimals] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  const text = decimals === undefined ? grouped : `${grouped}.${decimals}`;
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

/** As `figure`, with a plus before what is above zero. */
export function signedFigure(value: number | null, digits = 0): string {
  const text = figure(value, digits);
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A share as percent: 0.0123 is "1.2 %" with one digit. */
export function percentFigure(value: number | null, digits = 1): string {
  return value === null ? DASH : `${figure(100 * value, digits)}\u202f%`;
}

export function signedPercent(value: number | null, digits = 1): string {
  return value === null ? DASH : `${signedFigure(100 * value, digits)}\u202f%`;
}
