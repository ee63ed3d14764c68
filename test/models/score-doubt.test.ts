import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { BIVARIATE_POISSON } from "../../src/models/bivariate-poisson.js";
import { fitGoals } from "../../src/models/fit.js";
import { forecastInterval } from "../../src/models/fit-forecast.js";
import type { ScoreGrid } from "../../src/models/grid.js";
import { POISSON_SCORES } from "../../src/models/poisson-terms.js";
import { scoreDrawer } from "../../src/models/score-doubt.js";
import { fitScores } from "../../src/models/score-fit.js";
import { scoreFitGrid } from "../../src/models/score-fit-grid.js";
import type { ScoreFit, ScoreFitOptions } from "../../src/models/score-model.js";
import { evenTruth, simulateSeasons, teamName } from "./simulated-season.js";

const matches = simulateSeasons(evenTruth(8, 0), 3, 42);
const DRAWS = 4000;

function fitted(options: ScoreFitOptions): ScoreFit {
  const fit = fitScores(matches, options);
  if (!("shapes" in fit)) throw new Error(fit.kind);
  return fit;
}

/** Home win probabilities of grids drawn for team `home` against team `away`, ascending. */
function drawn(fit: ScoreFit, home: number, away: number): Float64Array {
  const number = (t: number) => fit.teams.findIndex(({ team }) => team === teamName(t));
  const [h, a] = [number(home), number(away)];
  const lift = fit.homeAdvantage;
  const homeLog = fit.intercept + lift + fit.teams[h].attack - fit.teams[a].defence;
  const awayLog = fit.intercept + fit.teams[a].attack - fit.teams[h].defence;
  const none = scoreFitGrid(fit, { home: teamName(home), away: teamName(away) });
  if (none === null) throw new Error("no grid");
  const draw = scoreDrawer(fit, { home: h, away: a, neutral: false }, { homeLog, awayLog, lift }, none);
  const rng = createRng(42);
  return Float64Array.from({ length: DRAWS }, () => homeWin(draw(rng))).sort();
}

function homeWin({ cells, maxGoals }: ScoreGrid): number {
  let sum = 0;
  for (let i = 0; i <= maxGoals; i++) for (let j = 0; j < i; j++) sum += cells[i * (maxGoals + 1) + j];
  return sum;
}

describe("grids drawn from a fit's doubt", () => {
  it("spread as the delta method of the Poisson fit says, which shares no code with them", () => {
    const poisson = fitGoals(matches, { model: "poisson" });
    if (poisson.kind !== "converged") throw new Error(poisson.kind);
    const exact = forecastInterval(poisson, { home: teamName(1), away: teamName(5) });
    if (exact.kind !== "interval") throw new Error(exact.kind);
    const wins = drawn(fitted({ likelihood: POISSON_SCORES }), 1, 5);
    // The ends of an interval from 4,000 draws err by some 4% of half its width; the method itself by the curvature.
    const half = (exact.home.high - exact.home.low) / 2;
    expect(Math.abs(wins[0.025 * DRAWS] - exact.home.low)).toBeLessThan(0.1 * half);
    expect(Math.abs(wins[0.975 * DRAWS] - exact.home.high)).toBeLessThan(0.1 * half);
  });

  it("do not spread where everything is held", () => {
    const free = fitted({ likelihood: BIVARIATE_POISSON });
    const ratings = (of: "attack" | "defence") => new Map(free.teams.map((team) => [team.team, team[of]]));
    const { intercept, homeAdvantage } = free;
    const held = { intercept, homeAdvantage, attack: ratings("attack"), defence: ratings("defence") };
    const shapes = new Map([["common", 0.1]]);
    const wins = drawn(fitted({ likelihood: BIVARIATE_POISSON, held: { ...held, shapes } }), 1, 5);
    expect(wins[DRAWS - 1]).toBe(wins[0]);
  });

  it("spread by the shape alone where the ratings are held, never beyond its range", () => {
    const free = fitted({ likelihood: BIVARIATE_POISSON });
    const ratings = (of: "attack" | "defence") => new Map(free.teams.map((team) => [team.team, team[of]]));
    const { intercept, homeAdvantage } = free;
    const held = { intercept, homeAdvantage, attack: ratings("attack"), defence: ratings("defence") };
    const fit = fitted({ likelihood: BIVARIATE_POISSON, held });
    const [{ se }] = fit.shapes;
    const wins = drawn(fit, 1, 5);
    expect(wins[DRAWS - 1] > wins[0]).toBe(se > 0);
  });
});
