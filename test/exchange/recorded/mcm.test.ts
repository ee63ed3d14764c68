import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestBackTick, bestLayTick } from "../../../src/exchange/recorded/book.js";
import { createMcmReader, type McmReader, readLine } from "../../../src/exchange/recorded/mcm.js";
import { replay } from "../../../src/exchange/recorded/replay.js";
import { sharedAvailable } from "../../support/shared.js";
import { readLines, readSample, sampleLines } from "./samples.js";

const definition = (extra: object = {}) => ({
  eventTypeId: "1",
  eventId: "30000001",
  marketType: "MATCH_ODDS",
  bettingType: "ODDS",
  status: "OPEN",
  inPlay: false,
  turnInPlayEnabled: true,
  persistenceEnabled: true,
  bspMarket: false,
  bspReconciled: false,
  betDelay: 0,
  numberOfWinners: 1,
  marketBaseRate: 5,
  version: 10,
  marketTime: "2024-01-01T15:00:00.000Z",
  runners: [
    { id: 1, status: "ACTIVE", sortPriority: 1 },
    { id: 2, status: "ACTIVE", sortPriority: 2 },
  ],
  ...extra,
});

const line = (pt: number, change: object, message: object = {}) =>
  JSON.stringify({ op: "mcm", clk: `c${pt}`, pt, mc: [{ id: "1.1", ...change }], ...message });

const open = (pt = 1000) => line(pt, { img: true, marketDefinition: definition() });

function bookOf(reader: McmReader, id = "1.1") {
  const writer = reader.markets.get(id);
  if (writer === undefined) return expect.unreachable(id);
  return replay(writer.recording);
}

const bestBack = (reader: McmReader, runner = 0) => {
  const book = bookOf(reader);
  const tick = bestBackTick(book.runners[runner]);
  return tick < 0 ? null : book.ladder.price(tick);
};

describe("lines of a market file", () => {
  it("make a book: absolute sizes, 0 removes, deltas add", () => {
    const reader = readLines([
      open(),
      line(2000, {
        rc: [
          {
            id: 1,
            atb: [
              [2, 10.55],
              [1.99, 5],
            ],
            atl: [
              [2.04, 3],
              [2.02, 7],
            ],
          },
        ],
      }),
      line(3000, { rc: [{ id: 1, atb: [[2, 0]], atl: [[2.02, 8.01]] }] }),
    ]);
    const book = bookOf(reader);
    const [first] = book.runners;
    expect(book.ladder.price(bestBackTick(first))).toBe(1.99);
    expect(book.ladder.price(bestLayTick(first))).toBe(2.02);
    expect(book.publishTime).toBe(3000);
    expect(reader.counts).toEqual({ applied: 3, idle: 0, same: 0, blank: 0, quarantined: 0 });
  });

  it("start over at an image", () => {
    const lines = [open(), line(2000, { rc: [{ id: 1, atb: [[2, 10]] }] })];
    expect(bestBack(readLines(lines))).toBe(2);
    expect(
      bestBack(readLines([...lines, line(3000, { img: true, rc: [{ id: 2, atb: [[3, 1]] }] })])),
    ).toBeNull();
  });

  it("forget every market at a new subscription, but not at a resubscription or inside a segmented image", () => {
    const lines = [open(), line(2000, { rc: [{ id: 1, atb: [[2, 10]] }] })];
    const other = (message: object) => line(3000, { id: "1.2", rc: [] }, message);
    expect(bestBack(readLines([...lines, other({ ct: "SUB_IMAGE" })]))).toBeNull();
    expect(bestBack(readLines([...lines, other({ ct: "SUB_IMAGE", segmentType: "SEG_START" })]))).toBeNull();
    expect(bestBack(readLines([...lines, other({ ct: "SUB_IMAGE", segmentType: "SEG_END" })]))).toBe(2);
    expect(bestBack(readLines([...lines, other({ ct: "RESUB_DELTA" })]))).toBe(2);
  });

  it("keep the runners of a handicap apart and count on FINEST", () => {
    const runners = [-0.5, 0, 0.5].map((hc) => ({ id: 1, hc, status: "ACTIVE" }));
    const asian = { bettingType: "ASIAN_HANDICAP_DOUBLE_LINE", marketType: "ASIAN_HANDICAP", runners };
    const reader = readLines([
      line(1000, { marketDefinition: definition(asian) }),
      line(2000, {
        rc: [
          { id: 1, hc: -0.5, atb: [[2.13, 4]] },
          { id: 1, atb: [[1.87, 4]] },
        ],
      }),
    ]);
    expect([0, 1, 2].map((runner) => bestBack(reader, runner))).toEqual([2.13, 1.87, null]);
  });

  it("count lines where a market has lines", () => {
    const lines = { bettingType: "LINE", lineMinUnit: 0.5, lineMaxUnit: 9.5, lineInterval: 1 };
    const reader = readLines([
      line(1000, { marketDefinition: definition(lines) }),
      line(2000, { rc: [{ id: 1, atb: [[2.5, 4]] }] }),
      line(3000, { rc: [{ id: 1, atb: [[2.4, 4]] }] }),
    ]);
    expect(bestBack(reader)).toBe(2.5);
    expect(reader.refusals).toMatchObject([{ line: 3, rule: "bad-price", marketId: "1.1", detail: "" }]);
  });

  it("take NaN and Infinity as projected prices, and only there", () => {
    const reader = readLines([open(), line(2000, { rc: [{ id: 1, spn: "NaN", spf: "Infinity" }] })]);
    const [runner] = bookOf(reader).runners;
    expect([runner.near, runner.far]).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
    for (const rc of [
      { id: 1, ltp: "NaN" },
      { id: 1, tv: "NaN" },
      { id: 1, atb: [["NaN", 1]] },
      { id: 1, atb: [[2, "Infinity"]] },
    ])
      expect(readLines([open(), line(2000, { rc: [rc] })]).counts.quarantined).toBe(1);
  });

  it("empty the traded volume with an empty list, and change nothing with other empty lists", () => {
    const full = line(2000, { rc: [{ id: 1, trd: [[2, 50]], atb: [[2, 10]], bdatb: [[0, 2, 10]] }] });
    const [runner] = bookOf(
      readLines([open(), full, line(3000, { rc: [{ id: 1, trd: [], atb: [], bdatb: [] }] })]),
    ).runners;
    expect(runner.traded?.best).toBe(-1);
    expect(runner.traded?.sparse).toEqual([]);
    expect(runner.back?.sparse?.length).toBe(2);
    expect(runner.levels?.[2]?.ticks[0]).toBeGreaterThanOrEqual(0);
  });

  it("keep sizes beyond 32 bits exact", () => {
    const [runner] = bookOf(
      readLines([open(), line(2000, { tv: 9e9, rc: [{ id: 1, tv: 8e8, trd: [[1.01, 45_000_000.07]] }] })]),
    ).runners;
    expect(runner.traded?.sparse?.[1]).toBe(4_500_000_007);
    expect(runner.volumeMinor).toBe(8e10);
  });
});

describe("what cannot be used", () => {
  const refusedBy = (...lines: string[]) => {
    const reader = readLines([open(), ...lines]);
    return { rules: [...reader.refused.keys()], counts: reader.counts };
  };

  it.each([
    ["not-json", '{"op":"mcm","pt":12'],
    ["not-json", "2021-06-29T06:02:58.422000 - b'{}'"],
    ["not-mcm", '{"marketId":"1.1"}'],
    ["other-stream", '{"op":"ocm","pt":2000,"oc":[]}'],
    ["bad-time", '{"op":"mcm","pt":"2000","mc":[]}'],
    ["bad-shape", '{"op":"mcm","pt":2000,"mc":{}}'],
    ["bad-shape", line(2000, { rc: [{ id: 1, atb: [2, 3] }] })],
    ["bad-market", line(2000, { id: 7 })],
    ["bad-runner", line(2000, { rc: [{ id: "1" }] })],
    ["bad-runner", line(2000, { rc: [{ id: 1, hc: 0.3 }] })],
    ["bad-price", line(2000, { rc: [{ id: 1, atb: [[1000.5, 3]] }] })],
    ["bad-size", line(2000, { rc: [{ id: 1, atb: [[2, -3]] }] })],
    ["bad-size", line(2000, { rc: [{ id: 1, tv: 1e300 }] })],
    ["bad-definition", line(2000, { marketDefinition: definition({ status: "MAYBE" }) })],
    ["bad-definition", line(2000, { marketDefinition: definition({ marketTime: "yesterday" }) })],
    ["older-version", line(2000, { marketDefinition: definition({ version: 9 }) })],
    [
      "ladder-changed",
      line(2000, {
        marketDefinition: definition({
          bettingType: "LINE",
          lineMinUnit: 0,
          lineMaxUnit: 9,
          lineInterval: 1,
        }),
      }),
    ],
    ["clock-backwards", line(999, { rc: [] })],
  ])("is refused as %s: %s", (rule, bad) => {
    expect(refusedBy(bad)).toEqual({
      rules: [rule],
      counts: { applied: 1, idle: 0, same: 0, blank: 0, quarantined: 1 },
    });
  });

  it("does not leave half a change in the book", () => {
    const reader = readLines([
      open(),
      line(2000, {
        rc: [
          { id: 1, atb: [[2, 5]] },
          { id: 9, atb: [[2.5, 5]], ltp: 0.5 },
        ],
      }),
    ]);
    expect(bestBack(reader)).toBeNull();
    expect(reader.markets.get("1.1")?.recording.runners.length).toBe(2);
    expect(bookOf(reader).publishTime).toBe(1000);
  });

  it("does not keep the other markets of its line out", () => {
    const good = { id: "1.2", marketDefinition: definition(), rc: [{ id: 1, atb: [[2, 5]] }] };
    const both = JSON.stringify({ op: "mcm", pt: 2000, mc: [{ id: "1.1", rc: [{ id: 1, ltp: -1 }] }, good] });
    const reader = readLines([open(), both]);
    expect(reader.counts).toMatchObject({ applied: 2, quarantined: 0 });
    expect(reader.refusals).toMatchObject([{ line: 2, rule: "bad-price", marketId: "1.1", detail: "" }]);
    expect(reader.markets.has("1.2")).toBe(true);
  });

  it("counts heartbeats and connection messages as idle, repeats as same", () => {
    const reader = readLines([
      '{"op":"connection","connectionId":"1"}',
      '{"op":"mcm","id":1,"clk":null,"pt":500,"ct":"HEARTBEAT"}',
      open(),
      open(),
      "",
      line(2000, { rc: [{ id: 1, ltp: 2 }] }),
      open(),
      "  ",
    ]);
    expect(reader.counts).toEqual({ applied: 2, idle: 2, same: 2, blank: 2, quarantined: 0 });
  });

  it("counts messages sent while prices are unreliable", () => {
    expect(readLines([open(), line(2000, { rc: [] }, { status: 503 })]).unreliable).toBe(1);
  });

  it("never throws and accounts for every line, whatever the bytes", () => {
    const good = [
      open(),
      line(2000, { tv: 5, rc: [{ id: 1, atb: [[2, 5]], trd: [[2, 5]], spn: "NaN", bdatb: [[0, 2, 5]] }] }),
    ];
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.nat(600),
        fc.nat(600),
        fc.string({ maxLength: 6 }),
        (which, from, length, text) => {
          const base = good[which];
          const reader = readLines([
            open(500),
            `${base.slice(0, from)}${text}${base.slice(from + length)}`,
            base,
          ]);
          expect(Object.values(reader.counts).reduce((a, b) => a + b)).toBe(3);
          bookOf(reader);
        },
      ),
      { seed: 42, numRuns: 500 },
    );
  });

  it("never throws for any JSON in any place", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "id",
          "img",
          "tv",
          "rc",
          "marketDefinition",
          "atb",
          "trd",
          "ltp",
          "spn",
          "bdatl",
          "hc",
        ),
        fc.jsonValue(),
        (field, value) => {
          const inner = ["id", "img", "tv", "rc", "marketDefinition"].includes(field);
          const change = inner ? { [field]: value } : { rc: [{ id: 1, [field]: value }] };
          const reader = createMcmReader();
          for (const text of [open(), line(2000, change)]) readLine(reader, text);
          bookOf(reader);
        },
      ),
      { seed: 42, numRuns: 500 },
    );
  });
});

describe.skipIf(!sharedAvailable)("real files", () => {
  it("a text log instead of JSON is refused line by line", () => {
    expect(readSample("nautilus_trader/badly_formatted.txt")).toMatchObject({
      markets: new Map(),
      counts: { quarantined: 1 },
    });
  });

  it("streams of orders, races and scores are refused by name", () => {
    for (const name of ["ORDER-1.177596575", "RACE-1.140075353", "CRICKET-1.179676557"]) {
      const reader = readSample(`betfairlightweight/${name}`);
      expect([...reader.refused.keys()]).toEqual(["other-stream"]);
    }
  });

  it("200 markets of one file stay apart", () => {
    const reader = readSample("betfair_parser/1.242971311.bz2");
    expect(reader.markets.size).toBe(200);
    expect(reader.counts).toMatchObject({ applied: 1736, quarantined: 0 });
    const handicap = [...reader.markets.values()].filter(({ recording }) => recording.runners.length === 66);
    expect(handicap.length).toBe(60); // data.md: 60 handicap markets of 66 runners
  });

  it("a file written three times over gives each line once", () => {
    const lines = sampleLines("betfair-database/missing_metadata/1.197931750.gz").slice(0, 10);
    const once = readLines(lines);
    const thrice = readLines([...lines, ...lines, ...lines]);
    expect(thrice.counts).toEqual({ applied: 10, idle: 0, same: 20, blank: 0, quarantined: 0 });
    expect(thrice.markets.get("1.197931750")?.recording.events.length).toBe(
      once.markets.get("1.197931750")?.recording.events.length,
    );
  });

  it("copies of one file one behind the other count as repeats to the last line", () => {
    const lines = sampleLines("flumine/1.200806927.gz").filter((text) => text !== "");
    const twice = readLines([...lines, ...lines]);
    expect(twice.counts).toEqual({
      applied: lines.length,
      idle: 0,
      same: lines.length,
      blank: 0,
      quarantined: 0,
    });
  });
});
