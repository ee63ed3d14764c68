import { similarity } from "../../core/text.js";

/** From this similarity on, a new name is put before a person: it may be a known club under another spelling. */
export const RESEMBLANCE_FLOOR = 0.8;

/** A name without case and accents: "Málaga" and "malaga" are one, "Dundee" and "Dundee United" are not. */
export function foldName(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Similarity of two folded names; 0 at once when their lengths alone keep it below the floor. */
export function resemblance(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  const most = 1 - Math.abs(a.length - b.length) / longest;
  return most < RESEMBLANCE_FLOOR ? 0 : similarity(a, b);
}

/**
 * The candidate most like `folded`, when it is alike enough to ask; null otherwise. Ties go to the first candidate.
 *
 * Never a reason to merge: nested and similar names are often different clubs.
 */
export function mostResembling<T extends { readonly folded: string }>(
  folded: string,
  candidates: readonly T[],
): { readonly candidate: T; readonly score: number } | null {
  let best: { readonly candidate: T; readonly score: number } | null = null;
  for (const candidate of candidates) {
    const score = resemblance(folded, candidate.folded);
    if (score >= RESEMBLANCE_FLOOR && score > (best?.score ?? 0)) best = { candidate, score };
  }
  return best;
}
