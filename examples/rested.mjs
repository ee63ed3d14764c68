/** The contract this file was written for. */
export const apiVersion = 1;

const LONGER = 3;

/**
 * Picks for one fixture. `view` is frozen: fixture, asOf, books with prices and chances, form of both sides oldest
 * first, expected goals, account. The answer depends on nothing else: no clock, no files, no random numbers.
 */
export function decide(view) {
  const home = daysOfRest(view.fixture.day, view.form.home);
  const away = daysOfRest(view.fixture.day, view.form.away);
  if (home === null || away === null || home - away < LONGER) return [];
  return [{ market: "MATCH_ODDS", runner: "HOME", because: `rested ${home} days against ${away}` }];
}

/** Days since the last match that is known; null without one and after a long pause. */
function daysOfRest(day, matches) {
  const last = matches.at(-1);
  if (last === undefined) return null;
  const days = day - last.day;
  return days > 30 ? null : days;
}
