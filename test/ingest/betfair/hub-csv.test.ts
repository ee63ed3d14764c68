import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { parseHubCsv } from "../../../src/ingest/betfair/hub-csv.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";

const HEADER =
  "EVENT_DATE,PATH,EVENT_ID,MARKET_TYPE,MARKET_ID,MARKET_NAME,SELECTION_ID,RUNNER_NAME,RUNNER_STATUS,IS_WINNER," +
  "TOTAL_GOALS,HOME_TEAM,AWAY_TEAM,HOME_MARGIN,HOME_SCORE,AWAY_SCORE,BEST_BACK_KICK_OFF,BEST_LAY_KICK_OFF";

/** A market's three rows: Melbourne City beat Perth Glory 2-1 unless told otherwise. */
function market(told: Partial<Record<string, string>> = {}): string[] {
  const row = (runner: string, status: string, back: string, lay: string): string => {
    const cells: Record<string, string> = {
      EVENT_DATE: "2021-11-19 00:00:00.000 +0000",
      PATH: "Australian Soccer/Australian A-League Men/x",
      MARKET_ID: "17",
      RUNNER_NAME: runner,
      RUNNER_STATUS: status,
      HOME_TEAM: "Melbourne City",
      AWAY_TEAM: "Perth Glory",
      HOME_SCORE: "2",
      AWAY_SCORE: "1",
      BEST_BACK_KICK_OFF: back,
      BEST_LAY_KICK_OFF: lay,
      ...told,
    };
    return HEADER.split(",")
      .map((name) => cells[name] ?? "")
      .join(",");
  };
  return [
    row("Melbourne City", "WINNER", "2", "2.02"),
    row("Perth Glory", "LOSER", "3.8", "3.9"),
    row("The Draw", "LOSER", "4", "4.1"),
  ];
}

function parse(...rows: readonly string[]) {
  const parsed = parseHubCsv(Buffer.from([HEADER, ...rows].join("\n")), { name: "a.csv", receivedAt: 0 });
  if (parsed.kind === "refused") return expect.unreachable(parsed.text);
  expect(parsed.rows).toBe(
    parsed.records.length +
      parsed.events.length +
      parsed.rejects.filter(({ scope }) => scope === "row").length +
      parsed.blank,
  );
  return parsed;
}

describe("an A-League season of the exchange's hub", () => {
  it("is a fixture with its score and the closing prices to back and to lay of every runner", () => {
    const { records, events, sources, leagues } = parse(...market());
    expect(records).toMatchObject([
      {
        line: 2,
        league: "AUS",
        season: 2021,
        day: dayOf(2021, 11, 19),
        minutes: null,
        home: "Melbourne City",
        away: "Perth Glory",
        goals: { homeGoals: 2, awayGoals: 1 },
        eventId: "17",
      },
    ]);
    const quotes = [...records, ...events].flatMap((row) => row.quotes);
    expect(quotes.map(({ kind, price }) => [kind.runner, kind.side, kind.moment, price])).toEqual([
      ["HOME", "BACK", "close", 2],
      ["HOME", "LAY", "close", 2.02],
      ["AWAY", "BACK", "close", 3.8],
      ["AWAY", "LAY", "close", 3.9],
      ["DRAW", "BACK", "close", 4],
      ["DRAW", "LAY", "close", 4.1],
    ]);
    expect(sources).toEqual([{ code: "BFE", name: "Betfair Exchange", kind: "exchange" }]);
    expect(leagues.map(({ code, country }) => [code, country])).toEqual([["AUS", "Australia"]]);
  });

  it.each([
    ["2020-12-28 00:00:00.000 +0000", dayOf(2020, 12, 28)],
    ["2023-10-20T00:00:00.000Z", dayOf(2023, 10, 20)],
    ["7/10/2022", dayOf(2022, 10, 7)], // PATH of that row says "Fixtures 7 Oct"
  ])("reads the date %s", (text, day) => {
    expect(parse(...market({ EVENT_DATE: text })).records[0]?.day).toBe(day);
  });

  it("sets a score aside that does not agree with who won, is no count, or is not there", () => {
    for (const [home, away, rejects] of [
      ["1", "2", 1],
      ["4.625", "0.375", 1],
      ["", "", 0],
    ] as const) {
      const parsed = parse(...market({ HOME_SCORE: home, AWAY_SCORE: away }));
      expect(parsed.records[0]?.goals).toBeNull();
      expect(parsed.rejects.map(({ rule }) => rule)).toEqual(Array(rejects).fill("score-not-a-count"));
    }
  });

  it("knows a runner by part of its side's name, and a women's side whatever is left of its name", () => {
    const women = { PATH: "Australian Soccer/Australian A-League Women/x", HOME_TEAM: "Sydney FC (W)" };
    const [first, second, draw] = market({ ...women, AWAY_TEAM: "Western Sydney Wander" });
    const rows = [
      first?.replace(",Melbourne City,WINNER", ",Sydney FC (W),WINNER"),
      second?.replace(",Perth Glory,LOSER", ",Western Sydney (W),LOSER"),
      draw,
    ];
    const { records, events } = parse(...rows.map((row) => row ?? ""));
    expect(records).toMatchObject([
      { league: "AUSW", home: "Sydney FC (W)", away: "Western Sydney Wanderers (W)" },
    ]);
    expect(events.map(({ quotes }) => quotes[0]?.kind.runner)).toEqual(["AWAY", "DRAW"]);
  });

  it("remarks crossed books, and sets aside what is no price", () => {
    const crossed = parse(...market({ BEST_BACK_KICK_OFF: "2.1", BEST_LAY_KICK_OFF: "2.1" }));
    expect(crossed.warnings.map(({ rule }) => rule)).toEqual(["crossed", "crossed", "crossed"]);
    const none = parse(...market({ BEST_BACK_KICK_OFF: "NaN", BEST_LAY_KICK_OFF: "1" }));
    expect(none.records[0]?.quotes).toEqual([]);
    expect(none.rejects.slice(0, 2).map(({ rule }) => rule)).toEqual([
      "price-not-numeric",
      "price-not-above-one",
    ]);
  });

  it("refuses a runner that is neither side, and a row without a market or a date", () => {
    const [first] = market();
    const rules = [
      first?.replace(",Melbourne City,WINNER", ",Brisbane,WINNER"),
      first?.replace(",17,", ",,"),
      first?.replace("2021-11-19", "2021-13-19"),
    ].map((row) => parse(row ?? "").rejects.find(({ scope }) => scope === "row")?.rule);
    expect(rules).toEqual(["team-missing", "event-without-id", "start-not-an-instant"]);
  });
});

describe.skipIf(!sharedAvailable)("the seasons there are", () => {
  // Markets and crossed runners: data.md section 3; rows, and scores that agree with who won: counted with a csv
  // reader of another language.
  it.each([
    ["A-League_2020-2021", 495, 165, 75],
    ["A-League_2021-2022", 489, 163, 11],
    ["A-League_2022-2023", 486, 162, 7],
    ["A-League_2023-2024", 504, 168, 0],
    ["A-League_Womens_2023-2024", 414, 138, 0],
  ])("%s: %i rows of %i markets, %i of them crossed", (name, rows, markets, crossed) => {
    const bytes = gunzipSync(
      readFileSync(sharedPath("data", "betfair-hub-csv", `${name}_Match_Odds.csv.gz`)),
    );
    const parsed = parseHubCsv(bytes, { name, receivedAt: 0 });
    if (parsed.kind === "refused") return expect.unreachable(parsed.text);
    expect(parsed.rows).toBe(rows);
    const duplicates = parsed.rejects.filter(({ rule }) => rule === "duplicate-event").length;
    expect(parsed.records.length + duplicates).toBe(markets);
    expect(parsed.events).toHaveLength(2 * markets);
    expect(parsed.warnings.filter(({ rule }) => rule === "crossed")).toHaveLength(crossed);
  });
});
