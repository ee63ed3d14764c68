import { compareKickOff, type PlayedMatch } from "../domain/fixture.js";

/**
 * The matches in kick-off order, each fixture once, whatever the order and number of copies given.
 *
 * Of several revisions of a result the highest counts. A replay over this order gives the same ratings on every
 * rebuild, and running it twice counts nothing twice.
 */
export function chronological(matches: readonly PlayedMatch[]): PlayedMatch[] {
  const byFixture = new Map<number, PlayedMatch>();
  for (const match of matches) {
    const known = byFixture.get(match.fixture.id);
    if (!known || match.result.revision > known.result.revision) byFixture.set(match.fixture.id, match);
  }
  return [...byFixture.values()].sort(
    (a, b) => compareKickOff(a.fixture, b.fixture) || a.fixture.id - b.fixture.id,
  );
}
