import { describe, expect, it } from "vitest";
import { violations } from "./judge.js";
import { STORM } from "./model-venue.js";
import { storm } from "./storm.js";

describe("longer storms", () => {
  it("lose and double nothing when what was proven absent is opened anew", async () => {
    for (const seed of [2, 4]) {
      const { verdict, givenUpWrongly } = await storm({ seed, intents: 400, reopen: true, mostAttempts: 3 });
      expect([violations(verdict), givenUpWrongly]).toEqual([0, 0]);
    }
  });

  it("are judged by a judge that sees: a venue that hides bets for longer than the rule is found out", async () => {
    const faults = { ...STORM, visibleWithinMs: 1_200_000 };
    const { verdict, givenUpWrongly } = await storm({ seed: 3, intents: 300, faults, reopen: true, kill: 0 });
    expect(verdict.doubled + givenUpWrongly).toBeGreaterThan(0);
  });
});
