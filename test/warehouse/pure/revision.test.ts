import { describe, expect, it } from "vitest";
import { matchFacts, statisticsOf } from "../../../src/warehouse/contract/match-facts.js";
import { formatScore, revisedFacts, revisedGoals } from "../../../src/warehouse/contract/revision.js";
import { goals, record, statistics } from "../../support/records.js";

describe("revisedGoals", () => {
  const known = goals(2, 1, 1, 0);
  it.each([
    ["the same", goals(2, 1, 1, 0), null],
    ["no half time", goals(2, 1), null],
    ["another half time", goals(2, 1, 0, 0), goals(2, 1, 0, 0)],
    ["another score without half time", goals(0, 2), goals(0, 2)],
  ])("%s", (_, told, expected) => expect(revisedGoals(known, told)).toEqual(expected));

  it("takes a half time that was unknown", () =>
    expect(revisedGoals(goals(2, 1), goals(2, 1, 1, 0))).toEqual(goals(2, 1, 1, 0)));
});

describe("formatScore", () => {
  it("shows the half time when it is known", () => {
    expect(formatScore(goals(2, 1, 1, 0))).toBe("2-1 (1-0)");
    expect(formatScore(goals(0, 2))).toBe("0-2");
  });
});

describe("revisedFacts", () => {
  it.each([
    ["nothing new", [1, null], [1, null], false, null],
    ["an unknown fact leaves a known one", [1, 2], [1, null], false, null],
    ["a new fact joins the known ones", [1, null], [null, 2], false, [1, 2]],
    ["a correction replaces", [1, 2], [3, null], false, [3, 2]],
    ["a withdrawal takes all that is not said again", [1, 2], [null, null], true, [null, null]],
    ["zero is known", [null], [0], false, [0]],
  ])("%s", (_, known, told, withdrawn, expected) =>
    expect(revisedFacts(known, told, withdrawn)).toEqual(expected),
  );
});

describe("matchFacts", () => {
  it("and statisticsOf are inverse", () => {
    const told = statistics({ shots: 12, bookingPoints: 10 }, { woodwork: 0, corners: 3 });
    const facts = matchFacts(record({ statistics: told, referee: "M Dean", attendance: 100 }));
    expect(facts).toHaveLength(20);
    expect(facts?.slice(18)).toEqual(["M Dean", 100]);
    const counts = (facts ?? []).slice(0, 18).map((fact) => (typeof fact === "number" ? fact : null));
    expect(statisticsOf(counts)).toEqual(told);
  });

  it("are none when nothing is known", () => {
    expect(matchFacts(record())).toBeNull();
    expect(matchFacts(record({ statistics: statistics({}, {}) }))).toBeNull();
    expect(statisticsOf(Array(18).fill(null))).toBeNull();
  });
});
