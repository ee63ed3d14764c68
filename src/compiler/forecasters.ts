import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import type { Division, Forecaster } from "../models/forecaster.js";
import { HIERARCHICAL_FORECASTER, hierarchicalForecaster } from "../models/hierarchical-forecaster.js";
import { MARKET_ANCHORED, marketAnchored, type OwnPrices } from "../models/market-anchored.js";
import { marketInformed } from "../models/market-informed.js";
import { originsIn } from "../models/market-origin.js";
import { MARKET_INFORMED } from "../models/market-parameters.js";
import { MARKET_POISSON, marketPoisson } from "../models/market-poisson.js";
import { rueSalvesen } from "../models/rue-salvesen.js";
import { SCORE_FORECASTER, SCORE_LIKELIHOODS, scoreForecaster } from "../models/score-forecaster.js";
import type { ScoreLikelihood } from "../models/score-likelihood.js";
import { dixonColesForecaster, poissonForecaster } from "../models/walk-forward.js";
import { RATINGS_MODEL, ratingsModel } from "../ratings/ratings-model.js";
import { checked, numbers, type Parameters, withDecay } from "./model-parameters.js";

export type { Parameters, ParameterValue } from "./model-parameters.js";

/** A model by name, and what of its parameters is not the default. */
export interface ModelChoice {
  readonly name: string;
  readonly parameters: Parameters;
}

/** What a model may be told besides its division; a model that cannot do without refuses when it is missing. */
export interface ForecasterContext {
  /** The other divisions of the country, for their club lists. */
  readonly neighbours?: readonly Division[] | undefined;
  /** A match's own early prices: for `market-anchored` alone. */
  readonly ownPrices?: OwnPrices | undefined;
}

/** How a model that walks forward is made. */
export interface ForecasterEntry {
  readonly describe: string;
  readonly parameters: readonly string[];
  /** Whether it learns from past matches' odds, and from their shots; whether it reads a match's own early prices. */
  readonly uses: { readonly market: boolean; readonly statistics: boolean; readonly ownPrices?: boolean };
  /** True when the grid is that of the forecast's rates and rho by Dixon and Coles; false for a distribution of its own. */
  readonly dixonColesGrid: boolean;
  /** Throws StatisticoError("usage") for a parameter of the wrong type or out of bounds. */
  readonly create: (division: Division, parameters: Parameters, context?: ForecasterContext) => Forecaster;
}

const GOALS_ONLY = { market: false, statistics: false } as const;
const GOAL_PARAMETERS = ["xi", "halfLifeDays", "ridge", "rho", "leastMatches"] as const;
const SCORE_PARAMETERS = [...Object.keys(SCORE_FORECASTER), "halfLifeDays"];
/** The effect of Rue & Salvesen where none is given: about what they found. */
export const RUE_SALVESEN_GAMMA = 0.1;

const DESCRIBED: Readonly<Record<string, string>> = {
  "negative-binomial": "attack and defence from goals; counts more dispersed than Poisson",
  "zero-inflated-poisson": "attack and defence from goals; more goalless sides than Poisson",
  "bivariate-poisson": "attack and defence from goals; a share of goals common to both sides",
  "bivariate-poisson-inflated": "the same with 0-0, 1-1 and 2-2 raised",
  "weibull-copula": "attack and defence from goals; Weibull counts tied by Frank's copula",
};

/** Its tables by league or origin are no parameters that a strategy sets. */
const SINGLE_PARAMETERS = Object.entries(MARKET_INFORMED).flatMap(([name, value]) =>
  typeof value === "number" ? [name] : [],
);

/** Every model that forecasts, by the name a user types. */
export const FORECASTERS: Readonly<Record<string, ForecasterEntry>> = {
  poisson: {
    describe: "attack and defence from goals, decaying with time; independent Poisson goals",
    parameters: GOAL_PARAMETERS,
    uses: GOALS_ONLY,
    dixonColesGrid: true,
    create: (division, parameters) => poissonForecaster(division, withDecay(checked(numbers(parameters)))),
  },
  "dixon-coles": {
    describe: "the same with Dixon and Coles' dependence of low scores",
    parameters: GOAL_PARAMETERS,
    uses: GOALS_ONLY,
    dixonColesGrid: true,
    create: (division, parameters) => dixonColesForecaster(division, withDecay(checked(numbers(parameters)))),
  },
  ratings: {
    describe: "Poisson regression of goals on Statistico ratings and form",
    parameters: Object.keys(RATINGS_MODEL),
    uses: GOALS_ONLY,
    dixonColesGrid: true,
    create: (_division, parameters) => ratingsModel(numbers(parameters)),
  },
  ...Object.fromEntries(SCORE_LIKELIHOODS.map((likelihood) => [likelihood.name, scoreEntry(likelihood)])),
  "rue-salvesen": {
    describe: "Poisson with the stronger side underestimating the weaker one; gamma is given",
    parameters: [...SCORE_PARAMETERS, "gamma"],
    uses: GOALS_ONLY,
    dixonColesGrid: false,
    create: (division, parameters) => {
      const { gamma = RUE_SALVESEN_GAMMA, ...rest } = checked(numbers(parameters));
      return scoreForecaster(division, rueSalvesen(gamma), withDecay(rest));
    },
  },
  hierarchical: {
    describe: "dixon-coles whose pull to the mean is estimated from the spread of the clubs",
    parameters: [...Object.keys(HIERARCHICAL_FORECASTER), "halfLifeDays"],
    uses: GOALS_ONLY,
    dixonColesGrid: true,
    create: (division, parameters) =>
      hierarchicalForecaster(division, withDecay(checked(numbers(parameters)))),
  },
  "market-informed": {
    describe: "two filters fed by past closing lines, and by what results and shots said beyond them",
    parameters: SINGLE_PARAMETERS,
    uses: { market: true, statistics: true },
    dixonColesGrid: true,
    create: (division, parameters, context) => informed(division, numbers(parameters), context),
  },
  "market-poisson": {
    describe: "Poisson ratings fitted to the goals that past closing lines expected",
    parameters: Object.keys(MARKET_POISSON),
    uses: { market: true, statistics: false },
    dixonColesGrid: true,
    create: (division, parameters) => marketPoisson(division, checked(numbers(parameters))),
  },
  "market-anchored": {
    describe:
      "market-informed blended with the match's own early prices: never to look for value against them",
    parameters: Object.keys(MARKET_ANCHORED),
    uses: { market: true, statistics: true, ownPrices: true },
    dixonColesGrid: true,
    create: anchored,
  },
};

export const DEFAULT_MODEL = "market-informed";

/** Throws StatisticoError for a name or a parameter that is not there, with the nearest that is. */
export function createForecaster(
  choice: ModelChoice,
  division: Division,
  context: ForecasterContext = {},
): Forecaster {
  const entry = Object.hasOwn(FORECASTERS, choice.name) ? FORECASTERS[choice.name] : undefined;
  if (!entry) throw unknownModel(choice.name);
  for (const name of Object.keys(choice.parameters))
    if (!entry.parameters.includes(name))
      throw new StatisticoError(
        "usage",
        `model ${choice.name} has no such parameter, was ${name}`,
        `parameters of ${choice.name}: ${entry.parameters.join(", ") || "none"}`,
      );
  return entry.create(division, choice.parameters, context);
}

/** Whether a model reads a match's own early prices. */
export function usesOwnPrices({ name }: ModelChoice): boolean {
  return Object.hasOwn(FORECASTERS, name) && FORECASTERS[name].uses.ownPrices === true;
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

function scoreEntry(likelihood: ScoreLikelihood): ForecasterEntry {
  return {
    describe: DESCRIBED[likelihood.name] ?? "attack and defence from goals",
    parameters: SCORE_PARAMETERS,
    uses: GOALS_ONLY,
    dixonColesGrid: false,
    create: (division, parameters) =>
      scoreForecaster(division, likelihood, withDecay(checked(numbers(parameters)))),
  };
}

/** Told where newcomers come from, and says by whose club lists. */
function informed(
  division: Division,
  parameters: Partial<typeof MARKET_INFORMED>,
  { neighbours = [] }: ForecasterContext = {},
): Forecaster {
  const forecaster = marketInformed(division, parameters, originsIn(division, neighbours));
  if (neighbours.length === 0) return forecaster;
  const told = neighbours.map(({ league }) => league).join(",");
  return { ...forecaster, version: `${forecaster.version} neighbours=${told}` };
}

function anchored(division: Division, parameters: Parameters, context: ForecasterContext = {}): Forecaster {
  if (!context.ownPrices)
    throw new StatisticoError(
      "usage",
      "market-anchored is blended with a match's own early prices and cannot be used to bet against them",
      "model: { name: market-informed }",
    );
  return marketAnchored(informed(division, {}, context), context.ownPrices, shares(numbers(parameters)));
}

function shares(parameters: Record<string, number>): Record<string, number> {
  for (const [name, share] of Object.entries(parameters))
    if (share < 0 || share > 1)
      throw new StatisticoError("usage", `${name} must lie between 0 and 1, was ${share}`, `${name}: 0.8`);
  return parameters;
}
