import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BetEvent } from "../../src/trader/bet-event.js";
import { type BetState, isOpen, PLANNED } from "../../src/trader/bet-state.js";
import { openRiskMinor } from "../../src/trader/exposure.js";
import { customerRef } from "../../src/trader/intent-key.js";
import { mayResend } from "../../src/trader/quarantine.js";
import { stateAfter, transition } from "../../src/trader/transition.js";
import { intent, NOON, order } from "./bets.js";

const bet = intent();
const REF = customerRef(bet.key, 0);
const SIZE = bet.sizeMinor;
const stateOf = (...events: BetEvent[]): BetState => stateAfter(PLANNED, events, SIZE);
const intended: BetEvent = { kind: "intended", at: NOON };
const sending = (at = NOON, customerRef = REF): BetEvent => ({ kind: "sending", at, customerRef });
const unknown = (at = NOON): BetEvent => ({ kind: "unknown", at, code: "TIMEOUT" });
const absent = (at: number): BetEvent => ({ kind: "absent", at });
const seen = (facts = order("b1")): BetEvent => ({ kind: "seen", at: NOON, order: facts });

describe("the life of a bet", () => {
  it("goes from intent to payment", () => {
    const matched = order("b1", 1000);
    const settled: BetEvent = {
      kind: "settled",
      at: NOON,
      facts: { betId: "b1", settledAt: NOON, settledMinor: 1000, priceMatched: 3, profitMinor: 2000 },
    };
    const path: BetEvent[] = [
      intended,
      sending(),
      { kind: "placed", at: NOON, order: order("b1") },
      seen(order("b1", 400)),
      seen(matched),
      settled,
      { kind: "reconciled", at: NOON, commissionMinor: 40 },
    ];
    const stages = path.map((_, index) => stateOf(...path.slice(0, index + 1)).stage);
    expect(stages).toEqual(["INTENT", "SENT", "PLACED", "PART_MATCHED", "MATCHED", "SETTLED", "RECONCILED"]);
  });

  it("takes silence for nothing but silence, and looks only from 125 s after the last attempt", () => {
    const silent = stateOf(intended, sending(NOON), unknown(NOON + 16_000));
    expect(silent.stage).toBe("UNKNOWN");
    const early = stateAfter(silent, [absent(NOON + 140_999), absent(NOON + 140_999)], SIZE);
    expect(early.stage).toBe("UNKNOWN");
    const once = stateAfter(silent, [absent(NOON + 141_000)], SIZE);
    expect(once.stage).toBe("UNKNOWN");
    expect(stateAfter(once, [absent(NOON + 142_000)], SIZE).stage).toBe("ABSENT");
  });

  it("waits anew after a further copy", () => {
    const copied = stateOf(
      intended,
      sending(NOON),
      unknown(NOON),
      sending(NOON + 40_000),
      unknown(NOON + 40_000),
    );
    expect(stateAfter(copied, [absent(NOON + 125_000), absent(NOON + 126_000)], SIZE).stage).toBe("UNKNOWN");
    expect(stateAfter(copied, [absent(NOON + 165_000), absent(NOON + 166_000)], SIZE).stage).toBe("ABSENT");
  });

  it("is not rejected while an earlier copy may stand", () => {
    const copy = [
      intended,
      sending(),
      unknown(),
      sending(NOON + 1),
      { kind: "rejected", at: NOON + 2, code: "X" },
    ];
    expect(stateOf(...(copy as BetEvent[])).stage).toBe("UNKNOWN");
    expect(stateOf(intended, sending(), { kind: "rejected", at: NOON, code: "X" }).stage).toBe("REJECTED");
  });

  it("never sends another request after an unknown one", () => {
    const other = transition(stateOf(intended, sending(), unknown()), sending(NOON, "other"), SIZE);
    expect(other.kind).toBe("impossible");
  });

  it("sends a copy within 45 s of the first and as often as told", () => {
    const state = stateOf(intended, sending(), unknown());
    expect([mayResend(state, NOON + 44_999, 2), mayResend(state, NOON + 45_000, 2)]).toEqual([true, false]);
    expect(mayResend(state, NOON, 1)).toBe(false);
  });

  it("believes an order that stands, whatever was thought of the bet", () => {
    const expired = stateOf(intended, sending(), unknown(), absent(NOON + 200_000), absent(NOON + 201_000), {
      kind: "expired",
      at: NOON,
      code: "ABSENT",
    });
    expect(expired.stage).toBe("EXPIRED");
    expect(stateAfter(expired, [seen()], SIZE).stage).toBe("PLACED");
  });

  it("counts a second order under the same reference as a double", () => {
    const state = stateOf(intended, sending(), seen(order("b1")), seen(order("b2", 400)));
    expect(state.doubles.map(({ betId }) => betId)).toEqual(["b2"]);
    expect(openRiskMinor(bet, state)).toBe(2000);
  });

  it("refuses an overfill, another size and a part that is no amount", () => {
    const state = stateOf(intended, sending());
    const bad = [
      order("b1", 1200, { remainingMinor: 0 }),
      order("b1", 0, { sizeMinor: 500, remainingMinor: 500 }),
      order("b1", -1, { remainingMinor: 1001 }),
      order("b1", 400, { averagePrice: null }),
    ];
    for (const facts of bad) expect(transition(state, seen(facts), SIZE).kind).toBe("impossible");
  });

  it("keeps the last word of a settlement", () => {
    const facts = { betId: "b1", settledAt: NOON, settledMinor: 1000, priceMatched: 3, profitMinor: 2000 };
    const paid = stateOf(intended, sending(), seen(order("b1", 1000)), { kind: "settled", at: NOON, facts });
    expect(transition(paid, { kind: "settled", at: NOON, facts }, SIZE).kind).toBe("same");
    const corrected: BetEvent = { kind: "settled", at: NOON, facts: { ...facts, profitMinor: -1000 } };
    expect(stateAfter(paid, [corrected], SIZE).settled?.profitMinor).toBe(-1000);
  });
});

const at = fc.integer({ min: 0, max: 400_000 }).map((ms) => NOON + ms);
const facts = fc
  .record({
    id: fc.constantFrom("b1", "b1", "b1", "b2"),
    matched: fc.integer({ min: 0, max: 1000 }),
    gone: fc.boolean(),
  })
  .map(({ id, matched, gone }) =>
    order(id, matched, gone ? { remainingMinor: 0, lapsedMinor: 1000 - matched } : {}),
  );
const event: fc.Arbitrary<BetEvent> = fc.oneof(
  fc.record({ kind: fc.constant("intended" as const), at }),
  fc.record({ kind: fc.constant("denied" as const), at, code: fc.constant("halt"), text: fc.constant("") }),
  fc.record({ kind: fc.constant("sending" as const), at, customerRef: fc.constantFrom(REF, REF, "other") }),
  fc.record({
    kind: fc.constantFrom("not-sent", "rejected", "unknown", "expired"),
    at,
    code: fc.constant("X"),
  }),
  fc.record({ kind: fc.constantFrom("placed", "seen"), at, order: facts }),
  fc.record({ kind: fc.constantFrom("absent", "reopened"), at }),
  fc.record({
    kind: fc.constant("settled" as const),
    at,
    facts: fc.record({
      betId: fc.constantFrom("b1", "b2"),
      settledAt: at,
      settledMinor: fc.constant(1000),
      priceMatched: fc.constant(3),
      profitMinor: fc.constantFrom(2000, -1000),
    }),
  }),
  fc.record({ kind: fc.constant("reconciled" as const), at, commissionMinor: fc.nat(50) }),
) as fc.Arbitrary<BetEvent>;

describe("any events in any order", () => {
  it("never lose a bet that may stand: its risk is counted until it is proven absent, refused or paid", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 14 }), (events) => {
        let state = PLANNED;
        for (const each of events) {
          const next = transition(state, each, SIZE);
          if (next.kind === "moved") {
            if (isOpen(state) && state.uncertain > 0 && !isOpen(next.state))
              expect(["absent", "rejected", "settled"]).toContain(each.kind);
            state = next.state;
          }
          if (["INTENT", "SENT", "UNKNOWN"].includes(state.stage))
            expect(openRiskMinor(bet, state)).toBeGreaterThanOrEqual(SIZE);
          if (state.uncertain > 0) expect(isOpen(state)).toBe(true);
          if (state.order === null)
            expect(["PLACED", "PART_MATCHED", "MATCHED", "SETTLED"]).not.toContain(state.stage);
        }
      }),
      { seed: 42, numRuns: 250 },
    );
  });

  it("change nothing when they come twice, but for attempts and looks", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), event, (events, last) => {
        fc.pre(last.kind !== "absent" && last.kind !== "sending" && last.kind !== "not-sent");
        const once = stateAfter(stateOf(...events), [last], SIZE);
        const [a, b] = [once, stateAfter(once, [last], SIZE)];
        if (a.stage !== b.stage) expect([last.kind, a.stage]).toEqual(["", ""]);
      }),
      { seed: 42, numRuns: 200 },
    );
  });
});
