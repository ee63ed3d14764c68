import { invariant } from "../core/assert.js";

const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/**
 * Numbers as a line of bars, at most `width` signs: more numbers than that are averaged in even parts.
 *
 * The lowest bar is the least number, the highest the greatest; equal numbers stand in the middle. "" for none.
 */
export function sparkline(values: readonly number[], width: number): string {
  invariant(width >= 1, `a sparkline needs a width of 1 at least, was ${width}`);
  const parts = averaged(values, Math.min(values.length, Math.floor(width)));
  const low = Math.min(...parts);
  const span = Math.max(...parts) - low;
  return parts
    .map((part) => (span === 0 ? 0.5 : (part - low) / span))
    .map((share) => BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))])
    .join("");
}

/** `count` averages over even parts of `values`, in order. */
export function averaged(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / count),
      Math.floor(((i + 1) * values.length) / count),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
