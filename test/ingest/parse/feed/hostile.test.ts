import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParsedFeed } from "../../../../src/ingest/parse/feed/draft.js";
import { readJson } from "../../../../src/ingest/parse/feed/json.js";
import { parseTheOddsApi } from "../../../../src/ingest/parse/feed/the-odds-api.js";
import { FEEDS } from "../../../../src/ingest/sources/feeds.js";

const HINTS = { name: "feed.json", receivedAt: 0, league: "E0" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function event(told: object = {}): object {
  return {
    id: "e1",
    sport_key: "soccer_epl",
    commence_time: "2024-03-30T12:30:00Z",
    home_team: "Arsenal",
    away_team: "Chelsea",
    bookmakers: [],
    ...told,
  };
}

function prices(...told: unknown[]): object {
  const outcomes = told.map((price, at) => ({ name: ["Arsenal", "Chelsea", "Draw"][at], price }));
  return { bookmakers: [{ key: "bet365", title: "Bet365", markets: [{ key: "h2h", outcomes }] }] };
}

function read(...events: unknown[]): ParsedFeed {
  const reading = parseTheOddsApi(bytes(JSON.stringify(events)), HINTS);
  if (reading.kind === "refused") throw new Error(reading.text);
  return reading;
}

const rules = ({ rejects }: ParsedFeed): string[] => rejects.map(({ rule }) => rule);

function accounted({ rows, blank, records, events, ratings, rejects }: ParsedFeed): boolean {
  const refused = rejects.filter(({ scope }) => scope === "row").length;
  return rows === records.length + events.length + ratings.length + refused + blank;
}

describe("a document that is none", () => {
  it.each([
    ["", "feed-empty"],
    [" \n", "feed-empty"],
    ["<!doctype html><p>Just a moment...</p>", "feed-html-page"],
    ['[{"id": "e1", "home', "json-truncated"],
    ['{"data": [1, 2', "json-truncated"],
    ["not json", "json-not-json"],
    ['{"a": NaN}', "json-not-json"],
    ['[{"a": 1}]]', "json-not-json"],
  ])("%s is refused: %s", (text, rule) => {
    expect(readJson(bytes(text))).toMatchObject({ kind: "refused", rule });
  });

  it("is refused when its bytes are no text", () => {
    expect(readJson(Uint8Array.from([0x5b, 0xff, 0xfe]))).toMatchObject({ rule: "feed-not-text" });
  });

  it("deep as a well is refused or read, but never a crash", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    for (const { parse } of FEEDS) expect(() => parse(bytes(deep), HINTS)).not.toThrow();
  });
});

describe("a row", () => {
  it.each([
    [null, "item-not-an-object"],
    ["a word", "item-not-an-object"],
    [event({ id: null }), "event-without-id"],
    [event({ home_team: "" }), "team-missing"],
    [event({ home_team: "\u001b[2J" }), "team-missing"],
    [event({ away_team: "Arsenal" }), "team-against-itself"],
    [event({ commence_time: "2024-02-30T12:30:00Z" }), "start-not-an-instant"],
    [event({ commence_time: 1711801800 }), "start-not-an-instant"],
    [event({ sport_key: 7 }), "league-not-named"],
  ])("%j is set aside: %s", (item, rule) => {
    const feed = read(item);
    expect({ rules: rules(feed), rows: feed.rows, raw: feed.rejects[0]?.raw }).toEqual({
      rules: [rule],
      rows: 1,
      raw: JSON.stringify(item),
    });
  });

  it("that would reach into a prototype is set aside and changes nothing", () => {
    const hostile = `[{"id":"e1","__proto__":{"live":true}},{"id":"e2","a":{"constructor":{}}}]`;
    const feed = parseTheOddsApi(bytes(hostile), HINTS) as ParsedFeed;
    expect(rules(feed)).toEqual(["prototype-key", "prototype-key"]);
    expect(({} as { live?: boolean }).live).toBeUndefined();
  });

  it("of an event that was there already is set aside, equal or not", () => {
    const feed = read(event(), event({ home_team: "Everton" }), event());
    expect(rules(feed)).toEqual(["duplicate-event", "duplicate-event"]);
    expect(feed.records).toHaveLength(1);
  });

  it.each([
    ["NaN", "price-not-numeric"],
    ["Infinity", "price-not-numeric"],
    ["2,10", "price-not-numeric"],
    ["1e3", "price-not-numeric"],
    [null, "price-not-numeric"],
    [{ toString: "x" }, "price-not-numeric"],
    [1, "price-not-above-one"],
    [-2, "price-not-above-one"],
    ["0", "price-not-above-one"],
    [1001.5, "price-above-1001"],
  ])("loses its price of %j alone: %s", (price, rule) => {
    const feed = read(event(prices(price, 3.4, "4.20")));
    expect({ rules: rules(feed), kept: feed.records[0]?.quotes.map((one) => one.price) }).toEqual({
      rules: [rule],
      kept: [3.4, 4.2],
    });
  });

  it("says its goals once the match is over, be they numbers or texts", () => {
    const scores = [
      { name: "Chelsea", score: "1" },
      { name: "Arsenal", score: 2 },
    ];
    expect(read(event({ completed: true, scores })).records[0]?.goals).toMatchObject({
      homeGoals: 2,
      awayGoals: 1,
    });
    expect(read(event({ completed: false, scores })).records[0]?.goals).toBeNull();
    const odd = read(event({ completed: true, scores: [{ name: "Arsenal", score: "NaN" }] }));
    expect({ goals: odd.records[0]?.goals, rules: rules(odd) }).toEqual({
      goals: null,
      rules: ["score-not-a-count"],
    });
  });

  it("whose prices are later than the kick-off is remarked on", () => {
    const feed = parseTheOddsApi(bytes(JSON.stringify([event(prices(2, 3, 4))])), {
      ...HINTS,
      receivedAt: Date.UTC(2024, 2, 30, 13),
    }) as ParsedFeed;
    expect(feed.warnings).toMatchObject([
      { rule: "in-play-price", text: "3 prices observed after the kick-off" },
    ]);
  });

  it("has one class in every feed, whatever it holds", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const near = fc.record(
      {
        id: value,
        sport_key: fc.constantFrom("soccer_epl", "x", null),
        commence_time: fc.constantFrom("2024-03-30T12:30:00Z", "soon", 1),
        home_team: value,
        away_team: fc.constantFrom("Chelsea", 3, null),
        bookmakers: fc.array(
          fc.record({ key: value, markets: fc.array(fc.record({ key: value, outcomes: value })) }),
        ),
        fixture: value,
        teams: value,
        participants: value,
        matches: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(value, near), { maxLength: 8 }),
        fc.constantFrom(...FEEDS),
        (items, { parse }) => {
          for (const document of [
            items,
            { data: items },
            { response: items },
            { matches: items },
            { events: items },
          ]) {
            const reading = parse(bytes(JSON.stringify(document)), HINTS);
            if (reading.kind === "parsed") expect(accounted(reading)).toBe(true);
          }
        },
      ),
      { seed: 42, numRuns: 40 },
    );
  });
});
