import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { similarity } from "../../../src/core/text.js";
import {
  foldName,
  mostResembling,
  RESEMBLANCE_FLOOR,
  resemblance,
} from "../../../src/warehouse/contract/club-name.js";

describe("foldName", () => {
  it.each([
    ["Málaga", "malaga"],
    ["M'Gladbach", "m'gladbach"],
    ["Preußen Münster", "preußen munster"],
    ["King’s Lynn", "king’s lynn"],
  ])("%s is %s", (name, folded) => expect(foldName(name)).toBe(folded));
});

describe("resemblance", () => {
  /** A name and the same with up to four letters replaced by up to four others. */
  const pair = fc
    .tuple(fc.string({ maxLength: 20 }), fc.nat(20), fc.nat(4), fc.string({ maxLength: 4 }))
    .map(([name, at, gone, put]): [string, string] => [
      name,
      name.slice(0, at) + put + name.slice(at + gone),
    ]);

  it("leaves out only what cannot reach the floor", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [exact, quick] = [similarity(a, b), resemblance(a, b)];
        expect(quick >= RESEMBLANCE_FLOOR ? quick : 0).toBe(exact >= RESEMBLANCE_FLOOR ? exact : 0);
      }),
      { seed: 42, numRuns: 2000 },
    );
  });
});

describe("mostResembling", () => {
  const clubs = ["villareal", "valencia", "real madrid"].map((folded) => ({ folded }));

  it("finds the closest look-alike", () => {
    // One letter of ten is missing.
    expect(mostResembling("villarreal", clubs)).toEqual({ candidate: clubs[0], score: 0.9 });
  });

  it("finds none among different names", () => expect(mostResembling("osasuna", clubs)).toBeNull());
});
