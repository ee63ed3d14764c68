import { DAY_MS, dayOf, dayOfInstant, formatDay, startOfDay } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import { parseHubCsv } from "../betfair/hub-csv.js";
import { parseApiFootball } from "../parse/feed/api-football.js";
import { parseClubelo } from "../parse/feed/clubelo.js";
import { parseEngsoccerdata } from "../parse/feed/engsoccerdata.js";
import { at, countOf } from "../parse/feed/field.js";
import { parseFootballDataOrg } from "../parse/feed/football-data-org.js";
import { parseFootballcsv } from "../parse/feed/footballcsv.js";
import { readJson } from "../parse/feed/json.js";
import { keyOfLeague, type LeagueNaming } from "../parse/feed/league.js";
import { parseOpenfootball } from "../parse/feed/openfootball.js";
import { parsePinnacle } from "../parse/feed/pinnacle.js";
import { parseSportmonks } from "../parse/feed/sportmonks.js";
import { parseTheOddsApi } from "../parse/feed/the-odds-api.js";
import { parseUnderstat } from "../parse/feed/understat.js";
import { type Asked, MINUTE_MS, MONTH_MS, NEVER_FINAL, type Source, type SourceRequest } from "./source.js";

const JSON_FILES = /\.json(\.gz)?$/i;
const CSV_FILES = /\.csv(\.gz)?$/i;
const lastPage = (): null => null;

/** When a season is over and its files do not change any more: the first of October after it. */
function overAt(season: Season): number {
  return startOfDay(dayOf(season + 1, 10, 1));
}

/** The leagues asked for that the source has, with its keys of them. */
function keyed(
  naming: LeagueNaming,
  { leagues }: Asked,
): { readonly league: string; readonly key: string }[] {
  return leagues.flatMap((league) => {
    const key = keyOfLeague(naming, league);
    return key === null ? [] : [{ league, key }];
  });
}

/** A request for each season of each league. */
function perSeason(
  naming: LeagueNaming,
  asked: Asked,
  urlOf: (key: string, season: Season) => string,
): SourceRequest[] {
  return keyed(naming, asked).flatMap(({ league, key }) =>
    asked.seasons.map((season) => ({
      url: `${asked.base}/${urlOf(key, season)}`,
      about: `${league} ${season}`,
      cost: 1,
      finalAfter: overAt(season),
    })),
  );
}

/** "2019-20". */
function seasonFolder(season: Season): string {
  return `${season}-${String((season + 1) % 100).padStart(2, "0")}`;
}

const theOddsApi: Source = {
  name: "the-odds-api",
  title: "The Odds API v4",
  brings: ["fixtures", "results", "odds"],
  cost: "one credit a region and market: 4 a league for two regions and two markets, 2 for scores",
  reader: "the-odds-api@1",
  files: JSON_FILES,
  parse: parseTheOddsApi,
  asking: {
    url: "https://api.the-odds-api.com",
    key: { in: "query", name: "apiKey" },
    headers: {},
    limits: [{ windowMs: MONTH_MS, most: 500 }],
    pauseMs: 200,
    next: lastPage,
    plan: (asked) =>
      keyed("the-odds-api", asked).flatMap(({ league, key }) => [
        {
          url: `${asked.base}/v4/sports/${key}/odds?regions=eu,uk&markets=h2h,totals&oddsFormat=decimal&dateFormat=iso`,
          about: `${league} odds`,
          cost: 4,
          finalAfter: NEVER_FINAL,
        },
        {
          url: `${asked.base}/v4/sports/${key}/scores?daysFrom=3&dateFormat=iso`,
          about: `${league} scores`,
          cost: 2,
          finalAfter: NEVER_FINAL,
        },
      ]),
  },
};

const apiFootball: Source = {
  name: "api-football",
  title: "API-Football v3 (v2 read)",
  brings: ["fixtures", "results", "odds"],
  cost: "one request a league's season of fixtures, one a page of odds; 100 a day on the free plan",
  reader: "api-football@1",
  files: JSON_FILES,
  parse: parseApiFootball,
  asking: {
    url: "https://v3.football.api-sports.io",
    key: { in: "header", name: "x-apisports-key" },
    headers: {},
    limits: [
      { windowMs: MINUTE_MS, most: 10 },
      { windowMs: DAY_MS, most: 100 },
    ],
    pauseMs: 200,
    next: (bytes, request) => {
      const paging = (name: string): number => countOf(at(documentOf(bytes), "paging", name)) ?? 1;
      return paging("current") < paging("total") ? paged(request, paging("current") + 1) : null;
    },
    plan: (asked) => [
      ...perSeason("api-football", asked, (key, season) => `fixtures?league=${key}&season=${season}`),
      ...perSeason("api-football", asked, (key, season) => `odds?league=${key}&season=${season}`).map(
        (request) => ({
          ...request,
          about: `${request.about} odds`,
          finalAfter: NEVER_FINAL,
        }),
      ),
    ],
  },
};

const sportmonks: Source = {
  name: "sportmonks",
  title: "Sportmonks v3 (v2 read)",
  brings: ["fixtures", "results", "odds"],
  cost: "one call a page of 50 fixtures; 3,000 an hour and kind of thing on the free plan",
  reader: "sportmonks@1",
  files: JSON_FILES,
  parse: parseSportmonks,
  asking: {
    url: "https://api.sportmonks.com",
    key: { in: "header", name: "authorization" },
    headers: {},
    limits: [{ windowMs: 60 * MINUTE_MS, most: 3000 }],
    pauseMs: 200,
    next: (bytes, request) => {
      const pagination = at(documentOf(bytes), "pagination");
      const page = countOf(at(pagination, "current_page"));
      return at(pagination, "has_more") === true && page !== null ? paged(request, page + 1) : null;
    },
    plan: (asked) => {
      const day = dayOfInstant(asked.now);
      const span = `${formatDay(day - 7)}/${formatDay(day + 14)}`;
      return keyed("sportmonks", asked).map(({ league, key }) => ({
        url: `${asked.base}/v3/football/fixtures/between/${span}?include=participants;scores;league&filters=fixtureLeagues:${key}&per_page=50`,
        about: `${league} fixtures`,
        cost: 1,
        finalAfter: NEVER_FINAL,
      }));
    },
  },
};

const footballDataOrg: Source = {
  name: "football-data.org",
  title: "football-data.org v4",
  brings: ["fixtures", "results"],
  cost: "one request a league's season; 10 a minute on the free plan",
  reader: "football-data.org@1",
  files: JSON_FILES,
  parse: parseFootballDataOrg,
  asking: {
    url: "https://api.football-data.org",
    key: { in: "header", name: "x-auth-token" },
    headers: {},
    limits: [{ windowMs: MINUTE_MS, most: 10 }],
    pauseMs: 200,
    next: lastPage,
    plan: (asked) =>
      perSeason(
        "football-data.org",
        asked,
        (key, season) => `v4/competitions/${key}/matches?season=${season}`,
      ),
  },
};

const understat: Source = {
  name: "understat",
  title: "Understat",
  brings: ["fixtures", "results", "expected goals"],
  cost: "free: one request a league's season, two seconds apart",
  reader: "understat@1",
  files: /\.(json|csv)(\.gz)?$/i,
  parse: parseUnderstat,
  asking: {
    url: "https://understat.com",
    key: null,
    headers: { "x-requested-with": "XMLHttpRequest" },
    limits: [{ windowMs: MINUTE_MS, most: 20 }],
    pauseMs: 2000,
    next: lastPage,
    plan: (asked) => perSeason("understat", asked, (key, season) => `getLeagueData/${key}/${season}`),
  },
};

const clubelo: Source = {
  name: "clubelo",
  title: "ClubElo",
  brings: ["ratings"],
  cost: "free: one request a day of ratings",
  reader: "clubelo@1",
  files: CSV_FILES,
  parse: parseClubelo,
  asking: {
    url: "http://api.clubelo.com",
    key: null,
    headers: {},
    limits: [{ windowMs: MINUTE_MS, most: 10 }],
    pauseMs: 1000,
    next: lastPage,
    plan: ({ base, now }) => {
      const day = formatDay(dayOfInstant(now));
      return [{ url: `${base}/${day}`, about: day, cost: 1, finalAfter: NEVER_FINAL }];
    },
  },
};

const openfootball: Source = {
  name: "openfootball",
  title: "openfootball (football.json and Football.TXT)",
  brings: ["fixtures", "results"],
  cost: "free, in the public domain: one request a league's season",
  reader: "openfootball@1",
  files: /\.(json|txt)(\.gz)?$/i,
  parse: parseOpenfootball,
  asking: {
    url: "https://raw.githubusercontent.com/openfootball/football.json/master",
    key: null,
    headers: {},
    limits: [{ windowMs: MINUTE_MS, most: 60 }],
    pauseMs: 300,
    next: lastPage,
    plan: (asked) => perSeason("file", asked, (key, season) => `${seasonFolder(season)}/${key}.json`),
  },
};

const footballcsv: Source = {
  name: "footballcsv",
  title: "footballcsv",
  brings: ["fixtures", "results"],
  cost: "free, in the public domain: one request a league's season",
  reader: "footballcsv@1",
  files: CSV_FILES,
  parse: parseFootballcsv,
  asking: {
    url: "https://raw.githubusercontent.com/footballcsv/cache.footballdata/master",
    key: null,
    headers: {},
    limits: [{ windowMs: MINUTE_MS, most: 60 }],
    pauseMs: 300,
    next: lastPage,
    plan: (asked) => perSeason("file", asked, (key, season) => `${seasonFolder(season)}/${key}.csv`),
  },
};

const engsoccerdata: Source = {
  name: "engsoccerdata",
  title: "engsoccerdata",
  brings: ["fixtures", "results"],
  cost: "read from files alone",
  reader: "engsoccerdata@1",
  files: CSV_FILES,
  parse: parseEngsoccerdata,
  asking: null,
};

const pinnacle: Source = {
  name: "pinnacle",
  title: "feeds in Pinnacle's shape",
  brings: ["fixtures", "odds"],
  cost: "read from files alone",
  reader: "pinnacle@1",
  files: JSON_FILES,
  parse: parsePinnacle,
  asking: null,
};

const betfairHub: Source = {
  name: "betfair-hub-csv",
  title: "A-League match odds of Betfair's Australian hub",
  brings: ["fixtures", "results", "odds"],
  cost: "read from files alone",
  reader: "betfair-hub-csv@1",
  files: CSV_FILES,
  parse: parseHubCsv,
  asking: null,
};

/** Every source beside football-data.co.uk, in the order they are asked: fixtures and results before what needs them. */
export const FEEDS: readonly Source[] = [
  openfootball,
  footballcsv,
  engsoccerdata,
  footballDataOrg,
  apiFootball,
  sportmonks,
  theOddsApi,
  pinnacle,
  betfairHub,
  understat,
  clubelo,
];

export function feedByName(name: string): Source | undefined {
  return FEEDS.find((feed) => feed.name === name);
}

function documentOf(bytes: Uint8Array): unknown {
  const json = readJson(bytes);
  return json.kind === "json" ? json.value : null;
}

/** The request with another page number. */
function paged(request: SourceRequest, page: number): SourceRequest {
  const url = request.url.replace(/&page=\d+/, "");
  return { ...request, url: `${url}&page=${page}` };
}
