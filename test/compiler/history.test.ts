import { describe, expect, it } from "vitest";
import { readHistory } from "../../src/compiler/history.js";
import { pastOwnPrices } from "../../src/compiler/own-prices.js";
import { startOfDay } from "../../src/core/day.js";
import { scratchFolder } from "../support/scratch.js";
import { CUT, labWarehouse, scrambledFrom } from "./lab.js";

const scratch = scratchFolder();
const warehouse = await labWarehouse(scratch("history.db"));

describe("a league's past", () => {
  it("has every finished match with its lines, in kick-off order", async () => {
    const { matches, division } = await readHistory(warehouse, "SIM1");
    // Two whole seasons of 8 clubs are 2 x 56 matches; the third is cut.
    expect(matches.length).toBeGreaterThan(112);
    expect(matches.every(({ observation }) => observation.market !== null)).toBe(true);
    expect(matches.every(({ closing, early }) => closing !== null && early !== null)).toBe(true);
    const days = matches.map(({ observation }) => observation.fixture.day);
    expect([...days].sort((a, b) => a - b)).toEqual(days);
    expect(division.clubs.get(2022)?.size).toBe(8);
  });

  it("leaves out what was not known yet", async () => {
    const before = CUT - 60;
    const { matches } = await readHistory(warehouse, "SIM1", { asOf: startOfDay(before) });
    expect(matches.length).toBeGreaterThan(112);
    expect(matches.every(({ observation }) => observation.fixture.day < before)).toBe(true);
    const scrambled = await labWarehouse(scratch("later.db"), scrambledFrom(before));
    const same = await readHistory(scrambled, "SIM1", { asOf: startOfDay(before) });
    expect(same.matches).toEqual(matches);
    await scrambled.close();
  });

  it("knows a second tier's neighbours and nobody else's", async () => {
    const leagues = await warehouse.leagues();
    const tiers = leagues.map((each) => ({ ...each, tier: each.code === "SIM1" ? 1 : 2 }));
    const second = await readHistory(warehouse, "SIM2", { leagues: tiers });
    expect(second.neighbours.map(({ league }) => league)).toEqual(["SIM1"]);
    expect(second.neighbours[0].clubs.get(2021)?.size).toBe(8);
    const top = await readHistory(warehouse, "SIM1", { leagues: tiers });
    expect(top.neighbours).toEqual([]);
  });

  it("gives a match's own prices only from the day after they were observed", async () => {
    const history = await readHistory(warehouse, "SIM1");
    const match = history.matches[20];
    const { fixture } = match.observation;
    const own = pastOwnPrices(history);
    expect(own(fixture, fixture.day + 1)).toEqual(match.early);
    // A week before no price of the match was taken.
    expect(own(fixture, fixture.day - 7)).toBeNull();
  });
});
