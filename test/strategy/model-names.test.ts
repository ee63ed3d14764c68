import { describe, expect, it } from "vitest";
import { FORECASTERS } from "../../src/compiler/forecasters.js";
import { FORECASTER_NAMES } from "../../src/models/forecaster-names.js";
import { strategyOf } from "./views.js";

describe("the models that a strategy may name", () => {
  it("are all that the compiler can make, and no others", () => {
    expect([...FORECASTER_NAMES].sort()).toEqual(Object.keys(FORECASTERS).sort());
  });

  it.each(FORECASTER_NAMES)("include %s", (name) => {
    expect(strategyOf(`model: { name: ${name} }`).model.name).toBe(name);
  });
});
