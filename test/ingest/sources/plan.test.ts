import { describe, expect, it } from "vitest";
import { feedByName } from "../../../src/ingest/sources/feeds.js";
import type { Asking, SourceRequest } from "../../../src/ingest/sources/source.js";

const asked = { base: "http://host", leagues: ["E0", "SC3"], seasons: [2023], now: Date.UTC(2024, 2, 1) };
const bytes = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function asking(name: string): Asking {
  const found = feedByName(name)?.asking;
  return found ?? expect.unreachable();
}

const urls = (name: string): string[] =>
  asking(name)
    .plan(asked)
    .map(({ url }) => url.replace("http://host/", ""));

/** SC3 is a league that few have: it is left out where it has no key. */
describe("a plan", () => {
  it.each([
    ["football-data.org", ["v4/competitions/PL/matches?season=2023"]],
    ["understat", ["getLeagueData/EPL/2023"]],
    ["openfootball", ["2023-24/en.1.json"]],
    ["footballcsv", ["2023-24/en.1.csv"]],
    ["clubelo", ["2024-03-01"]],
    [
      "sportmonks",
      [
        "v3/football/fixtures/between/2024-02-23/2024-03-15?include=participants;scores;league&filters=fixtureLeagues:8&per_page=50",
      ],
    ],
    [
      "the-odds-api",
      [
        "v4/sports/soccer_epl/odds?regions=eu,uk&markets=h2h,totals&oddsFormat=decimal&dateFormat=iso",
        "v4/sports/soccer_epl/scores?daysFrom=3&dateFormat=iso",
      ],
    ],
    ["api-football", ["fixtures?league=39&season=2023", "odds?league=39&season=2023"]],
  ])("of %s asks for what its pages say", (name, expected) => {
    expect(urls(name)).toEqual(expected);
  });

  it("costs what the source charges, and asks no more for a season that is over", () => {
    expect(
      asking("the-odds-api")
        .plan(asked)
        .map(({ cost }) => cost),
    ).toEqual([4, 2]);
    const [season] = asking("openfootball").plan(asked);
    expect(season?.finalAfter).toBe(Date.UTC(2024, 9, 1));
  });

  it("goes on to the next page until there is none", () => {
    const request: SourceRequest = { url: "http://host/odds?league=39", about: "", cost: 1, finalAfter: 0 };
    const { next } = asking("api-football");
    const second = next(bytes({ paging: { current: 1, total: 3 } }), request);
    expect(second?.url).toBe("http://host/odds?league=39&page=2");
    expect(second && next(bytes({ paging: { current: 2, total: 3 } }), second)?.url).toBe(
      "http://host/odds?league=39&page=3",
    );
    expect(next(bytes({ paging: { current: 3, total: 3 } }), request)).toBeNull();
    expect(next(bytes({ nothing: 1 }), request)).toBeNull();
    const monks = asking("sportmonks").next;
    expect(monks(bytes({ pagination: { current_page: 4, has_more: true } }), request)?.url).toMatch(
      /&page=5$/,
    );
    expect(monks(bytes({ pagination: { current_page: 4, has_more: false } }), request)).toBeNull();
  });
});
