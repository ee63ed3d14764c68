import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCapped } from "../../../src/files/read-capped.js";
import { BUILT_IN_ALIASES } from "../../../src/ingest/aliases.js";
import { COMMON_SPELLINGS } from "../../../src/ingest/matching/spellings.js";
import { parseOpenfootball } from "../../../src/ingest/parse/feed/openfootball.js";
import { parseFootballData } from "../../../src/ingest/parse/football-data.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";

type Days = ReadonlyMap<string, ReadonlySet<number>>;

function homeDays(records: readonly { readonly home: string; readonly day: number }[]): Days {
  const days = new Map<string, Set<number>>();
  for (const { home, day } of records) days.set(home, (days.get(home) ?? new Set()).add(day));
  return days;
}

const two = (year: number): string => String(year % 100).padStart(2, "0");

/** A league's season by openfootball and by football-data.co.uk; null where one of them is not there. */
function season(
  file: string,
  code: string,
  year: number,
): { readonly theirs: Days; readonly house: Days } | null {
  const path = sharedPath(`data/openfootball/football.json/${year}-${two(year + 1)}/${file}.json.gz`);
  const own = sharedPath(`data/football-data.co.uk/mmz4281/${two(year)}${two(year + 1)}/${code}.csv.gz`);
  if (!existsSync(path) || !existsSync(own)) return null;
  const feed = parseOpenfootball(readCapped(path), { name: path, receivedAt: 0 });
  const house = parseFootballData(readCapped(own), { name: own });
  if (feed.kind === "refused" || house.kind === "refused") return null;
  return { theirs: homeDays(feed.records), house: homeDays(house.records) };
}

const share = (a: ReadonlySet<number>, b: ReadonlySet<number>): number =>
  [...a].filter((day) => b.has(day)).length / Math.max(a.size, b.size);

describe.skipIf(!sharedAvailable)("common spellings", () => {
  it("are at home on the days of the club they mean, in every season of 15 and three leagues", () => {
    const latest = (country: string, name: string): string =>
      BUILT_IN_ALIASES.find((one) => one.source !== "*" && one.country === country && one.alias === name)
        ?.team ?? name;
    const wrong: string[] = [];
    let told = 0;
    for (const [file, code, country] of [
      ["en.1", "E0", "England"],
      ["de.1", "D1", "Germany"],
      ["es.1", "SP1", "Spain"],
    ] as const)
      for (let year = 2010; year <= 2024; year++) {
        const days = season(file, code, year);
        for (const [name, theirs] of days?.theirs ?? []) {
          const spelling = COMMON_SPELLINGS.find((one) => one.country === country && one.alias === name);
          if (!spelling) continue;
          told++;
          const best = [...(days?.house ?? [])].reduce((a, b) =>
            share(theirs, b[1]) > share(theirs, a[1]) ? b : a,
          );
          if (latest(country, best[0]) !== spelling.team)
            wrong.push(`${code} ${year}: ${name} is ${best[0]}`);
        }
      }
    console.info(`spellings told by their matches: ${told} times, wrong ${wrong.length}`);
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(300);
  });
});
