import { dayOfInstant, formatDay } from "../../../core/day.js";
import { parseClubelo } from "../../parse/feed/clubelo.js";
import { CSV_FILES, lastPage } from "../plan.js";
import { MINUTE_MS, NEVER_FINAL, type Source } from "../source.js";

/** ClubElo: docs/sources/clubelo.md. */
export const clubelo: Source = {
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
