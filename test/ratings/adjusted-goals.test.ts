import { describe, expect, it } from "vitest";
import { adjustedGoals, type DismissalEvent, type GoalEvent } from "../../src/ratings/adjusted-goals.js";

const home = (minute: number): GoalEvent => ({ side: "home", minute });
const away = (minute: number): GoalEvent => ({ side: "away", minute });
const red = (side: "home" | "away", minute: number, straight = true): DismissalEvent => ({
  side,
  minute,
  straight,
});

// Every value the original's published ratings show, each worked out by hand from the rule: a goal is worth 1; past
// the 70th minute with a lead d >= 2 it is worth 1/d; x 0.75 against ten men; / 0.75 by ten men; truncated.
describe("adjustedGoals", () => {
  it.each([
    ["1", "one goal", [home(10)], [], 1],
    ["1 + 1/2 = 1.5", "a late second", [home(10), home(80)], [], 1.5],
    ["1 + 1 + 1/3 = 2.333", "a late third", [home(10), home(20), home(85)], [], 2.33],
    [
      "1 + 1/2 + 1/3 + 0.75 = 2.583",
      "1-0, late 2-0 and 3-0, pulled back to 3-3, then 4-3 against ten men",
      [home(10), home(75), home(80), away(81), away(82), away(83), home(85)],
      [red("away", 84)],
      2.58,
    ],
    [
      "1 + 1 + 1/2 + 1/3 = 2.833",
      "1-0, 1-1, 2-1, then late 3-1 and 4-1",
      [home(10), away(20), home(30), home(75), home(80)],
      [],
      2.83,
    ],
    ["1 + 1 + 1 + 1/4 = 3.25", "a late fourth", [home(1), home(2), home(3), home(90)], [], 3.25],
    ["0.75", "against ten men", [home(30)], [red("away", 20)], 0.75],
    ["1 / 0.75 = 1.333", "by ten men", [home(30)], [red("home", 20)], 1.33],
    ["1 + 0.75/2 = 1.375", "a late second against ten men", [home(10), home(80)], [red("away", 40)], 1.37],
    [
      "1.5 + 0.75 = 2.25",
      "1-0, late 2-0, pulled back to 2-2, then 3-2 against ten men",
      [home(10), home(75), away(78), away(80), home(85)],
      [red("away", 84)],
      2.25,
    ],
  ] as const)("gives %s for %s", (_sum, _what, goals, reds, expected) => {
    expect(adjustedGoals([...goals], [...reds]).home).toBe(expected);
  });

  it("counts a red card from the minute after it, and only a straight one", () => {
    expect(adjustedGoals([home(20)], [red("away", 20)]).home).toBe(1);
    expect(adjustedGoals([home(21)], [red("away", 20)]).home).toBe(0.75);
    expect(adjustedGoals([home(21)], [red("away", 20, false)]).home).toBe(1);
  });

  it("cancels out when both sides have ten men, and a second red changes nothing more", () => {
    expect(adjustedGoals([home(50)], [red("away", 20), red("home", 30)]).home).toBe(1);
    expect(adjustedGoals([home(50)], [red("away", 20), red("away", 30)]).home).toBe(0.75);
  });

  it("leaves the 70th minute whole and discounts from the 71st", () => {
    expect(adjustedGoals([home(1), home(70)], []).home).toBe(2);
    expect(adjustedGoals([home(1), home(71)], []).home).toBe(1.5);
  });

  it("never discounts an equaliser or a late goal of a side that is behind", () => {
    expect(adjustedGoals([home(1), home(2), home(3), away(80), away(85), away(89)], [])).toEqual({
      home: 3,
      away: 3,
    });
  });

  it("takes goals in any order of minutes", () => {
    expect(adjustedGoals([home(80), home(10)], []).home).toBe(1.5);
  });

  it("does not lose a hundredth to binary thirds", () => {
    // 1 + 1 early, then 3-0, 3-1, 4-1, 4-2, 5-2 late, each home goal to a lead of 3: 2 + 3 x 1/3 = 3.
    const goals = [home(1), home(2), home(71), away(72), home(73), away(74), home(75)];
    expect(adjustedGoals(goals, []).home).toBe(3);
  });
});
