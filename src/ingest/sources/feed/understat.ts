import { parseUnderstat } from "../../parse/feed/understat.js";
import { lastPage, perSeason } from "../plan.js";
import { MINUTE_MS, type Source } from "../source.js";

/** Understat: docs/sources/understat.md. */
export const understat: Source = {
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
