import { describe, expect, it } from "vitest";
import { LEAKS } from "../../../src/backtest/probe/leaks.js";
import { probeLookAhead } from "../../../src/backtest/probe/probe.js";
import { scrambledAfter } from "../../../src/backtest/probe/scramble.js";
import { probeSelfTest } from "../../../src/backtest/probe/self-test.js";
import { toyLeague } from "../../../src/backtest/probe/toy-league.js";
import { FORECASTERS } from "../../../src/compiler/forecasters.js";
import { strategyOf } from "../../strategy/views.js";
import { sha256 } from "../models.js";

describe("the look-ahead probe", () => {
  it("catches every planted leak and accuses no clean strategy", async () => {
    const { leaking, clean, caught, accused } = await probeSelfTest(sha256, 1, 6);
    expect(leaking.map(({ name }) => name)).toEqual([...LEAKS]);
    expect(leaking.filter(({ leaks }) => leaks === 0)).toEqual([]);
    expect(clean.filter(({ leaks }) => leaks > 0)).toEqual([]);
    expect([caught, accused, clean.length]).toEqual([5, 0, 5]);
  }, 240_000);

  it("compares decisions, and draws the same ones for a seed", async () => {
    const strategy = strategyOf(
      "leagues: [TOY]",
      "seasons: { from: 2016, to: 2017 }",
      "prices: { sources: [PS] }",
    );
    const subject = { source: toyLeague(3), strategy, models: async () => FORECASTERS, hash: sha256 };
    const reports = [5, 5, 6].map((seed) => probeLookAhead(subject, { decisions: 3, seed }));
    const [first, again, other] = await Promise.all(reports);
    expect(first).toEqual(again);
    expect(first?.compared).toBeGreaterThan(10);
    expect(other?.compared).not.toBe(first?.compared);
  });
});

describe("the scrambled view", async () => {
  const source = toyLeague(2);
  const all = await source.matches({});
  const asOf = all[60]?.result.knownAt ?? 0;
  const view = scrambledAfter(source, asOf, 9);

  it("leaves what was known and changes every score that was not", async () => {
    const seen = await view.matches({});
    for (const [index, { result }] of seen.entries()) {
      const truth = all[index]?.result;
      if (result.knownAt <= asOf) expect(result).toEqual(truth);
      else expect(result.homeGoals).not.toBe(truth?.homeGoals);
    }
    expect(seen.some(({ result }) => result.knownAt <= asOf)).toBe(true);
  });

  it("says the same of a score wherever it is read", async () => {
    const latest = new Map((await view.matches({})).map(({ result }) => [result.fixtureId, result]));
    for (const revision of await view.revisions({})) {
      const known = latest.get(revision.fixtureId);
      if (known?.revision === revision.revision) expect(revision).toEqual(known);
    }
  });

  it("leaves the prices observed by then and moves nearly all others", async () => {
    const [before, after] = [await source.prices({}), await view.prices({})];
    const later = before.map((price, index) => ({ price, other: after[index] }));
    for (const { price, other } of later) if (price.observedAt <= asOf) expect(other).toEqual(price);
    const open = later.filter(({ price }) => price.observedAt > asOf);
    expect(open.filter(({ price, other }) => price.price !== other?.price).length).toBeGreaterThan(
      0.9 * open.length,
    );
  });
});
