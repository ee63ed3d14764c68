import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intervalMs, nextPoll, type PollFixture, type PollHistory } from "../../src/checker/next-poll.js";
import { DEFAULT_TIERS, tierAt } from "../../src/checker/tier.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** 2026-03-07T15:00:00Z. */
const KICK_OFF = Date.UTC(2026, 2, 7, 15);
const FIXTURE: PollFixture = { kickOff: KICK_OFF, kickOffKnown: true, status: "scheduled" };
const NEVER: PollHistory = { lastPoll: null, failures: 0, notBefore: null, jitter: 0.5, restMs: 0 };

/** Milliseconds from kick-off to the next poll of a fixture last polled `last` after kick-off, `now` likewise. */
function next(
  last: number | null,
  now: number,
  told: Partial<PollHistory & PollFixture> = {},
): number | string {
  const lastPoll = last === null ? null : KICK_OFF + last;
  const planned = nextPoll(
    { ...FIXTURE, ...told },
    { ...NEVER, ...told, lastPoll },
    KICK_OFF + now,
    DEFAULT_TIERS,
  );
  return planned.kind === "at" ? planned.at - KICK_OFF : planned.reason;
}

describe("the next poll by the house's tiers", () => {
  it("comes 6 h, 1 h, 10 min and 30 s after the last, the nearer to kick-off the sooner", () => {
    expect(next(-30 * HOUR, -30 * HOUR)).toBe(-24 * HOUR);
    expect(next(-8 * HOUR, -8 * HOUR)).toBe(-7 * HOUR);
    expect(next(-50 * MINUTE, -50 * MINUTE)).toBe(-40 * MINUTE);
    expect(next(-5 * MINUTE, -5 * MINUTE)).toBe(-4.5 * MINUTE);
  });

  it("comes every minute when the match should have begun, and not at all three hours later", () => {
    expect(next(0, 0)).toBe(MINUTE);
    expect(next(2 * HOUR, 2 * HOUR)).toBe(2 * HOUR + MINUTE);
    expect(next(3 * HOUR - 2 * MINUTE, 3 * HOUR - 2 * MINUTE)).toBe(3 * HOUR - MINUTE);
    expect(next(3 * HOUR - MINUTE, 3 * HOUR - MINUTE)).toBe("over");
  });

  it("is drawn forward by a nearer tier", () => {
    expect(next(-13 * HOUR, -13 * HOUR)).toBe(-12 * HOUR);
    expect(next(-90 * MINUTE, -90 * MINUTE)).toBe(-60 * MINUTE);
    expect(next(-61 * MINUTE, -61 * MINUTE)).toBe(-51 * MINUTE);
    expect(next(-10 * MINUTE - SECOND, -10 * MINUTE - SECOND)).toBe(-9.5 * MINUTE - SECOND);
  });

  it("is now when nothing was ever asked or the time has long gone by", () => {
    expect(next(null, -30 * HOUR)).toBe(-30 * HOUR);
    expect(next(-30 * HOUR, -2 * HOUR)).toBe(-2 * HOUR);
    expect(next(null, 5 * HOUR)).toBe("over");
  });

  it("never comes for a match that is played, put off or called off", () => {
    for (const status of ["played", "postponed", "abandoned", "void"] as const)
      expect(next(null, -HOUR, { status })).toBe(status);
  });

  it("comes once an hour at most when the kick-off is only assumed", () => {
    expect(next(-5 * MINUTE, -5 * MINUTE, { kickOffKnown: false })).toBe(55 * MINUTE);
  });

  it("comes again after a failure in 30 s, then twice that, but no later than a success would bring it", () => {
    const at = -30 * HOUR;
    expect([1, 2, 3].map((failures) => next(at, at, { failures }))).toEqual([
      at + 30 * SECOND,
      at + MINUTE,
      at + 2 * MINUTE,
    ]);
    expect(next(at, at, { failures: 1, jitter: 0 })).toBe(at + 15 * SECOND);
    // 30 s x (0.5 + 0.123456) is 18,703.68 ms: instants are whole.
    expect(next(at, at, { failures: 1, jitter: 0.123456 })).toBe(at + 18_704);
    expect(next(at, at, { failures: 40 })).toBe(at + 6 * HOUR);
    expect(next(-5 * MINUTE, -5 * MINUTE, { failures: 9 })).toBe(-4.5 * MINUTE);
  });

  it("leaves a source the rest it needs, however near the kick-off", () => {
    expect(next(-5 * MINUTE, -5 * MINUTE, { restMs: HOUR })).toBe(55 * MINUTE);
    expect(next(-30 * HOUR, -30 * HOUR, { restMs: HOUR })).toBe(-24 * HOUR);
  });

  it("waits as long as the source says", () => {
    const notBefore = KICK_OFF - 20 * MINUTE;
    expect(next(-50 * MINUTE, -50 * MINUTE, { notBefore })).toBe(-20 * MINUTE);
    expect(next(-50 * MINUTE, -15 * MINUTE, { notBefore })).toBe(-15 * MINUTE);
  });
});

const offset = fc.integer({ min: -5 * 24 * HOUR, max: 4 * HOUR });
const history = fc.record({
  lastPoll: fc.option(offset.map((ms) => KICK_OFF + ms)),
  failures: fc.constant(0),
  notBefore: fc.constant(null),
  jitter: fc.constant(0.5),
  restMs: fc.constantFrom(0, HOUR),
});

describe("whatever was asked before, the next poll", () => {
  const check = (property: fc.IProperty<[number, PollHistory]>): void =>
    fc.assert(property, { seed: 42, numRuns: 500 });

  it("is never sooner after the last than the tier that holds then allows", () => {
    check(
      fc.property(offset, history, (now, known) => {
        const planned = nextPoll(FIXTURE, known, KICK_OFF + now, DEFAULT_TIERS);
        if (planned.kind === "stop") return;
        expect(planned.tier).toBe(tierAt(KICK_OFF, planned.at, DEFAULT_TIERS));
        expect(planned.at).toBeGreaterThanOrEqual(KICK_OFF + now);
        if (known.lastPoll !== null)
          expect(planned.at - known.lastPoll).toBeGreaterThanOrEqual(
            intervalMs(planned.tier, FIXTURE, known),
          );
      }),
    );
  });

  it("is the earliest such instant: a millisecond before, it was not allowed or not yet now", () => {
    check(
      fc.property(offset, history, (now, known) => {
        const planned = nextPoll(FIXTURE, known, KICK_OFF + now, DEFAULT_TIERS);
        if (planned.kind === "stop" || known.lastPoll === null) return;
        const before = planned.at - 1;
        const tier = tierAt(KICK_OFF, before, DEFAULT_TIERS);
        const allowed = tier !== null && before - known.lastPoll >= intervalMs(tier, FIXTURE, known);
        expect(allowed && before >= KICK_OFF + now).toBe(false);
      }),
    );
  });
});
