import { parseTheOddsApi } from "../../parse/feed/the-odds-api.js";
import { JSON_FILES, keyed, lastPage } from "../plan.js";
import { MONTH_MS, NEVER_FINAL, type Source } from "../source.js";

/** The Odds API v4: docs/sources/the-odds-api.md. */
export const theOddsApi: Source = {
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
