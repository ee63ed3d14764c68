import { parseOpenfootball } from "../../parse/feed/openfootball.js";
import { lastPage, perSeason, seasonFolder } from "../plan.js";
import { MINUTE_MS, type Source } from "../source.js";

/** openfootball (football.json and Football.TXT): docs/sources/openfootball.md. */
export const openfootball: Source = {
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
