import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { decayRate } from "../models/fit.js";
import type { Division, Forecaster } from "../models/forecaster.js";
import { marketInformed } from "../models/market-informed.js";
import { MARKET_INFORMED } from "../models/market-parameters.js";
import { dixonColesForecaster, poissonForecaster, type WALK_FORWARD } from "../models/walk-forward.js";
import { RATINGS_MODEL, ratingsModel } from "../ratings/ratings-model.js";

export type ParameterValue = number | string | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** A model by name, and what of its parameters is not the default. */
export interface ModelChoice {
  readonly name: string;
  readonly parameters: Parameters;
}

/** How a model that walks forward is made. */
export interface ForecasterEntry {
  readonly describe: string;
  readonly parameters: readonly string[];
  /** Whether it learns from past matches' odds, and from their shots. */
  readonly uses: { readonly market: boolean; readonly statistics: boolean };
  readonly create: (division: Division, parameters: Parameters) => Forecaster;
}

const GOALS_ONLY = { market: false, statistics: false } as const;
const GOAL_PARAMETERS = ["xi", "halfLifeDays", "ridge", "rho", "leastMatches"] as const;

/** Every model that forecasts, by the name a user types. */
export const FORECASTERS: Readonly<Record<string, ForecasterEntry>> = {
  poisson: {
    describe: "attack and defence from goals, decaying with time; independent Poisson goals",
    parameters: GOAL_PARAMETERS,
    uses: GOALS_ONLY,
    create: (division, parameters) => poissonForecaster(division, goalParameters(parameters)),
  },
  "dixon-coles": {
    describe: "the same with Dixon and Coles' dependence of low scores",
    parameters: GOAL_PARAMETERS,
    uses: GOALS_ONLY,
    create: (division, parameters) => dixonColesForecaster(division, goalParameters(parameters)),
  },
  ratings: {
    describe: "Poisson regression of goals on Statistico ratings and form",
    parameters: Object.keys(RATINGS_MODEL),
    uses: GOALS_ONLY,
    create: (_division, parameters) => ratingsModel(numbers(parameters)),
  },
  "market-informed": {
    describe: "two filters fed by past closing lines, and by what results and shots said beyond them",
    parameters: Object.keys(MARKET_INFORMED),
    uses: { market: true, statistics: true },
    create: (division, parameters) => marketInformed(division, numbers(parameters)),
  },
};

export const DEFAULT_MODEL = "market-informed";

/** Throws StatisticoError for a name or a parameter that is not there, with the nearest that is. */
export function createForecaster(choice: ModelChoice, division: Division): Forecaster {
  const entry = Object.hasOwn(FORECASTERS, choice.name) ? FORECASTERS[choice.name] : undefined;
  if (!entry) throw unknownModel(choice.name);
  for (const name of Object.keys(choice.parameters))
    if (!entry.parameters.includes(name))
      throw new StatisticoError(
        "usage",
        `model ${choice.name} has no such parameter, was ${name}`,
        `parameters of ${choice.name}: ${entry.parameters.join(", ") || "none"}`,
      );
  return entry.create(division, choice.parameters);
}

export function unknownModel(name: string): StatisticoError {
  const names = Object.keys(FORECASTERS);
  const meant = nearest(name, names)[0];
  return new StatisticoError(
    "usage",
    `no such model, was ${name}`,
    meant ? `--model ${meant}` : names.join(", "),
  );
}

/** `halfLifeDays` is another way to say `xi`; both at once is a contradiction. */
function goalParameters(parameters: Parameters): Partial<typeof WALK_FORWARD> {
  const { halfLifeDays, ...rest } = numbers(parameters);
  if (halfLifeDays === undefined) return rest;
  if (rest.xi !== undefined)
    throw new StatisticoError(
      "usage",
      "xi and halfLifeDays say the same thing: give one",
      "model: { name: dixon-coles, halfLifeDays: 385 }",
    );
  return { ...rest, xi: decayRate({ halfLifeDays }) };
}

function numbers(parameters: Parameters): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      if (typeof value !== "number" || !Number.isFinite(value))
        throw new StatisticoError(
          "usage",
          `model parameter ${name} must be a number, was ${String(value)}`,
          `${name}: 0.002`,
        );
      return [name, value];
    }),
  );
}
