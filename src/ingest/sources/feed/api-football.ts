import { DAY_MS } from "../../../core/day.js";
import { parseApiFootball } from "../../parse/feed/api-football.js";
import { at, countOf } from "../../parse/feed/field.js";
import { documentOf, JSON_FILES, paged, perSeason } from "../plan.js";
import { MINUTE_MS, NEVER_FINAL, type Source } from "../source.js";

/** API-Football v3 (v2 read): docs/sources/api-football.md. */
export const apiFootball: Source = {
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
