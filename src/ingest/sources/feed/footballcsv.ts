import { parseFootballcsv } from "../../parse/feed/footballcsv.js";
import { CSV_FILES, lastPage, perSeason, seasonFolder } from "../plan.js";
import { MINUTE_MS, type Source } from "../source.js";

/** footballcsv: docs/sources/footballcsv.md. */
export const footballcsv: Source = {
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
