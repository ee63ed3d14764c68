import { describe, expect, it } from "vitest";
import { violations } from "./judge.js";
import { storm } from "./storm.js";

describe("a storm of lost, late and garbled replies, and a process that is killed", () => {
  it("loses no bet and doubles none, and goes the same way again", async () => {
    const told = { seed: 1, intents: 100, kill: 0.02 };
    const [once, again] = [await storm(told), await storm(told)];
    expect(once.verdict).toMatchObject({ intents: once.verdict.intents, lost: 0, doubled: 0, orphaned: 0 });
    expect([violations(once.verdict), once.givenUpWrongly]).toEqual([0, 0]);
    expect(once.kills).toBeGreaterThan(3);
    expect(once.hash).toBe(again.hash);
  });
});
