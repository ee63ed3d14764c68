import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEntryList, entryNumber } from "../../src/models/entry-list.js";

describe("an entry list", () => {
  it("numbers names in the order they are first met, however alike they are", () => {
    // Few letters and lengths: most names share a slot with another. The empty name has no letter at all.
    const name = fc.string({ unit: fc.constantFrom("a", "b", "\u00e9"), maxLength: 3 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 60 }), (names) => {
        const list = createEntryList();
        const distinct = [...new Set(names)];
        expect(names.map((each) => entryNumber(list, each))).toEqual(
          names.map((each) => distinct.indexOf(each)),
        );
        expect(list.names).toEqual(distinct);
      }),
      { seed: 42 },
    );
  });
});
