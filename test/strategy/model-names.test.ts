import { describe, expect, it } from "vitest";
import { FORECASTERS, usesOwnPrices } from "../../src/compiler/forecasters.js";
import { FORECASTER_NAMES, INDEPENDENT_FORECASTERS } from "../../src/models/forecaster-names.js";
import { strategyOf } from "./views.js";

describe("the models that a strategy may name", () => {
  it("are those of the compiler that do not read a match's own prices", () => {
    expect([...FORECASTER_NAMES].sort()).toEqual(Object.keys(FORECASTERS).sort());
    expect(INDEPENDENT_FORECASTERS).toEqual(
      FORECASTER_NAMES.filter((name) => !usesOwnPrices({ name, parameters: {} })),
    );
  });

  it.each(INDEPENDENT_FORECASTERS)("include %s", (name) => {
    expect(strategyOf(`model: { name: ${name} }`).model.name).toBe(name);
  });

  it("leave out what would look for value against the prices it is made of", () => {
    expect(() => strategyOf("model: { name: market-anchored }")).toThrow(/model.name must be one of/);
  });
});
