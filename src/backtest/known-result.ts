import type { Instant } from "../core/clock.js";
import type { Fixture, PlayedMatch, Result } from "../domain/fixture.js";

/** A result through time: `revisions` ascending, the last one is the truth that bets are settled by. */
export interface KnownResult {
  readonly fixture: Fixture;
  readonly revisions: readonly Result[];
}

/** Results with all their revisions, by fixture id. */
export function knownResults(
  matches: readonly PlayedMatch[],
  revisions: readonly Result[],
): ReadonlyMap<number, KnownResult> {
  const corrected = new Map<number, Map<number, Result>>();
  for (const revision of revisions) {
    const known = corrected.get(revision.fixtureId) ?? new Map<number, Result>();
    corrected.set(revision.fixtureId, known.set(revision.revision, revision));
  }
  return new Map(
    matches.map(({ fixture, result }) => {
      const all = corrected.get(fixture.id) ?? new Map<number, Result>();
      all.set(result.revision, result);
      return [
        fixture.id,
        { fixture, revisions: [...all.values()].sort((a, b) => a.revision - b.revision) },
      ] as const;
    }),
  );
}

/** When a result could first be known. */
export function firstKnownAt({ revisions }: KnownResult): Instant {
  return revisions[0].knownAt;
}

/** The revision that stood at an instant; the first one before it was known at all. */
export function standingAt({ revisions }: KnownResult, asOf: Instant): Result {
  let standing = revisions[0];
  for (const revision of revisions) if (revision.knownAt <= asOf) standing = revision;
  return standing;
}

/** The score as last corrected: what all figures count. */
export function finalResult({ revisions }: KnownResult): Result {
  return revisions[revisions.length - 1];
}
