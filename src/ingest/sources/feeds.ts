import { apiFootball } from "./feed/api-football.js";
import { betfairHub } from "./feed/betfair-hub-csv.js";
import { clubelo } from "./feed/clubelo.js";
import { engsoccerdata } from "./feed/engsoccerdata.js";
import { footballDataOrg } from "./feed/football-data.org.js";
import { footballcsv } from "./feed/footballcsv.js";
import { openfootball } from "./feed/openfootball.js";
import { pinnacle } from "./feed/pinnacle.js";
import { sportmonks } from "./feed/sportmonks.js";
import { theOddsApi } from "./feed/the-odds-api.js";
import { understat } from "./feed/understat.js";
import type { Source } from "./source.js";

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
