import { describe, expect, it } from "vitest";
import { checkGoalFits } from "../../src/compiler/verify-fits.js";
import { verifyForecast } from "../../src/compiler/verify-forecast.js";
import { verifyLeague } from "../../src/compiler/verify-league.js";
import { startOfDay } from "../../src/core/day.js";
import { scoreGrid } from "../../src/models/dixon-coles-grid.js";
import { expectedGoals } from "../../src/models/grid.js";
import { NEGATIVE_BINOMIAL } from "../../src/models/negative-binomial.js";
import { scratchFolder } from "../support/scratch.js";
import { CUT, labWarehouse } from "./lab.js";

const scratch = scratchFolder();
const NEGATIVE = { name: "negative-binomial", parameters: {} };
const PLAIN = { name: "dixon-coles", parameters: {} };

function forecast(grid: ReturnType<typeof scoreGrid>) {
  return { kind: "forecast", ...expectedGoals(grid), rho: 0, grid: () => grid, notes: [] } as const;
}

function negativeBinomial() {
  const grid = NEGATIVE_BINOMIAL.grids([0.3])({ homeLog: 0.4, awayLog: 0.1, lift: 0.2 });
  if (!grid) throw new Error("no grid");
  return grid;
}

describe("a forecast's second path", () => {
  it("agrees for a Dixon-Coles grid and for one of another distribution", () => {
    expect(verifyForecast(forecast(negativeBinomial()), NEGATIVE).kind).toBe("agreed");
    const rates = { homeRate: 1.5, awayRate: 1.1, rho: -0.05 };
    const made = { kind: "forecast", ...rates, grid: () => scoreGrid(rates), notes: [] } as const;
    expect(verifyForecast(made, PLAIN).kind).toBe("agreed");
  });

  it("finds a grid that is no distribution, and one whose goals are not those said", () => {
    const grid = negativeBinomial();
    const raised = forecast({ ...grid, cells: grid.cells.map((p) => 1.01 * p) });
    expect(verifyForecast(raised, NEGATIVE)).toMatchObject({
      kind: "disagreed",
      where: expect.stringContaining("sum to 1.0"),
    });
    const wrong = { ...forecast(grid), homeRate: 2.9 };
    expect(verifyForecast(wrong, NEGATIVE)).toMatchObject({
      kind: "disagreed",
      where: "expected home goals",
    });
  });
});

describe("verifying a league", () => {
  it("agrees on a simulated league, for fixtures to come", async () => {
    const warehouse = await labWarehouse(scratch("verify.db"));
    const { checks, upcoming, fixtures } = await verifyLeague(warehouse, {
      league: "SIM1",
      asOf: startOfDay(CUT),
      models: ["poisson", "market-informed"],
      seed: 1,
    });
    expect(upcoming).toBe(true);
    expect(fixtures.length).toBeGreaterThan(3);
    expect(checks.filter(({ agreed }) => !agreed)).toEqual([]);
    // Compared, not skipped: likelihood, slopes and least squares of poisson; day by day; sheets; play-outs.
    expect(checks.filter(({ subject, checked }) => subject === "poisson" && checked > 0).length).toBe(6);
    // rue-salvesen has a story of its own, played out like those of the other distributions.
    expect(checks.find(({ subject }) => subject === "rue-salvesen gamma=0.1")).toMatchObject({
      agreed: true,
      checked: 3,
      unit: "standard errors",
    });
    await warehouse.close();
  });

  it("says why nothing was compared where a fit is refused", () => {
    const match = { home: "Ash", away: "Birch", homeGoals: 1, awayGoals: 0, day: 10 };
    const checks = checkGoalFits([match], { xi: 0.001, asOf: 20, ridge: 0.05 });
    expect(checks[0]).toMatchObject({ checked: 0, agreed: true, subject: "poisson" });
    expect(checks[0].detail.length).toBeGreaterThan(5);
  });
});
