import { describe, expect, it } from "vitest";
import { limitsHold } from "./limits-hold.js";

describe("limits", () => {
  it("hold over 10,000 random sequences of twelve offers", async () => {
    const held = await limitsHold({ seed: 7, sequences: 10_000 });
    expect(held.broken).toBe(0);
    expect(held.met).toBeGreaterThan(10_000);
  }, 600_000);
});
