import { describe, expect, it } from "vitest";
import { dayOf, startOfDay } from "../../src/core/day.js";
import type { Fixture, PlayedMatch } from "../../src/domain/fixture.js";
import type { RatingEntry } from "../../src/ratings/history.js";
import { betsFrame, pricesFrame, queryFrame, ratingsFrame } from "../../src/research/sources.js";

const day = dayOf(2024, 8, 17);
const home = { id: 1, name: "Amber Fen", country: "England" };
const away = { id: 2, name: "Jade Gorge", country: "England" };
const fixture: Fixture = {
  id: 7,
  league: "E0",
  season: 2024,
  day,
  kickOff: startOfDay(day),
  kickOffKnown: false,
  home,
  away,
  neutral: false,
};
const match: PlayedMatch = {
  fixture,
  result: {
    fixtureId: 7,
    revision: 0,
    homeGoals: 3,
    awayGoals: 1,
    halfTimeHome: null,
    halfTimeAway: null,
    knownAt: startOfDay(day + 1),
  },
};

function entry(team: typeof home, before: readonly [number, number]): RatingEntry {
  const [attackBefore, defenceBefore] = before;
  return {
    team,
    fixtureId: 7,
    day,
    attackBefore,
    defenceBefore,
    // What came after the match must not reach the frame.
    attackAfter: 999,
    defenceAfter: 999,
    detailBefore: null,
    detailAfter: null,
  };
}

describe("frames", () => {
  it("of ratings hold what stood before the match", () => {
    const history = { algorithm: "elo", entries: [entry(home, [30, 5]), entry(away, [10, 4])], tables: [] };
    const { rows } = ratingsFrame([match], history);
    expect(rows).toEqual([
      {
        fixture: 7,
        date: "2024-08-17",
        league: "E0",
        season: 2024,
        home: "Amber Fen",
        away: "Jade Gorge",
        homeGoals: 3,
        awayGoals: 1,
        goalDifference: 2,
        totalGoals: 4,
        homeAttack: 30,
        homeDefence: 5,
        awayAttack: 10,
        awayDefence: 4,
        homeRating: 35,
        awayRating: 14,
        ratingDifference: 21,
      },
    ]);
  });

  it("of bets know the calendar", () => {
    // 17 August 2024 was a Saturday.
    expect(betsFrame([{ date: "2024-08-17", profit: "1.00" }]).rows).toEqual([
      { date: "2024-08-17", profit: "1.00", year: 2024, month: 8, weekday: "Saturday" },
    ]);
  });

  it("of prices count lines in goals and leave out strange fixtures", () => {
    const price = {
      fixtureId: 7,
      market: "ASIAN_HANDICAP",
      runner: "HOME",
      line: -3,
      source: "PS",
      side: "BACK",
      moment: "close",
      price: 2,
      size: null,
      observedAt: startOfDay(day),
    } as const;
    const { rows } = pricesFrame([fixture], [price, { ...price, fixtureId: 8 }]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ line: -0.75, implied: 0.5, home: "Amber Fen" });
  });

  it("of a query hold texts and numbers only", () => {
    const answer = { columns: ["a", "b"], rows: [[1n, new Uint8Array(2)]], truncated: false };
    expect(queryFrame(answer).rows).toEqual([{ a: 1, b: null }]);
  });
});
