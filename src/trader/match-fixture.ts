import { DAY_MS } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import type { CatalogueMarket } from "../exchange/venue.js";
import type { TeamAlias } from "../warehouse/port.js";
import { sidesOf } from "./runner-name.js";

/** A market's fixture, or why it has none. */
export type Match =
  | { readonly kind: "matched"; readonly fixture: Fixture }
  | { readonly kind: "unmatched"; readonly reason: string };

/** Finds the fixture of a market: both names exactly or by an alias, and the start within a day. No guessing. */
export type FixtureMatcher = (market: Pick<CatalogueMarket, "eventName" | "startsAt">) => Match;

export function fixtureMatcher(fixtures: readonly Fixture[], aliases: readonly TeamAlias[]): FixtureMatcher {
  const spelt = new Map<string, Set<string>>();
  for (const { alias, team } of aliases) add(spelt, plainName(alias), plainName(team));
  const byNames = new Map<string, Fixture[]>();
  for (const fixture of fixtures) {
    const key = `${plainName(fixture.home.name)}|${plainName(fixture.away.name)}`;
    byNames.set(key, [...(byNames.get(key) ?? []), fixture]);
  }
  const meanings = (name: string): string[] => [plainName(name), ...(spelt.get(plainName(name)) ?? [])];
  return ({ eventName, startsAt }) => {
    const sides = sidesOf(eventName);
    if (sides === null) return unmatched(`"${eventName}" is not two sides`);
    const keys = new Set(
      meanings(sides[0]).flatMap((home) => meanings(sides[1]).map((away) => `${home}|${away}`)),
    );
    const found = [...keys]
      .flatMap((key) => byNames.get(key) ?? [])
      .filter(({ kickOff }) => Math.abs(kickOff - startsAt) <= DAY_MS);
    const [fixture] = found;
    if (!fixture) return unmatched(`no fixture "${eventName}" near its start`);
    return found.length === 1
      ? { kind: "matched", fixture }
      : unmatched(`${found.length} fixtures "${eventName}"`);
  };
}

/** A name without case, accents and punctuation: "St. Étienne" and "st etienne" are one spelling. */
export function plainName(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}

function unmatched(reason: string): Match {
  return { kind: "unmatched", reason };
}
