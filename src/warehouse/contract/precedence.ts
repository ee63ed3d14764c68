/** Sources whose word on a match outweighs the others': the house was built on its results and closing prices. */
const FIRST = "football-data";

/**
 * True when `source` may correct what `stored` said: the same source, or one that outweighs it. Otherwise it only fills
 * what is unknown, and where both know different things the difference is listed.
 */
export function mayCorrect(source: string, stored: string): boolean {
  return source === stored || source === FIRST;
}

/** True when an alias of `aliasSource` holds for the names of `source`: "*" is every source but the house's own. */
export function aliasHolds(aliasSource: string, source: string): boolean {
  return aliasSource === source || (aliasSource === "*" && source !== FIRST);
}
