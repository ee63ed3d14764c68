import { describe, expect, it } from "vitest";
import { likelyClub, suggestClubs } from "../../src/domain/club-likeness.js";
import { normalName } from "../../src/domain/club-name.js";
import { readCapped } from "../../src/files/read-capped.js";
import { parseOpenfootball } from "../../src/ingest/parse/feed/openfootball.js";
import { readTable } from "../../src/ingest/parse/feed/table.js";
import { parseFootballData } from "../../src/ingest/parse/football-data.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";

describe("a club's name", () => {
  it.each([
    ["Arsenal FC", "arsenal"],
    ["FC Köln", "koln"],
    ["Sunderland AFC", "sunderland"],
    ["AFC Wimbledon", "afc wimbledon"],
    ["Brighton & Hove Albion", "brighton and hove albion"],
    ["Nott'm Forest", "nottm forest"],
    ["FC", "fc"],
    ["Bodø/Glimt", "bodo glimt"],
    ["Widzew Łódź", "widzew lodz"],
  ])("%s is compared as %s", (name, expected) => {
    expect(normalName(name)).toBe(expected);
  });

  const England = [
    "Man United",
    "Man City",
    "Sheffield United",
    "Sheffield Weds",
    "QPR",
    "Nott'm Forest",
    "Wolves",
  ];

  it.each([
    ["Manchester United", "Man United"],
    ["Manchester City FC", "Man City"],
    ["Sheffield Wednesday", "Sheffield Weds"],
    ["Queens Park Rangers", "QPR"],
    ["Nottingham Forest", "Nott'm Forest"],
    ["Wolverhampton Wanderers FC", "Wolves"],
  ])("%s may mean %s, the likeliest first", (name, expected) => {
    expect(suggestClubs(name, England)[0]?.name).toBe(expected);
  });

  it.each(["Arsenal", "Manchester United U23", "Manchester City Women", "FC United of Bury", ""])(
    "%s means none of them",
    (name) => {
      expect(suggestClubs(name, England)).toEqual([]);
    },
  );
});

/** A name of one source and what another calls the club. */
interface Pair {
  readonly country: string;
  readonly name: string;
  readonly truth: string;
}

/** How often names were right and wrong: by their normal form, and of the rest by suggestion. */
function measure(pairs: readonly Pair[], known: ReadonlyMap<string, readonly string[]>) {
  const count = {
    pairs: pairs.length,
    same: 0,
    sameWrong: 0,
    right: 0,
    wrong: 0,
    none: 0,
    falseAlarms: 0,
    rest: 0,
  };
  for (const { country, name, truth } of pairs) {
    const clubs = known.get(country) ?? [];
    const equal = clubs.filter((club) => normalName(club) === normalName(name));
    if (equal.length === 1) {
      if (equal[0] === truth) count.same++;
      else count.sameWrong++;
      continue;
    }
    count.rest++;
    const first = likelyClub(name, clubs);
    if (first?.name === truth) count.right++;
    else if (first) count.wrong++;
    else count.none++;
    // The same name where its club is not: whatever is suggested then is wrong.
    if (
      likelyClub(
        name,
        clubs.filter((club) => club !== truth),
      )
    )
      count.falseAlarms++;
  }
  const { same, sameWrong, right, wrong, none, falseAlarms, rest } = count;
  console.info(
    `names=${pairs.length} same=${same} sameWrong=${sameWrong} rest=${rest} right=${right} wrong=${wrong} none=${none} falseAlarms=${falseAlarms} precision=${(right / (right + wrong)).toFixed(3)} recall=${(right / rest).toFixed(3)}`,
  );
  return count;
}

/** The map of two sources' names, where both have the club; its own line calls one club by a neighbour's name. */
function mapped(): { readonly pairs: readonly Pair[]; readonly known: Map<string, string[]> } {
  const known = new Map<string, string[]>();
  const clubs = readTable(readCapped(sharedPath("data/clubelo/proton4444-clubelo/2025-11-23.csv")), ["Club"]);
  if (clubs.kind === "table")
    clubs.each((row) => {
      if (row) known.set(row.cell("Country"), [...(known.get(row.cell("Country")) ?? []), row.cell("Club")]);
    });
  const pairs: Pair[] = [];
  const map = readTable(readCapped(sharedPath("data/team-names/club-rankings-team-mapping.csv")), [
    "country",
  ]);
  if (map.kind === "table")
    map.each((row) => {
      const truth = row?.cell("team_clubelo") ?? "";
      const country = row?.cell("country") ?? "";
      if (row && known.get(country)?.includes(truth))
        pairs.push({ country, name: row.cell("team_opta"), truth });
    });
  return { pairs, known };
}

/** Names of openfootball and football-data.co.uk that play at home on the same days of a season. */
function aligned(): { readonly pairs: readonly Pair[]; readonly known: Map<string, string[]> } {
  const known = new Map<string, string[]>();
  const pairs: Pair[] = [];
  for (const [file, code] of [
    ["en.1", "E0"],
    ["de.1", "D1"],
    ["es.1", "SP1"],
  ] as const) {
    const path = sharedPath(`data/openfootball/football.json/2018-19/${file}.json.gz`);
    const feed = parseOpenfootball(readCapped(path), { name: path, receivedAt: 0 });
    const season = sharedPath(`data/football-data.co.uk/mmz4281/1819/${code}.csv.gz`);
    const house = parseFootballData(readCapped(season), { name: season });
    if (feed.kind === "refused" || house.kind === "refused") throw new Error(file);
    const theirs = homeDays(feed.records);
    known.set(code, [...homeDays(house.records).values()].flat());
    for (const [days, names] of homeDays(house.records))
      for (const name of theirs.get(days) ?? [])
        if (names.length === 1) pairs.push({ country: code, name, truth: names[0] ?? "" });
  }
  return { pairs, known };
}

/** Clubs by the days on which they are at home. */
function homeDays(
  records: readonly { readonly home: string; readonly day: number }[],
): Map<string, string[]> {
  const days = new Map<string, number[]>();
  for (const { home, day } of records) days.set(home, [...(days.get(home) ?? []), day]);
  const clubs = new Map<string, string[]>();
  for (const [club, list] of days) {
    const key = list.sort((a, b) => a - b).join(" ");
    clubs.set(key, [...(clubs.get(key) ?? []), club]);
  }
  return clubs;
}

describe.skipIf(!sharedAvailable)("suggestions for real names", () => {
  it("are right in a map of two sources that a person made", () => {
    const { pairs, known } = mapped();
    const { sameWrong, right, wrong, rest } = measure(pairs, known);
    expect(sameWrong).toBe(0);
    expect(right / (right + wrong)).toBeGreaterThan(0.97);
    expect(right / rest).toBeGreaterThan(0.8);
  });

  it("are right where two sources play the same matches", () => {
    const { pairs, known } = aligned();
    expect(pairs.length).toBeGreaterThan(50);
    const { sameWrong, right, wrong, rest } = measure(pairs, known);
    expect(sameWrong).toBe(0);
    expect(right / (right + wrong)).toBeGreaterThan(0.95);
    expect(right / rest).toBeGreaterThan(0.8);
  });
});
