import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { collectionSlot, kickOffInstant } from "../../../src/domain/slot.js";
import { parseFootballData } from "../../../src/ingest/parse/football-data.js";
import { at, place, pricesOf, readText } from "./season-file.js";

const HEADER = "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR";
const ROW = "E0,10/08/2019,15:00,Arsenal,Burnley,2,1,H,1,0,H";

function refusal(text: string | Uint8Array): string {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const file = parseFootballData(bytes, { name: "E0.csv" });
  return file.kind === "refused" ? `${file.line}:${file.column} ${file.rule}` : "parsed";
}

describe("files of which nothing can be used", () => {
  it.each([
    ["", "1:1 empty-file"],
    ["\ufeff\r\n\r\n", "1:1 empty-file"],
    ["<!DOCTYPE HTML PUBLIC>\n<html><title>404</title>", "1:1 html-page"],
    ["\n  <html>\n", "2:1 html-page"],
    ["Home,Away\nArsenal,Burnley\n", "1:1 no-header"],
    ["Date,HomeTeam,AwayTeam\n10/08/2019,Arsenal,Burnley\n", "1:1 no-header"],
    [`${HEADER.replaceAll(",", ";")}\n`, "1:1 wrong-separator"],
    [`${HEADER.replaceAll(",", "\t")}\n`, "1:1 wrong-separator"],
    [`${HEADER}\n`, "2:1 no-rows"],
    [`${HEADER}\n,,,,\n\n`, "2:1 no-rows"],
    [`${HEADER},Date\n${ROW},10/08/2019\n`, "1:12 repeated-column"],
    [`PK\u0003\u0004\u0000\u0000${HEADER}\n${ROW}\n`, "1:5 binary-file"],
    ["a\nbc\u0000d\n", "2:3 binary-file"],
  ])("%j", (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });

  it("refuses UTF-16, whose every other byte is NUL", () => {
    const bytes = Uint8Array.from(`${HEADER}\n${ROW}\n`, (character) => character.charCodeAt(0));
    const wide = new Uint8Array(2 + bytes.length * 2);
    wide.set([0xff, 0xfe]);
    bytes.forEach((byte, index) => {
      wide[2 + index * 2] = byte;
    });
    expect(refusal(wide)).toBe("1:4 binary-file");
  });

  it("says what was found, and what to do", () => {
    const file = parseFootballData(new TextEncoder().encode("Date,HomeTeam\n"), { name: "E0.csv" });
    expect(file).toMatchObject({
      kind: "refused",
      text: 'no header found: the first line lacks Div, AwayTeam, was "Date,HomeTeam"',
      hint: expect.stringContaining("statistico ingest football-data"),
    });
  });
});

describe("a row", () => {
  it("becomes a record", () => {
    const header = `${HEADER},Referee,HS,AS,HST,AST,Attendance,B365H,B365D,B365A,B365CH,B365CD,B365CA`;
    const file = readText(`${header}\n${ROW},M Dean,15,7,6,3,60000,1.5,4.2,7,1.53,4,6.5\n`);
    const day = dayOf(2019, 8, 10);
    expect(file.records).toHaveLength(1);
    const [{ quotes, ...record }] = file.records;
    const unknown = { fouls: null, corners: null, yellowCards: null, redCards: null };
    const rest = { ...unknown, offsides: null, woodwork: null, bookingPoints: null };
    expect(record).toEqual({
      line: 2,
      league: "E0",
      season: 2019,
      day,
      minutes: 900,
      home: "Arsenal",
      away: "Burnley",
      goals: { homeGoals: 2, awayGoals: 1, halfTimeHome: 1, halfTimeAway: 0 },
      statistics: {
        home: { shots: 15, shotsOnTarget: 6, ...rest },
        away: { shots: 7, shotsOnTarget: 3, ...rest },
      },
      referee: "M Dean",
      attendance: 60_000,
    });
    expect(quotes.map(({ price }) => price)).toEqual([1.5, 4.2, 7, 1.53, 4, 6.5]);
    expect(quotes[0]).toEqual({
      kind: { source: "B365", market: "MATCH_ODDS", runner: "HOME", side: "BACK", moment: "early" },
      line: 0,
      price: 1.5,
      size: null,
      observedAt: collectionSlot(day, 900),
    });
    expect(quotes[3].observedAt).toBe(kickOffInstant(day, 900));
    expect(file.sources).toEqual([{ code: "B365", name: "Bet365", kind: "bookmaker" }]);
    expect(file.leagues).toEqual([{ code: "E0", name: "Premier League", country: "England", tier: 1 }]);
  });

  it("shares one kind among the prices of a column", () => {
    const other = ROW.replace("Arsenal", "Everton");
    const { records } = readText(`${HEADER},B365H\n${ROW},1.5\n${other},1.6\n`);
    expect(records[0].quotes[0].kind).toBe(records[1].quotes[0].kind);
  });

  it.each([
    ["E0,,15:00,Arsenal,Burnley", "Date date-missing"],
    ["E0,08/13/2019,15:00,Arsenal,Burnley", "Date date-not-a-date"],
    [",10/08/2019,15:00,Arsenal,Burnley", "Div division-missing"],
    ["=cmd(),10/08/2019,15:00,Arsenal,Burnley", "Div division-not-a-code"],
    ["E0,10/08/2019,15:00,,Burnley", "HomeTeam team-missing"],
    ["E0,10/08/2019", "HomeTeam team-missing"],
    ["E0,10/08/2019,15:00,Arsenal,Arsenal ", "AwayTeam team-against-itself"],
    ["E0,10/08/2019,15:00,\u001b]0;x\u0007\u001b[2J,Burnley", "HomeTeam team-not-a-name"],
    [`E0,10/08/2019,15:00,${"A".repeat(1_000_000)},Burnley`, "HomeTeam team-not-a-name"],
    ["E0,10/08/2019,15:00,Ars\u0000enal,Burnley", " nul-byte"],
    [`${HEADER}`, " two-headers"],
    ["E0,12/08/2016,15:00,Arsenal,Burnley", "Date date-outside-season"],
    ["Finland,Veikkausliiga,2012,01/04/2012,13:30,HJK,Jaro", "Date foreign-row"],
  ])("that cannot be used is set aside: %j", (row, expected) => {
    const file = readText(`${HEADER}\n${ROW}\n${row}\n${ROW.replace("Arsenal", "Everton")}\n`);
    expect(file.rejects.map(place)).toEqual([`3 ${expected}`]);
    expect(file.rejects[0]).toMatchObject({ scope: "row", raw: row.slice(0, 2000) });
    expect(file.records.map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each([
    ["E0,10/08/2019,25:00,A,B,2,1,H,1,0,H", "Time time-not-a-time"],
    ["E0,10/08/2019,15:00,A,B,two,1,H,1,0,H", "FTHG score-not-a-count"],
    ["E0,10/08/2019,15:00,A,B,2,-1,H,1,0,H", "FTAG score-not-a-count"],
    ["E0,10/08/2019,15:00,A,B,2,99,H,1,0,H", "FTAG score-not-a-count"],
    ["E0,10/08/2019,15:00,A,B,2,,H,1,0,H", "FTAG score-incomplete"],
    ["E0,10/08/2019,15:00,A,B,2,1,H,3,0,H", "HTHG half-time-above-full-time"],
    ["E0,10/08/2019,15:00,A,B,2,1,H,1,0,H,x", "HS statistic-not-a-count"],
    ["E0,10/08/2019,15:00,A,B,2,1,H,1,0,H,9,\u001b[2J", "Referee referee-not-a-name"],
  ])("that is sound but for a cell is kept without it: %j", (row, expected) => {
    const file = readText(`${HEADER},HS,Referee\n${row}\n`);
    expect(file.rejects.map(place)).toEqual([`2 ${expected}`]);
    expect(file.rejects[0].scope).toBe("cell");
    expect(file.records).toHaveLength(1);
  });

  it("repeated word for word stays a record, with a warning", () => {
    const file = readText(`${HEADER}\n${ROW}\n${ROW},,\n`);
    expect([file.records.length, file.rejects, at(file, 3)]).toEqual([2, [], ["3  repeated-row"]]);
  });

  it("repeated with another content is set aside", () => {
    const file = readText(`${HEADER}\n${ROW}\n${ROW.replace("2,1,H", "2,2,D")}\n`);
    expect([file.records.length, at(file, 3)]).toEqual([1, ["3  duplicate-row"]]);
    expect(file.records[0].goals).toMatchObject({ homeGoals: 2, awayGoals: 1 });
  });

  it("with a stray quote costs no other row", () => {
    const file = readText(`${HEADER}\nE0,10/08/2019,15:00,"Arsenal,Burnley,2,1,H,1,0,H\n${ROW}\n`);
    expect(file.records.map(({ home }) => home)).toEqual(['"Arsenal', "Arsenal"]);
    expect(at(file, 2)).toEqual(["2  stray-quote"]);
  });

  it("is read under quotes", () => {
    const header = HEADER.split(",").map((name) => `"${name}"`);
    const file = readText(`${header}\n${ROW.replace("Arsenal", '"Arsenal, the"')}\n`);
    expect(file.records[0].home).toBe("Arsenal, the");
  });
});

describe("a second header", () => {
  it("with the same columns costs only itself", () => {
    const file = readText(`${HEADER}\n${ROW}\n${HEADER}\n${ROW.replace("Arsenal", "Everton")}\n`);
    expect(file.rejects.map(place)).toEqual(["3  two-headers"]);
    expect(file.records).toHaveLength(2);
  });

  it("with other columns ends what can be read", () => {
    const other = HEADER.replace("HTHG,HTAG", "HTAG,HTHG");
    const file = readText(`${HEADER}\n${ROW}\n${other}\n${ROW.replace("Arsenal", "Everton")}\n\n`);
    expect(file.rejects.map(place)).toEqual(["3  two-headers", "4  two-headers"]);
    expect(file.rejects[1].text).toContain("split the file there");
    expect([file.rows, file.records.length, file.blank]).toEqual([4, 1, 1]);
  });
});

describe("headers", () => {
  it("are harmless whatever they are called", () => {
    const file = readText(`${HEADER},__proto__,constructor,toString\n${ROW},1,2,3\n`);
    expect(file.records).toHaveLength(1);
    expect(file.warnings.map(({ rule, column }) => `${rule} ${column}`)).toEqual([
      "unknown-column __proto__",
      "unknown-column constructor",
      "unknown-column toString",
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("that repeat a name are not guessed at", () => {
    const file = readText(`${HEADER},B365H,B365D,B365H\n${ROW},1.5,4,1.6\n`);
    expect(file.warnings.map(place)).toEqual(["1 B365H repeated-header"]);
    expect(pricesOf(file.records[0])).toEqual({ "B365 early MATCH_ODDS DRAW 0": 4 });
  });

  it("without a name over something that is said are reported", () => {
    const file = readText(`${HEADER},,B365H\n${ROW},7,1.5\n`);
    expect(at(file, 2)).toEqual(["2  unnamed-column"]);
  });

  it("may have text above them", () => {
    const file = readText(`Results of the season\n\n${HEADER}\n${ROW}\n`);
    expect([file.rows, file.blank, file.records.length]).toEqual([3, 1, 1]);
    expect(file.rejects.map(place)).toEqual(["1 Date date-missing"]);
  });
});

describe("prices", () => {
  const prices = (names: string, cells: string) => readText(`${HEADER},${names}\n${ROW},${cells}\n`);

  it.each([
    ["B365H,B365D,B365A", "0,4,7", "B365H price-zero", 2],
    ["B365H,B365D,B365A", "1.5,x,7", "B365D price-not-numeric", 2],
    ["B365H,B365D,B365A", "1.5,4,1", "B365A price-not-above-one", 2],
    ["B365H,B365D,B365A", "1.5,4,1001.5", "B365A price-above-1001", 2],
    ["B365H,B365D,B365A", "1.5,4,2", "B365H book-sum", 0], // 2/3 + 1/4 + 1/2 = 1.4167
    ["B365H,B365D,B365A", "3,4,5", "B365H book-sum", 0], // 0.7833
    ["MaxH,MaxD,MaxA", "3,4,4", "MaxH book-sum", 0], // 0.8333, below 0.85
    ["B365>2.5,B365<2.5", "1.5,1.6", "B365>2.5 book-sum", 0],
    ["AHh,PAHH,PAHA", ",1.9,2", "AHh handicap-missing", 0],
    ["AHh,PAHH,PAHA", "-0.3,1.9,2", "AHh handicap-off-grid", 0],
    ["AHh,PAHH,PAHA", "soon,1.9,2", "AHh handicap-not-a-line", 0],
    ["AHh,PAHH,PAHA", "1.83,-0.5,2", "AHh handicap-swapped", 0],
    ["AHh,PAHH,PAHA", "1.75,0,2", "AHh handicap-swapped", 0],
    ["AHh,PAHH,PAHA", "-0.5,0,2", "PAHH price-zero", 1],
  ])("%s of %s: %s", (names, cells, expected, kept) => {
    const file = prices(names, cells);
    expect(file.rejects.map(place)).toEqual([`2 ${expected}`]);
    expect(file.records[0].quotes).toHaveLength(kept);
  });

  it.each([
    ["MaxH,MaxD,MaxA", "3,4,3.6"], // 0.8611: a maximum of many books
    ["B365H,B365D,B365A", ",4,"],
    ["AHh,PAHH,PAHA", "-0.5,,"],
    ["BFEH,BFED,BFEA", "2,3.6,3.6"], // 1.0556
  ])("%s of %s are taken without a word", (names, cells) => {
    const file = prices(names, cells);
    expect([file.rejects, file.warnings]).toEqual([[], []]);
  });

  it("of a thin exchange are kept and flagged, two-way books too", () => {
    const file = prices("BFEH,BFED,BFEA,BFE>2.5,BFE<2.5", "1.16,3.9,1.39,1.2,1.5");
    expect(file.warnings.map(place)).toEqual(["2 BFEH thin-exchange-book", "2 BFE>2.5 thin-exchange-book"]);
    expect(file.records[0].quotes).toHaveLength(5);
  });

  it("name only sources that gave one", () => {
    const file = prices("B365H,B365D,B365A,WHH,WHD,WHA,ACMEH,ACMED,ACMEA", ",,,1.5,4.2,7,1.5,4.2,7");
    expect(file.sources).toEqual([
      { code: "WH", name: "William Hill", kind: "bookmaker" },
      { code: "ACME", name: "ACME", kind: "bookmaker" },
    ]);
    expect(file.warnings.map(place)).toEqual(["1 ACMEH unknown-book"]);
  });
});

describe("leagues", () => {
  it("that nobody knows are kept, in a country of their own", () => {
    const file = readText(`${HEADER}\n${ROW.replace("E0", "XX1")}\n`);
    expect(file.leagues).toEqual([{ code: "XX1", name: "XX1", country: "Unknown (XX)", tier: null }]);
    expect(at(file, 2)).toEqual(["2 Div unknown-division"]);
  });

  it("that are simulated say so", () => {
    const file = readText(
      `${HEADER},Provenance\n${ROW.replace("E0", "SIM2")},simulated by statistico seed 7\n`,
    );
    expect([file.simulated, file.warnings]).toEqual([true, []]);
    expect(file.leagues).toEqual([{ code: "SIM2", name: "Simulated SIM2", country: "Simulated", tier: 2 }]);
  });

  it("of several divisions make a fixtures file", () => {
    const file = readText(`${HEADER}\n${ROW}\n${ROW.replace("E0", "E1").replace("Arsenal", "Leeds")}\n`);
    expect([file.format, file.leagues.map(({ code }) => code)]).toEqual(["fixtures", ["E0", "E1"]]);
    expect(readText(`${HEADER}\n${ROW}\n`).format).toBe("season");
    expect(readText(`${HEADER}\nE0,10/08/2019,15:00,Arsenal,Burnley\n`).format).toBe("fixtures");
  });

  it("of a country nobody listed are kept under its name", () => {
    const file = readText("Country,League,Season,Date,Home,Away\nChile,Primera,2020,01/03/2020,A,B\n");
    expect(file.leagues).toEqual([{ code: "Chile-Primera", name: "Primera", country: "Chile", tier: null }]);
  });

  it("state their season, and their days must lie in it", () => {
    const head = "Country,League,Season,Date,Home,Away\n";
    const file = readText(
      `${head}Brazil,Serie A,2020,25/02/2021,A,B\nBrazil,Serie A,2020,25/06/2021,A,B\nBrazil,Serie A,x,25/06/2021,A,B\n`,
    );
    expect(file.records.map(({ season }) => season)).toEqual([2020]); // Brazil's 2020 ended on 25 February 2021
    expect(file.rejects.map(place)).toEqual(["3 Date date-outside-season", "4 Season season-not-a-season"]);
  });
});

describe("odd widths", () => {
  it("cost a sound row nothing", () => {
    const file = readText(`${HEADER},B365>2.5,B365<2.5\n${ROW},1.9,1.9,7\n`);
    expect(file.records[0].quotes).toHaveLength(2);
    expect(at(file, 2)).toEqual(["2  cells-beyond-header"]);
  });
});

describe("warnings", () => {
  it("have an end", () => {
    const rows = Array.from({ length: 10_050 }, (_, k) => `${ROW.replace("Arsenal", `Club ${k}`)},7`);
    const { warnings, records } = readText(`${HEADER}\n${rows.join("\n")}\n`);
    expect([records.length, warnings.length, warnings.at(-1)?.rule]).toEqual([
      10_050,
      10_001,
      "warnings-cut",
    ]);
  });
});
