import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intervalMs } from "../../src/checker/next-poll.js";
import { planPolls } from "../../src/checker/plan.js";
import { DEFAULT_TIERS, tierAt } from "../../src/checker/tier.js";
import { every, fixture, ONE_EACH, runVirtually, type Sent } from "./virtual.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 2026-03-07T15:00:00Z. */
const KICK_OFF = Date.UTC(2026, 2, 7, 15);
const SEEDED = { seed: 42, numRuns: 60 };

function times(sent: readonly Sent[]): number[] {
  return sent.map(({ at }) => (at - KICK_OFF) / MINUTE);
}

describe("a plan", () => {
  const plan = (now: number, told: Partial<Parameters<typeof planPolls>[0]> = {}) =>
    planPolls({
      sources: [ONE_EACH],
      fixtures: [fixture(1, KICK_OFF), fixture(2, KICK_OFF + 30 * HOUR), fixture(3, KICK_OFF - 50 * MINUTE)],
      statuses: new Map(),
      states: [],
      used: new Map(),
      now,
      tiers: DEFAULT_TIERS,
      ...told,
    });

  it("puts first what is polled most often, and says which fixture makes it urgent", () => {
    expect(
      plan(KICK_OFF - 55 * MINUTE).map(({ request, tier, state }) => [request, tier.name, state]),
    ).toEqual([
      ["3", "last minutes", "due"],
      ["1", "last hour", "due"],
      ["2", "days", "due"],
    ]);
  });

  it("asks once for fixtures that one request brings, by the one that is most urgent", () => {
    const league = { ...ONE_EACH, requestOf: () => "E0" };
    const [poll, ...more] = plan(KICK_OFF - 55 * MINUTE, { sources: [league] });
    expect(more).toEqual([]);
    expect(poll).toMatchObject({ request: "E0", tier: { name: "last minutes" }, because: { id: 3 } });
    expect(poll?.fixtures.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it("leaves out what a source has no prices of and what is played", () => {
    const none = plan(KICK_OFF - HOUR, { sources: [{ ...ONE_EACH, requestOf: () => null }] });
    expect(none).toEqual([]);
    const statuses = new Map([[1, "played" as const]]);
    expect(plan(KICK_OFF - 55 * MINUTE, { statuses }).map(({ request }) => request)).toEqual(["3", "2"]);
  });

  it("gives a limited budget to the most urgent and keeps the rest of it from the others", () => {
    const sources = [{ ...ONE_EACH, budget: { requests: 4, perMs: HOUR } }];
    const states = (used: number) =>
      plan(KICK_OFF - 55 * MINUTE, { sources, used: new Map([["each", used]]) }).map(({ state }) => state);
    // Of 4: 4 for the last minutes, 3 for the last hour (0.85 x 4, rounded down), 2 for days ahead.
    expect(states(0)).toEqual(["due", "due", "budget"]);
    expect(states(1)).toEqual(["due", "due", "budget"]);
    expect(states(2)).toEqual(["due", "budget", "budget"]);
    expect(states(3)).toEqual(["due", "budget", "budget"]);
    expect(states(4)).toEqual(["budget", "budget", "budget"]);
  });
});

describe("a watched fixture", () => {
  it("is polled as the table says, from a day before to the end", () => {
    const sent = runVirtually({
      sources: [ONE_EACH],
      fixtures: () => [fixture(1, KICK_OFF)],
      wakes: every(KICK_OFF - 24 * HOUR, KICK_OFF + 4 * HOUR, 10_000),
    });
    const counted = (name: string) => sent.filter(({ poll }) => poll.tier.name === name).length;
    // Days: -24 h, -18 h. Hours: -12 h to -2 h. Last hour: -60 to -20 min. Last minutes: -10 to -0.5 min, 20 of them.
    // Overdue: from 0.5 min on, as the last poll was half a minute before; to 179.5 min.
    expect(DEFAULT_TIERS.map(({ name }) => counted(name))).toEqual([2, 11, 5, 20, 180]);
    expect(times(sent).slice(0, 4)).toEqual([-1440, -1080, -720, -660]);
  });

  it("is followed when its kick-off moves, both ways", () => {
    const moved = (now: number) => (now < KICK_OFF - 2 * HOUR ? KICK_OFF : KICK_OFF + 48 * HOUR);
    const later = runVirtually({
      sources: [ONE_EACH],
      fixtures: (now) => [fixture(1, moved(now))],
      wakes: every(KICK_OFF - 4 * HOUR, KICK_OFF + 10 * HOUR, MINUTE),
    });
    // Hourly until it moves two hours before the off; then every six hours, as if it had always stood there.
    expect(times(later)).toEqual([-240, -180, 180, 540]);
    const brought = (now: number) => (now < KICK_OFF - 3 * HOUR ? KICK_OFF + 48 * HOUR : KICK_OFF);
    const sooner = runVirtually({
      sources: [ONE_EACH],
      fixtures: (now) => [fixture(1, brought(now))],
      wakes: every(KICK_OFF - 4 * HOUR, KICK_OFF - HOUR, MINUTE),
    });
    expect(times(sooner)).toEqual([-240, -180, -120, -60]);
  });

  it("is polled once, not many times, after the machine has slept", () => {
    const awake = every(KICK_OFF - 30 * HOUR, KICK_OFF - 20 * HOUR, MINUTE);
    const sent = runVirtually({
      sources: [ONE_EACH],
      fixtures: () => [fixture(1, KICK_OFF), fixture(2, KICK_OFF)],
      wakes: [...awake, ...every(KICK_OFF - 30 * MINUTE, KICK_OFF - 21 * MINUTE, MINUTE)],
    });
    const after = sent.filter(({ at }) => at >= KICK_OFF - 30 * MINUTE);
    expect(after.map(({ request, at }) => [request, (at - KICK_OFF) / MINUTE])).toEqual([
      ["1", -30],
      ["2", -30],
    ]);
  });
});

const kickOffs = fc.array(fc.integer({ min: 0, max: 48 * 60 }), { minLength: 1, maxLength: 5 });
const steps = fc.array(fc.integer({ min: 1, max: 240 }), { minLength: 10, maxLength: 60 });
const faults = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });

/** Wakes at odd times: half-minutes between them. */
function wakesOf(gaps: readonly number[]): number[] {
  let now = KICK_OFF - 24 * HOUR;
  return gaps.map((gap) => (now += gap * 30_000));
}

function gaps(sent: readonly Sent[]): (readonly [Sent, Sent])[] {
  return sent.flatMap((one, i) => {
    const before = sent.slice(0, i).findLast(({ request }) => request === one.request);
    return before ? [[before, one] as const] : [];
  });
}

describe("whenever the planner wakes", () => {
  it("no request is sent more often than its tier allows, failures apart", () => {
    fc.assert(
      fc.property(kickOffs, steps, faults, (minutes, waits, failing) => {
        const fixtures = minutes.map((minute, i) => fixture(i, KICK_OFF + minute * MINUTE));
        const sent = runVirtually({
          sources: [ONE_EACH],
          fixtures: () => fixtures,
          wakes: wakesOf(waits),
          fails: (nth) => failing[nth % failing.length] === true,
        });
        for (const [before, one] of gaps(sent)) {
          const { kickOff } = one.poll.because;
          const tier = tierAt(kickOff, one.at, DEFAULT_TIERS);
          expect(tier).not.toBeNull();
          if (tier === null) continue;
          const least = before.failed
            ? 15_000
            : intervalMs(tier, fixture(0, 0), { failures: 0, jitter: 0, restMs: 0 });
          expect(one.at - before.at).toBeGreaterThanOrEqual(least);
        }
      }),
      SEEDED,
    );
  });

  it("no budget is passed in any stretch of its length", () => {
    const budgets = fc.record({
      requests: fc.integer({ min: 1, max: 12 }),
      minutes: fc.integer({ min: 1, max: 600 }),
    });
    fc.assert(
      fc.property(kickOffs, steps, budgets, (minutes, waits, { requests, minutes: per }) => {
        const fixtures = minutes.map((minute, i) => fixture(i, KICK_OFF + minute * MINUTE));
        const perMs = per * MINUTE;
        const sent = runVirtually({
          sources: [{ ...ONE_EACH, budget: { requests, perMs } }],
          fixtures: () => fixtures,
          wakes: wakesOf(waits),
        });
        for (const { at } of sent)
          expect(sent.filter((one) => one.at > at - perMs && one.at <= at).length).toBeLessThanOrEqual(
            requests,
          );
      }),
      SEEDED,
    );
  });

  it("a request is sent at most once, however long the wait was", () => {
    fc.assert(
      fc.property(kickOffs, steps, (minutes, waits) => {
        const fixtures = minutes.map((minute, i) => fixture(i, KICK_OFF + minute * MINUTE));
        const sent = runVirtually({ sources: [ONE_EACH], fixtures: () => fixtures, wakes: wakesOf(waits) });
        const keys = sent.map(({ request, at }) => `${request} ${at}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      SEEDED,
    );
  });
});
