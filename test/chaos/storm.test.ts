import { describe, expect, it } from "vitest";
import { violations } from "./judge.js";
import { STORM } from "./model-venue.js";
import { storm } from "./storm.js";

describe("a storm of lost, late and garbled replies, and a process that is killed", () => {
  it("loses no bet and doubles none, and goes the same way again", async () => {
    const told = { seed: 1, intents: 250, kill: 0.01 };
    const [once, again] = [await storm(told), await storm(told)];
    expect(once.verdict).toMatchObject({ intents: once.verdict.intents, lost: 0, doubled: 0, orphaned: 0 });
    expect([violations(once.verdict), once.givenUpWrongly]).toEqual([0, 0]);
    expect(once.kills).toBeGreaterThan(3);
    expect(once.hash).toBe(again.hash);
  });

  it("may open anew what was proven absent", async () => {
    const { verdict, givenUpWrongly } = await storm({ seed: 2, intents: 200, reopen: true });
    expect([violations(verdict), givenUpWrongly]).toEqual([0, 0]);
  });

  it("is judged by a judge that sees: a venue that hides bets for longer than the rule is found out", async () => {
    const faults = { ...STORM, visibleWithinMs: 1_200_000 };
    const { verdict, givenUpWrongly } = await storm({ seed: 3, intents: 300, faults, reopen: true, kill: 0 });
    expect(verdict.doubled + givenUpWrongly).toBeGreaterThan(0);
  });
});
