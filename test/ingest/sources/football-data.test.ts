import { describe, expect, it } from "vitest";
import {
  fixturesAddresses,
  leaguesOffered,
  seasonAddresses,
  seasonOfAddress,
  yearPair,
} from "../../../src/ingest/sources/football-data.js";

const BASE = "https://www.football-data.co.uk/";

describe("addresses of the site", () => {
  // The site's own paths: www.football-data.co.uk/englandm.php and /argentina.php.
  it("are a file a league and season, and one file a country of the extra leagues", () => {
    expect(seasonAddresses(BASE, ["E0", "ARG", "D1"], [1999, 2014])).toEqual([
      "https://www.football-data.co.uk/mmz4281/9900/E0.csv",
      "https://www.football-data.co.uk/mmz4281/9900/D1.csv",
      "https://www.football-data.co.uk/mmz4281/1415/E0.csv",
      "https://www.football-data.co.uk/mmz4281/1415/D1.csv",
      "https://www.football-data.co.uk/new/ARG.csv",
    ]);
    expect(fixturesAddresses(BASE)).toEqual([
      "https://www.football-data.co.uk/fixtures.csv",
      "https://www.football-data.co.uk/new_league_fixtures.csv",
    ]);
  });

  it("tell their season, from the first the site has", () => {
    const seasons = [1993, 1999, 2000, 2009, 2025];
    expect(seasons.map(yearPair)).toEqual(["9394", "9900", "0001", "0910", "2526"]);
    const addresses = seasonAddresses(BASE, ["E0"], seasons);
    expect(addresses.map(seasonOfAddress)).toEqual(seasons);
    expect(seasonOfAddress("https://www.football-data.co.uk/new/ARG.csv")).toBeNull();
  });

  it.each([
    ["e0", "did you mean E0"],
    ["SP9", "did you mean SP1 or SP2"],
    ["QQQQ", "statistico leagues --known"],
  ])("are not made up for a league the site does not have: %s", (league, hint) => {
    let said = "";
    try {
      seasonAddresses(BASE, ["E0", league], [2020]);
    } catch (error) {
      const { message, hint: shown } = error as Error & { hint: string };
      said = `${message} | ${shown}`;
    }
    expect(said).toContain(`football-data.co.uk has no league ${league} | `);
    expect(said).toContain(hint);
  });

  it("are of 22 divisions and 16 countries, each once", () => {
    const codes = leaguesOffered().map(({ code }) => code);
    expect(codes).toHaveLength(22 + 16);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
