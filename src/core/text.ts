/** Trim and collapse every kind of Unicode space, byte-order marks and no-break spaces included. */
export function collapseSpace(text: string): string {
  return text.replace(/[\s\u0085\u200b\u2060\ufeff]+/gu, " ").trim();
}

/** Text that is safe to show in a terminal: control characters, escapes and direction overrides removed. */
export function stripControls(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}

/**
 * Edit distance with adjacent swaps (optimal string alignment), as a similarity in [0, 1]; 1 = equal.
 *
 * Cost is the product of the lengths: for names, not for documents.
 */
export function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - editDistance(a, b) / longest;
}

function editDistance(a: string, b: string): number {
  let twoAgo: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const substituted = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(
        previous[j] + 1,
        row[j - 1] + 1,
        substituted,
        swapped ? twoAgo[j - 2] + 1 : substituted,
      );
    }
    twoAgo = previous;
    previous = row;
  }
  return previous[b.length];
}

/** The candidates most like `text`, best first, at least `floor` similar: for "did you mean". */
export function nearest(text: string, candidates: readonly string[], floor = 0.5, most = 3): string[] {
  const folded = text.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, score: similarity(folded, candidate.toLowerCase()) }))
    .filter(({ score }) => score >= floor)
    .sort((x, y) => y.score - x.score || (x.candidate < y.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** A number in [0, 2^32) that is the same for a text tomorrow: FNV-1a over UTF-16 code units. Not for secrets. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
