import { parseFootballDataOrg } from "../../parse/feed/football-data-org.js";
import { JSON_FILES, lastPage, perSeason } from "../plan.js";
import { MINUTE_MS, type Source } from "../source.js";

/** football-data.org v4: docs/sources/football-data.org.md. */
export const footballDataOrg: Source = {
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
