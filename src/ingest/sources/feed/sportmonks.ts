import { dayOfInstant, formatDay } from "../../../core/day.js";
import { at, countOf } from "../../parse/feed/field.js";
import { parseSportmonks } from "../../parse/feed/sportmonks.js";
import { documentOf, JSON_FILES, keyed, paged } from "../plan.js";
import { MINUTE_MS, NEVER_FINAL, type Source } from "../source.js";

/** Sportmonks v3 (v2 read): docs/sources/sportmonks.md. */
export const sportmonks: Source = {
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
