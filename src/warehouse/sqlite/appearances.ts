import { invariant } from "../../core/assert.js";
import type { ClubRatingRecord, FixtureRecord } from "../port.js";
import type { Competition } from "./describe.js";

/** One name in a file: where it is first met and in which divisions it plays there. */
export interface Appearance {
  readonly name: string;
  readonly line: number;
  readonly divisions: ReadonlySet<string>;
}

/** The names of a file by country id, each in the order it is first met. */
export function appearancesByCountry(
  records: readonly FixtureRecord[],
  competitions: ReadonlyMap<string, Competition>,
  ratings: readonly ClubRatingRecord[],
  countryIdOf: (country: string) => number,
): ReadonlyMap<number, readonly Appearance[]> {
  const byCountry = new Map<number, Map<string, Appearance & { readonly divisions: Set<string> }>>();
  for (const { league, season, line, home, away } of records) {
    const countryId = competitions.get(league)?.countryId;
    invariant(countryId !== undefined, `league ${league} was not described`);
    const names = byCountry.get(countryId) ?? new Map();
    byCountry.set(countryId, names);
    for (const name of [home, away]) {
      const appearance = names.get(name) ?? { name, line, divisions: new Set() };
      appearance.divisions.add(`${league} ${season}`);
      names.set(name, appearance);
    }
  }
  for (const { country, club, line } of ratings) {
    const id = countryIdOf(country);
    const names = byCountry.get(id) ?? new Map();
    byCountry.set(id, names);
    if (!names.has(club)) names.set(club, { name: club, line, divisions: new Set() });
  }
  return new Map([...byCountry].map(([countryId, names]) => [countryId, [...names.values()]]));
}
