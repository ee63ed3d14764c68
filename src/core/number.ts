/**
 * The one way a text becomes a number: an optional minus, ASCII digits, an optional point with digits.
 *
 * Returns null for everything else: empty text, spaces, decimal commas, thousands separators, exponents, hex, Arabic
 * digits, "NaN" and "Infinity". A number is never read by accident.
 */
export function parseNumber(text: string): number | null {
  return /^-?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})$/.test(text) ? Number(text) : null;
}

/** A whole number of at most nine digits, not negative; null for everything else. */
export function parseCount(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** `value` rounded half away from zero to `digits` decimals: for figures that people read, never for sums. */
export function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.round(Math.abs(value) * scale)) / scale;
}
