import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { kickOffInstant } from "../../../src/domain/slot.js";
import { RULES } from "../../../src/ingest/parse/rule.js";
import { sharedAvailable } from "../../support/shared.js";
import { at, place, pricesOf, readReal, readText, recordAt } from "./season-file.js";

// Every quirk of data.md section 2 at the place it names. Expected values are read off the raw lines of the files.

/** Line, column and rule of what is reported at a named place, by quirk number. */
const REPORTED: readonly (readonly [
  quirk: number,
  file: string,
  line: number,
  expected: readonly string[],
])[] = [
  [3, "0304/I2", 86, ["86  cells-beyond-header"]],
  [3, "0304/I2", 89, ["89  cells-beyond-header"]],
  [6, "0405/D2", 1, ["1 LB repeated-header"]],
  [17, "0203/I2", 321, ["321 HTAG half-time-incomplete"]],
  [18, "0001/E0", 82, ["82 HST on-target-above-shots", "82 AST on-target-above-shots"]],
  [18, "0001/E0", 319, ["319 HST on-target-above-shots", "319 AST on-target-above-shots"]],
  [18, "2122/E0", 10, ["10 AST on-target-above-shots"]],
  [18, "2425/E1", 181, ["181 HST on-target-above-shots"]],
  [19, "1213/E1", 532, ["532 B365H price-zero"]],
  [19, "1213/E3", 317, ["317 B365H price-zero"]],
  [19, "2122/E0", 168, ["168 B365C>2.5 price-zero", "168 B365C<2.5 price-zero"]],
  [19, "2526/G1", 39, ["39 BMGMCH price-zero", "39 BMGMCD price-zero", "39 BMGMCA price-zero"]],
  [19, "2526/G1", 46, ["46 BMGMCH price-zero", "46 BMGMCD price-zero", "46 BMGMCA price-zero"]],
  [20, "1011/T1", 304, ["304 SJD price-not-numeric"]],
  [20, "0910/F2", 372, ["372 BbAvAHA price-not-numeric"]],
  [20, "2425/EC", 340, ["340 AvgCAHH price-not-numeric", "340 BFEH thin-exchange-book"]],
  [21, "1920/D1", 261, ["261 AvgC>2.5 price-not-above-one"]],
  [21, "0506/D2", 123, ["123 BbMxAHA price-not-above-one"]],
  [22, "0405/E1", 477, ["477 LBAH handicap-swapped"]],
  [22, "0405/E1", 488, ["488 LBAH handicap-swapped"]],
  [22, "0405/SC0", 158, ["158 LBAH handicap-swapped"]],
  [22, "0405/SC0", 163, ["163 LBAH handicap-swapped"]],
  [22, "0405/N1", 68, ["68 LBAH handicap-swapped", "68 B365AH handicap-missing"]],
  [23, "0304/SP1", 59, []],
  [23, "0405/D1", 101, []],
  [23, "0607/N1", 210, ["210 BbAHh handicap-beyond-five"]],
  [23, "0809/SC0", 57, ["57 BbAHh handicap-beyond-five"]],
  [23, "0607/E1", 288, ["288 BbAHh handicap-off-grid"]],
  [23, "1011/E3", 281, ["281 BbAHh handicap-off-grid"]],
  [23, "1011/EC", 294, ["294 BbAHh handicap-off-grid"]],
  [23, "1819/EC", 191, ["191 BbAHh handicap-off-grid"]],
  [24, "0708/I2", 238, ["238 SBH book-sum"]],
  [24, "1112/D1", 304, ["304 WHH book-sum"]],
  [24, "0607/I2", 9, ["9 LBH book-sum"]],
  [24, "0607/F2", 250, ["250 B365H book-sum"]],
  [24, "1516/EC", 503, ["503 B365H book-sum"]],
  [25, "2425/B1", 9, ["9 BFEH thin-exchange-book"]],
];

describe.skipIf(!sharedAvailable)("what a real file's oddities are reported as", () => {
  for (const [quirk, file, line, expected] of REPORTED) {
    it(`quirk ${quirk} in ${file} line ${line}`, () => {
      const read = readReal(file);
      expect(at(read, line)).toEqual(expected);
      // A row that is kept without a cell is still a record.
      if (line > 1) expect(recordAt(read, line).goals).not.toBeNull();
    });
  }
});

describe.skipIf(!sharedAvailable)("headers and rows of real files", () => {
  it("ignores empty columns without a name (1)", () => {
    const read = readReal("9394/D1");
    expect(read.warnings).toEqual([]);
    expect(read.records).toHaveLength(306);
  });

  it("reads rows narrower than the header as rows with missing cells (2)", () => {
    const read = readReal("9394/D2"); // 233 of its lines have 7 cells of 28
    expect(read.records).toHaveLength(380);
    expect(read.rejects).toEqual([]);
  });

  it("is silent about an empty tail beyond the header (2)", () => {
    expect(readReal("0203/F2").warnings.filter(({ rule }) => rule === "cells-beyond-header")).toEqual([]);
  });

  it("keeps the named part of a row with cells beyond the header (3)", () => {
    const prices = pricesOf(recordAt(readReal("0304/I2"), 86)); // ...,1.6,2.9,6,2,1.61,1.87,1.84,-0.75,,,,
    expect(prices["GB early OVER_UNDER_25 OVER 0"]).toBe(2);
    expect(prices["GB early ASIAN_HANDICAP HOME -3"]).toBe(1.87);
  });

  it("takes HT and AT for the teams when nothing else is (4)", () => {
    const [first] = readReal("0001/G1").records;
    expect([first.home, first.away]).toEqual(["Olympiakos", "Eth Asteras"]);
    expect(first.goals).toEqual({ homeGoals: 6, awayGoals: 0, halfTimeHome: 2, halfTimeAway: 0 });
  });

  it("counts rows of commas as blank (5)", () => {
    expect(readReal("9394/D1")).toMatchObject({ rows: 552, blank: 246 });
  });

  it("resolves LB,LB,LB by position, with a warning (6)", () => {
    const read = readReal("0405/D2"); // line 2: LB triple 2.25,3.2,2.75 between IW and SB
    expect(pricesOf(recordAt(read, 2))).toMatchObject({
      "LB early MATCH_ODDS HOME 0": 2.25,
      "LB early MATCH_ODDS DRAW 0": 3.2,
      "LB early MATCH_ODDS AWAY 0": 2.75,
    });
  });

  it("keeps rows that are not in date order as they come (8)", () => {
    const days = readReal("2425/B1").records.map(({ day }) => day);
    expect(days.some((day, index) => index > 0 && day < days[index - 1])).toBe(true);
  });

  it("reads windows-1252, UTF-8 and a mark glued to Div (9)", () => {
    expect(recordAt(readReal("0001/D1"), 2).referee?.startsWith("Jörg K")).toBe(true);
    expect(readReal("2425/SP1").records[0].league).toBe("SP1");
    expect(readReal("0405/E1").records).toHaveLength(552);
  });

  it("trims a no-break space after a number (10)", () => {
    const read = readReal("1819/EC"); // line 381: BbAH "8" + 0xA0, BbAHh -0.5
    expect(at(read, 381)).toEqual([]);
    expect(pricesOf(recordAt(read, 381))["BbMx early ASIAN_HANDICAP HOME -2"]).toBe(1.76);
    expect(at(read, 528)).toEqual([]);
  });

  it("knows byte 0x92 for an apostrophe (11)", () => {
    expect(recordAt(readReal("2021/EC"), 11).home).toBe("King’s Lynn");
    expect(recordAt(readReal("2122/EC"), 5).home).toBe("King’s Lynn");
    expect(recordAt(readReal("2425/D2"), 9).away).toBe("Preußen Münster");
  });

  it("reads LF and CRLF alike (12)", () => {
    for (const file of ["2425/E0", "2223/E0"]) {
      const read = readReal(file);
      expect(read.records).toHaveLength(380);
      expect(read.records.every(({ quotes }) => quotes.length > 0)).toBe(true);
    }
  });

  it("trims a space that would split a club (13)", () => {
    expect(recordAt(readReal("1112/P1"), 5).home).toBe("Feirense");
    expect(recordAt(readReal("0910/I2"), 436).home).toBe("Piacenza");
  });

  it("keeps pairs that meet twice at home (16)", () => {
    const pairs = readReal("2324/G1").records.map(({ home, away }) => `${home}-${away}`);
    expect(pairs.length - new Set(pairs).size).toBe(16);
  });

  it("keeps half a half-time score as none (17)", () => {
    const { goals } = recordAt(readReal("0203/I2"), 321); // 0,0,D,0,,D
    expect(goals).toEqual({ homeGoals: 0, awayGoals: 0, halfTimeHome: null, halfTimeAway: null });
  });

  it("reads the neighbours of a cell set aside (20)", () => {
    const prices = pricesOf(recordAt(readReal("1011/T1"), 304));
    expect(prices["SJ early MATCH_ODDS DRAW 0"]).toBeUndefined();
    expect(prices["SJ early MATCH_ODDS HOME 0"]).toBeGreaterThan(1);
  });

  it("reads every handicap that has a meaning (23)", () => {
    const split = pricesOf(recordAt(readReal("0304/SP1"), 59)); // GB 1.8/2 on -1.75, LB 1.8/2.05 on -1.5/-2
    expect(split["LB early ASIAN_HANDICAP HOME -7"]).toBe(1.8);
    expect(split["LB early ASIAN_HANDICAP AWAY -7"]).toBe(2.05);
    const fraction = pricesOf(recordAt(readReal("0405/D1"), 101)); // GB 1.95/1.85 on -1 1/4
    expect(fraction["GB early ASIAN_HANDICAP HOME -5"]).toBe(1.95);
  });

  it("drops a group as a whole when its sum shows that it is wrong (24)", () => {
    const { quotes } = recordAt(readReal("0708/I2"), 238);
    expect(quotes.filter(({ kind }) => kind.source === "SB" && kind.market === "MATCH_ODDS")).toEqual([]);
    expect(quotes.length).toBeGreaterThan(0);
  });

  it("keeps thin exchange prices and flags them (25, 26)", () => {
    const early = readReal("2425/EC"); // line 67: 1.04/1.01/1.04
    expect(at(early, 67)).toContain("67 BFEH thin-exchange-book");
    expect(pricesOf(recordAt(early, 67))["BFE early MATCH_ODDS DRAW 0"]).toBe(1.01);
    const close = readReal("2526/N1"); // line 127: 2.14/1.01/1.01
    expect(at(close, 127)).toContain("127 BFECH thin-exchange-book");
    expect(pricesOf(recordAt(close, 127))["BFE close MATCH_ODDS AWAY 0"]).toBe(1.01);
  });

  it("has no Pinnacle price where there is none (27)", () => {
    const late = readReal("2526/N1").records.filter(({ day }) => day >= dayOf(2026, 2, 1));
    expect(late.length).toBeGreaterThan(0);
    const pinnacle = late.flatMap(({ quotes }) =>
      quotes.filter(({ kind }) => kind.source === "PS" && kind.market === "MATCH_ODDS"),
    );
    expect(pinnacle).toEqual([]);
  });

  it("finds columns by name in every era (28)", () => {
    const codes = (file: string): string[] => readReal(file).sources.map(({ code }) => code);
    expect(codes("1718/E0")).toContain("BbMx");
    expect(codes("1920/E0")).toContain("Max");
    expect(codes("2425/E0")).toContain("BFE");
    const closing = readReal("1718/E0").records[0].quotes.filter(({ kind }) => kind.moment === "close");
    expect(new Set(closing.map(({ kind }) => kind.source))).toEqual(new Set(["PS"]));
  });

  it("reads curtailed and pandemic seasons as one season (29)", () => {
    for (const [file, season] of [
      ["1920/SP1", 2019],
      ["1920/E0", 2019],
      ["1920/E3", 2019],
      ["2021/SC0", 2020],
      ["2021/EC", 2020],
    ] as const) {
      expect(new Set(readReal(file).records.map((record) => record.season))).toEqual(new Set([season]));
    }
  });

  it("keeps an expunged club's matches as the file has them (30)", () => {
    const dover = readReal("2021/EC").records.filter(({ home, away }) =>
      [home, away].includes("Dover Athletic"),
    );
    expect(dover).toHaveLength(15);
  });

  it("reads both states of a corrected result (31)", () => {
    const before = recordAt(readReal("snapshots/2425-D1@2025-02-23"), 123);
    const after = recordAt(readReal("2425/D1"), 123);
    expect(before.goals).toEqual({ homeGoals: 1, awayGoals: 1, halfTimeHome: 1, halfTimeAway: 1 });
    expect(after.goals).toEqual({ homeGoals: 0, awayGoals: 2, halfTimeHome: null, halfTimeAway: null });
    expect([before.statistics === null, after.statistics]).toEqual([false, null]);
    expect([after.home, after.away, after.day]).toEqual(["Union Berlin", "Bochum", dayOf(2024, 12, 14)]);
  });
});

describe.skipIf(!sharedAvailable)("damaged files", () => {
  it("accepts short and mixed dates (33)", () => {
    const mixed = readReal("mangled/mixed-date-E0-1718");
    expect(mixed.records).toHaveLength(380);
    expect(mixed.records[0].day).toBe(dayOf(2017, 8, 11)); // 11/8/17
    expect(mixed.records[379].day).toBe(dayOf(2018, 5, 13)); // 13/05/2018
    const short = readReal("mangled/short-date-E0-1819");
    expect(short.records[0].day).toBe(dayOf(2018, 8, 10)); // 10/8/18
  });

  it("refuses rows whose date a spreadsheet has lost (34)", () => {
    const read = readReal("mangled/excel-iso-dates-D1-0001");
    expect(read).toMatchObject({ rows: 306, blank: 0 });
    const lost = read.rejects.filter(({ rule }) => rule === "date-outside-season");
    // 144 cells are "yyyy-m-d" in truth dd/mm/01; the two of the first of a month, 2001-m-1, say the true day.
    expect(lost).toHaveLength(142);
    expect(read.records).toHaveLength(164);
    expect(
      lost.every(({ column, scope, raw }) => column === "Date" && scope === "row" && raw.startsWith("D1,")),
    ).toBe(true);
  });

  it("refuses seasons appended under an older header (35)", () => {
    const read = readReal("mangled/concat-header-drift-N1-2021-2026");
    const drifted = read.rejects.filter(({ rule }) => rule === "header-drift");
    // 918 rows of 105 cells under a header of 105; 306 of 119 and 306 of 131 from line 920 on.
    expect(drifted.map(({ line }) => line)).toEqual(Array.from({ length: 612 }, (_, k) => 920 + k));
    expect(read.records).toHaveLength(918);
    expect(new Set(read.records.map(({ season }) => season))).toEqual(new Set([2021, 2022, 2023]));
  });
});

describe.skipIf(!sharedAvailable)("extra leagues, fixtures and latest results", () => {
  it("reads extra leagues with closing prices whatever their columns are called", () => {
    for (const [file, rows, code] of [
      ["new/CHN", 2928, "CHN"],
      ["new/MEX", 4655, "MEX"],
      ["new-2024-04/AUT", 2203, "AUT"],
      ["new-2024-04/BRA", 4560, "BRA"],
      ["new-2024-04/NOR", 2907, "NOR"],
      ["new-2024-04/ROU", 3481, "ROU"],
    ] as const) {
      const read = readReal(file);
      expect([read.format, read.records.length, read.leagues.map((league) => league.code)]).toEqual([
        "extra-league",
        rows,
        [code],
      ]);
      expect(read.records.every(({ quotes }) => quotes.every(({ kind }) => kind.moment === "close"))).toBe(
        true,
      );
    }
    const [first] = readReal("new-2024-04/BRA").records; // 2012,19/05/2012,22:30,Palmeiras,Portuguesa,1,1,D,1.75,...
    expect(first).toMatchObject({ league: "BRA", season: 2012, minutes: 22 * 60 + 30, home: "Palmeiras" });
    expect(pricesOf(first)["PS close MATCH_ODDS HOME 0"]).toBe(1.75);
    expect(first.quotes[0].observedAt).toBe(kickOffInstant(first.day, first.minutes));
  });

  it("trims labels and times (37)", () => {
    for (const [file, rows, name] of [
      ["new-2024-04/DNK", 2512, "Superliga"],
      ["new-2024-04/IRL", 2240, "Premier Division"],
      ["new-2024-04/JPN", 3812, "J1 League"],
      ["new-2024-04/SWE", 2910, "Allsvenskan"],
    ] as const) {
      const read = readReal(file);
      expect([read.records.length, read.leagues.map((league) => league.name)]).toEqual([rows, [name]]);
      expect(read.rejects.filter(({ rule }) => rule === "time-not-a-time")).toEqual([]);
    }
  });

  it("keeps rows of another competition apart (38)", () => {
    const read = readReal("new-2024-04/SWZ");
    expect(read.records).toHaveLength(2163);
    expect(read.records.filter(({ league }) => league === "SWZ-Challenge League")).toHaveLength(2);
    expect(read.warnings.map(place)).toContain("1626 League foreign-competition");
  });

  it("takes a row without a score for a fixture without a result (39)", () => {
    const read = readReal("new-2024-04/BRA"); // line 1893: Chapecoense-SC,Atletico-MG,,,
    expect(read.records.filter(({ goals }) => goals === null).map(({ line }) => line)).toEqual([1893]);
    expect(recordAt(read, 1893).quotes.length).toBeGreaterThan(0);
  });

  it("reads upcoming fixtures with early prices and no result", () => {
    const read = readReal("fixtures/fixtures-2017-02");
    expect([read.format, read.records.length]).toEqual(["fixtures", 196]);
    expect(read.records.every(({ goals, season }) => goals === null && season === 2016)).toBe(true);
    expect(read.records.every(({ quotes }) => quotes.every(({ kind }) => kind.moment === "early"))).toBe(
      true,
    );
    expect(pricesOf(read.records[0])).toMatchObject({ "B365 early MATCH_ODDS HOME 0": 1.36 });
  });

  it("reads the latest results of many divisions", () => {
    const read = readReal("fixtures/Latest_Results-2025-09");
    expect([read.format, read.records.length]).toEqual(["fixtures", 37]);
    expect(read.records.every(({ goals }) => goals !== null)).toBe(true);
    expect(read.records[0]).toMatchObject({
      league: "B1",
      season: 2025,
      home: "Anderlecht",
      minutes: 19 * 60 + 30,
    });
  });
});

describe("quirks whose specimen is not at hand", () => {
  // new/FIN of the site (36): data unsorted, the header with its mark far down, rows of the season format mixed in.
  const FINLAND = [
    "Finland,Veikkausliiga,2012,15/04/2012,13:30,HJK,Jaro,4,0,H,1.3,5.5,11",
    "\ufeffCountry,League,Season,Date,Time,Home,Away,HG,AG,Res,PH,PD,PA",
    "Finland,Veikkausliiga,2013,14/04/2013,16:30,TPS,KuPS,1,2,A,2.5,3.3,2.9",
    `N1,18/10/2025,17:45,Utrecht,Volendam,3,1,H,0,1,A${",1.36".repeat(93)}`,
  ].join("\n");

  it("finds the header wherever it stands and refuses rows of another format (36)", () => {
    const read = readText(FINLAND);
    expect(read.rows).toBe(3);
    expect(read.records.map(({ line, league, season }) => [line, league, season])).toEqual([
      [1, "FIN", 2012],
      [3, "FIN", 2013],
    ]);
    expect(read.rejects.map(place)).toEqual(["4 Date foreign-row"]);
  });

  it("lets the goals win over the result's letter (17)", () => {
    const read = readText("Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nE0,11/08/17,Arsenal,Leicester,4,3,D\n");
    expect(read.warnings.map(place)).toEqual(["2 FTR result-contradicts-score"]);
    expect(read.records[0].goals).toMatchObject({ homeGoals: 4, awayGoals: 3 });
  });

  it("quotes handicaps of both sides on the home side's line", () => {
    const read = readText(
      "Div,Date,HomeTeam,AwayTeam,AHh,PAHH,PAHA\nE0,11/08/19,Arsenal,Leicester,-0.75,1.9,2.0\n",
    );
    expect(pricesOf(read.records[0])).toEqual({
      "PS early ASIAN_HANDICAP HOME -3": 1.9,
      "PS early ASIAN_HANDICAP AWAY -3": 2,
    });
  });
});

describe("the rules", () => {
  it("are kebab-case names", () => {
    for (const rule of Object.keys(RULES)) expect(rule).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
