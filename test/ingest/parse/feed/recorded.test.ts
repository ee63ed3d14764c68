import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../../src/core/day.js";
import { readCapped } from "../../../../src/files/read-capped.js";
import type { ParsedFeed } from "../../../../src/ingest/parse/feed/draft.js";
import type { FeedRefusal } from "../../../../src/ingest/parse/feed/refusal.js";
import { feedByName } from "../../../../src/ingest/sources/feeds.js";
import { sharedAvailable, sharedPath } from "../../../support/shared.js";

const RECEIVED = Date.UTC(2026, 0, 1);

function read(source: string, path: string, league?: string): ParsedFeed | FeedRefusal {
  const feed = feedByName(source);
  const name = sharedPath(`data/${source}/${path}`);
  if (!feed) throw new Error(`no source ${source}`);
  return feed.parse(readCapped(name), { name, receivedAt: RECEIVED, league });
}

function parsed(source: string, path: string, league?: string): ParsedFeed {
  const reading = read(source, path, league);
  if (reading.kind === "refused") throw new Error(`${path}: ${reading.text}`);
  return reading;
}

/** What is counted of a document, in numbers that another program can count as well. */
function counts(feed: ParsedFeed) {
  const rejects = (scope: string) => feed.rejects.filter((one) => one.scope === scope).length;
  return {
    rows: feed.rows,
    records: feed.records.length,
    events: feed.events.length,
    ratings: feed.ratings.length,
    blank: feed.blank,
    refused: rejects("row"),
    cells: rejects("cell"),
    goals: feed.records.filter(({ goals }) => goals !== null).length,
    prices: [...feed.records, ...feed.events].reduce((sum, { quotes }) => sum + quotes.length, 0),
    xg: feed.records.filter(({ expectedGoals }) => expectedGoals !== undefined).length,
  };
}

const ZERO = {
  records: 0,
  events: 0,
  ratings: 0,
  blank: 0,
  refused: 0,
  cells: 0,
  goals: 0,
  prices: 0,
  xg: 0,
};

/**
 * Counts by jq, with F for the file: events `jq length F`, prices `jq '[.[].bookmakers[].markets[].outcomes[]]|length'`,
 * matches with a result `jq '[.api.fixtures[]|select(.statusShort=="FT")]|length'` or, in football-data.org's,
 * `jq '.body|fromjson|[.matches[]|select(.status=="FINISHED" and .score.duration=="REGULAR")]|length'`; those after
 * extra time without a score of 90 minutes are the cells. football.json: `jq '.matches|length'`. Tables: `wc -l`
 * without the header; shots by match with a dozen lines of another language.
 */
const RECORDED: readonly (readonly [source: string, path: string, counts: object])[] = [
  [
    "the-odds-api",
    "fantasy_football/v4-epl-2024-03-27.json.gz",
    { ...ZERO, rows: 30, records: 30, prices: 1281 },
  ],
  [
    "the-odds-api",
    "parlay_tracker/soccer_epl-h2h-2024-08-19.json",
    { ...ZERO, rows: 11, records: 11, prices: 33 },
  ],
  [
    "api-football",
    "Storpe/v2-fixtures-ligue1-2019.json.gz",
    { ...ZERO, rows: 380, records: 380, goals: 177 },
  ],
  ["api-football", "Storpe/v2-odds-ligue1-2019.json.gz", { ...ZERO, rows: 20, events: 20, prices: 833 }],
  ["api-football", "live-fut/fixtures-live-2024-02-21.json", { ...ZERO, rows: 14, records: 14 }],
  ["api-football", "API-Football-Collector/fixtures_single.json", { ...ZERO, rows: 1, records: 1, goals: 1 }],
  [
    "football-data.org",
    "php-football-data/Competition/Competition-2002-Matches.json.gz",
    { ...ZERO, rows: 306, records: 306, goals: 54 },
  ],
  [
    "football-data.org",
    "php-football-data/Competition/Competition-2001-Matches.json.gz",
    { ...ZERO, rows: 185, records: 185, goals: 94, cells: 11 },
  ],
  ["football-data.org", "php-football-data/Match/Matches.json.gz", { ...ZERO, rows: 34, records: 34 }],
  [
    "sportmonks",
    "v2-adrenalin-scores/fixtures-2018-12-02.json",
    { ...ZERO, rows: 15, records: 15, goals: 15 },
  ],
  // Neither of these says who is at home: `jq '[.data|..|.participants?]'` finds none.
  ["sportmonks", "v3-statistico-go-client/fixtures.fixturesResponse.json", { ...ZERO, rows: 1, refused: 1 }],
  ["sportmonks", "v3-php-mocks/fixture_collection_data.json", { ...ZERO, rows: 2, refused: 2 }],
  ["sportmonks", "v3-php-mocks/odd_collection_data.json", { ...ZERO, rows: 2, events: 2, prices: 2 }],
  // The price beside `dp3` and `probability` that say otherwise: both rows are set aside.
  ["sportmonks", "v3-odds-checker/odds.overUnderGoalsOddsResponse.json", { ...ZERO, rows: 2, refused: 2 }],
  // A winning margin: a market that is not kept.
  ["sportmonks", "v3-statistico-go-client/odds.oddsResponse.json", { ...ZERO, rows: 1, blank: 1 }],
  // 3 of the result, 10 of handicaps and 10 of totals.
  [
    "pinnacle",
    "rpl-fantasy-helper/soccer-markets-2022-09-19.json",
    { ...ZERO, rows: 1, records: 1, prices: 23 },
  ],
  [
    "understat",
    "scraping-understat-dataset/epl/shots_epl_18-19.csv.gz",
    { ...ZERO, rows: 379, records: 379, goals: 379, xg: 379 },
  ],
  ["clubelo", "proton4444-clubelo/2025-11-23.csv", { ...ZERO, rows: 632, ratings: 630, blank: 2 }],
  ["footballcsv", "cache.footballdata/2018-19/de.1.csv", { ...ZERO, rows: 306, records: 306, goals: 306 }],
];

describe.skipIf(!sharedAvailable)("recorded answers", () => {
  it.each(RECORDED)("of %s: %s", (source, path, expected) => {
    expect(counts(parsed(source, path))).toEqual(expected);
  });

  it("give the best back and lay of an exchange at their instant", () => {
    const { records, sources } = parsed("the-odds-api", "fantasy_football/v4-epl-2024-03-27.json.gz");
    const [first] = records;
    // jq '.[0].bookmakers[]|select(.key=="betfair_ex_eu")'
    expect(first).toMatchObject({ league: "E0", season: 2023, home: "Newcastle United", minutes: 750 });
    expect(first?.day).toBe(dayOf(2024, 3, 30));
    const exchange = first?.quotes.filter(({ kind }) => kind.source === "BFE") ?? [];
    expect(exchange.map(({ kind, price }) => [kind.side, kind.runner, price])).toEqual([
      ["BACK", "HOME", 1.9],
      ["BACK", "AWAY", 4],
      ["BACK", "DRAW", 4.3],
      ["LAY", "HOME", 1.91],
      ["LAY", "AWAY", 4.1],
      ["LAY", "DRAW", 4.4],
    ]);
    expect(new Set(exchange.map(({ observedAt }) => observedAt))).toEqual(
      new Set([Date.UTC(2024, 2, 27, 18, 3, 34)]),
    );
    expect(sources.find(({ code }) => code === "BFE")?.kind).toBe("exchange");
    expect(records.flatMap(({ quotes }) => quotes).filter(({ kind }) => kind.side === "LAY")).toHaveLength(
      132,
    );
  });

  it("have every event of the odds among the fixtures", () => {
    const fixtures = parsed("api-football", "Storpe/v2-fixtures-ligue1-2019.json.gz").records;
    const known = new Set(fixtures.map(({ eventId }) => eventId));
    const odds = parsed("api-football", "Storpe/v2-odds-ligue1-2019.json.gz").events;
    expect(odds.filter(({ eventId }) => !known.has(eventId))).toEqual([]);
    expect(fixtures[0]).toMatchObject({ league: "F1", season: 2019, home: "Monaco", away: "Lyon" });
    expect(fixtures[0]?.goals).toEqual({ homeGoals: 0, awayGoals: 3, halfTimeHome: 0, halfTimeAway: 2 });
  });

  it("of Pinnacle's shape keep stakes, lines and the home side's handicap", () => {
    const [record] = parsed("pinnacle", "rpl-fantasy-helper/soccer-markets-2022-09-19.json").records;
    const of = (market: string) => record?.quotes.filter(({ kind }) => kind.market === market) ?? [];
    expect(of("MATCH_ODDS").map(({ price, size }) => [price, size])).toEqual([
      [3.68, 500],
      [3.54, 500],
      [1.99, 500],
    ]);
    expect(of("OVER_UNDER_25").map(({ price, size, line }) => [price, size, line])).toEqual([
      [1.99, 325, 0],
      [1.854, 325, 0],
    ]);
    expect(of("ASIAN_HANDICAP").find(({ line }) => line === 2)).toMatchObject({ price: 1.869, size: 675 });
  });

  it("of Understat sum the shots of a match", () => {
    const { records } = parsed("understat", "scraping-understat-dataset/epl/shots_epl_18-19.csv.gz");
    const first = records.find(({ eventId }) => eventId === "9197");
    expect(first).toMatchObject({ home: "Manchester United", away: "Leicester", league: "E0" });
    expect(first?.goals).toMatchObject({ homeGoals: 2, awayGoals: 1 });
    expect(first?.expectedGoals).toMatchObject({ homeShots: 8, awayShots: 13 });
    expect(first?.expectedGoals?.home).toBeCloseTo(1.5136987231671806, 12);
    const sum = records.reduce((all, { expectedGoals: x }) => all + (x?.home ?? 0) + (x?.away ?? 0), 0);
    expect(sum).toBeCloseTo(1099.786655234173, 9);
  });

  it("of Understat want to know their league", () => {
    const path = "understatAPI/league_datesdata.json.gz";
    expect(read("understat", path)).toMatchObject({ kind: "refused", rule: "league-missing" });
    const season = parsed("understat", path, "E0");
    expect(counts(season)).toEqual({ ...ZERO, rows: 380, records: 380, goals: 276, xg: 276 });
    const sum = season.records.reduce(
      (all, { expectedGoals: x }) => all + (x?.home ?? 0) + (x?.away ?? 0),
      0,
    );
    expect(sum).toBeCloseTo(742.8384371000002, 9);
    const info = parsed("understat", "understatAPI/match_matchinfo.json.gz");
    expect(info.records[0]?.expectedGoals).toEqual({
      home: 0.742397,
      away: 0.584016,
      homeShots: 8,
      awayShots: 11,
    });
  });

  it.each([
    ["sportmonks", "v3-statistico-go-client/http.rateLimitErrorResponse.json", "source-error"],
    ["sportmonks", "v3-statistico-go-client/venues.venueResponse.json", "feed-not-this"],
    ["api-football", "API-Football-Collector/standings.json", "feed-not-this"],
    ["football-data.org", "php-football-data/Area/Areas.json.gz", "feed-not-this"],
    ["engsoccerdata", "teamnames.csv.gz", "feed-not-this"],
  ])("of %s that are about something else are refused: %s", (source, path, rule) => {
    expect(read(source, path)).toMatchObject({ kind: "refused", rule });
  });
});

describe.skipIf(!sharedAvailable)("openfootball", () => {
  // Each Football.TXT file says in its head how many matches it has.
  const folder = sharedPath("data/openfootball/england");
  const files = sharedAvailable
    ? ["2019-20", "2024-25"].flatMap((season) =>
        readdirSync(`${folder}/${season}`).map((file) => `${season}/${file}`),
      )
    : [];

  it.each(files)("has as many matches in %s as its head says", (file) => {
    const feed = parsed("openfootball", `england/${file}`);
    const text = new TextDecoder().decode(readCapped(`${folder}/${file}`));
    expect(feed.rows).toBe(Number(/^# Matches\s+(\d+)/m.exec(text)?.[1]));
    expect(feed.blank).toBe(text.split("[cancelled]").length - 1);
    expect({ rejects: feed.rejects, goals: counts(feed).goals }).toEqual({
      rejects: [],
      goals: feed.records.length,
    });
  });

  it("says the same in Football.TXT and football.json", () => {
    const scores = (path: string): string[] =>
      parsed("openfootball", path)
        .records.map(
          ({ day, home, goals }) =>
            `${day} ${home.replace(/ FC$/, "")} ${goals?.homeGoals}-${goals?.awayGoals}`,
        )
        .sort();
    expect(scores("england/2024-25/1-premierleague.txt")).toEqual(
      scores("football.json/2024-25/en.1.json.gz"),
    );
  });

  it("reads a score after extra time and penalties as that of 90 minutes", () => {
    const cup = parsed("openfootball", "england/2024-25/eflcup.txt");
    // 15: Walsall FC v Exeter City 4-3 pen. (1-1, 0-1)
    expect(cup.records.find(({ line }) => line === 15)?.goals).toEqual({
      homeGoals: 1,
      awayGoals: 1,
      halfTimeHome: 0,
      halfTimeAway: 1,
    });
  });

  it("keeps an awarded match and says so, on United Kingdom clocks", () => {
    const season = parsed("openfootball", "football.json/2024-25/de.1.json.gz");
    expect(season.warnings).toMatchObject([
      { rule: "awarded", text: "1. FC Union Berlin - VfL Bochum 1848" },
    ]);
    // 20:30 in Germany.
    expect(season.records[0]).toMatchObject({ day: dayOf(2024, 8, 23), minutes: 19 * 60 + 30, season: 2024 });
  });
});
