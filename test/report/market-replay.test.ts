import { describe, expect, it } from "vitest";
import { replayPage } from "../../src/report/html/market-replay.js";
import { type MarketReplay, priceLine, replayText, tradedBetween } from "../../src/report/market-replay.js";

const MINUTE = 60_000;

function replay(told: Partial<MarketReplay> = {}): MarketReplay {
  return {
    title: "Ash v Birch - Match Odds",
    note: "1.1, closed",
    times: [-20, -10, 0, 10].map((minutes) => minutes * MINUTE),
    runners: [
      {
        name: "Ash",
        status: "WINNER",
        back: [2, 2.2, null, 3],
        lay: [2.04, 2.24, null, 3.1],
        lastTraded: [2, 2.2, 2.2, 3],
        ours: 2.5,
      },
      {
        name: "<b>Birch</b>",
        status: "LOSER",
        back: [null, null, null, null],
        lay: [null, null, null, null],
        lastTraded: [null, null, null, null],
        ours: null,
      },
    ],
    volume: [100, 130, 130, 400],
    suspended: [[-1 * MINUTE, 5 * MINUTE]],
    kickOff: 0,
    inPlayAt: 5 * MINUTE,
    ...told,
  };
}

describe("a market's replay in the terminal", () => {
  const text = replayText(replay(), 96);

  it("tells each runner's price from first to last, ours beside it, and who won", () => {
    expect(text).toMatch(/^Ash +[▁-█ ]+ {2}2\.02 to 3\.05, ours 2\.50, won$/m);
    expect(text).toMatch(/^<b>Birch<\/b> +no price$/m);
  });

  it("marks the planned start, the suspension and the turn in play below", () => {
    const marks = text.trimEnd().split("\n").at(-1) ?? "";
    // 40 columns over 30 minutes: the start in the 27th, suspended from a minute before to five minutes after.
    expect(marks.slice(23)).toBe(`${" ".repeat(25)}x|xxxxxx>`);
  });

  it("never grows wider than it may", () => {
    for (const width of [60, 80, 140])
      for (const line of replayText(replay(), width).split("\n").slice(3))
        expect(line.length).toBeLessThanOrEqual(Math.max(width, 70));
  });

  it("shows nothing that a terminal would act on", () => {
    expect(replayText(replay({ title: "a\u001b[31mred" }), 96)).not.toContain("\u001b");
  });

  it("leaves out what was not recorded", () => {
    expect(replayText(replay({ volume: [0, 0, 0, 0] }), 96)).not.toContain("traded");
  });
});

describe("what a replay shows", () => {
  it("is the middle of back and lay, else the last trade", () => {
    expect(priceLine(replay().runners[0] ?? expect.unreachable())).toEqual([2.02, 2.22, 2.2, 3.05]);
  });

  it("counts money by interval, the first having none", () => {
    expect(tradedBetween([100, 130, 130, 400])).toEqual([0, 30, 0, 270]);
  });
});

describe("a market's replay as a page", () => {
  const page = replayPage(replay());

  it("needs nothing from elsewhere and shows names as text", () => {
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
    expect(page).toContain("&lt;b&gt;Birch&lt;/b&gt;");
    expect(page).not.toContain("<b>Birch");
  });

  it("draws a line for each price, broken where there was none, and shades the suspension", () => {
    const back = /<path class="line accent" d="([^"]+)"/.exec(page)?.[1] ?? "";
    expect(back.match(/M/g)).toHaveLength(2);
    expect(page).toContain('class="line expected"');
    expect(page).toContain('class="band"');
    expect(page.match(/class="mark"/g)?.length).toBe(4); // start and turn in play, in the price and the volume chart
    expect(page).toContain("No price in this time.");
  });

  it("says so when there is no volume", () => {
    expect(replayPage(replay({ volume: [0, 0, 0, 0] }))).toContain("The recording has no volume.");
  });
});
