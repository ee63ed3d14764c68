import { createHash } from "node:crypto";
import type { ModelEntry, ModelRegistry } from "../../src/backtest/model.js";
import type { Forecaster, Observation } from "../../src/models/forecaster.js";
import { poissonForecaster } from "../../src/models/walk-forward.js";

/** What a recording model was shown, in order, and the day it was asked for. */
export interface Witness {
  readonly seen: Observation[];
  readonly asked: number[];
}

export function newWitness(): Witness {
  return { seen: [], asked: [] };
}

/**
 * A model that always says: home 1-0 with `home`, 0-0 with `draw`, 0-1 with the rest, on a grid of at most one goal.
 * Chances that can be worked out by hand.
 */
export function constantModel(home: number, draw: number, witness: Witness = newWitness()): ModelEntry {
  return {
    parameters: [],
    uses: { market: true, statistics: true },
    create: (): Forecaster => ({
      version: "constant",
      observe: (matches) => void witness.seen.push(...matches),
      forecast: (_, asOf) => {
        witness.asked.push(asOf);
        const cells = Float64Array.from([draw, 1 - home - draw, home, 0]);
        const grid = { maxGoals: 1, cells, tailMass: 0 };
        return { kind: "forecast", homeRate: 1, awayRate: 1, rho: 0, grid: () => grid, notes: [] };
      },
    }),
  };
}

/** The program's own Poisson model, for tests that want a model which really learns. */
export const poisson: ModelEntry = {
  parameters: ["xi", "ridge"],
  uses: { market: false, statistics: false },
  create: (division) => poissonForecaster(division, { leastMatches: 20 }),
};

export function registry(model: ModelEntry): ModelRegistry {
  return { poisson: model };
}

/** The digest that the command line uses. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
