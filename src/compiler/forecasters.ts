import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { decayRate } from "../models/fit.js";
import type { Division, Forecaster } from "../models/forecaster.js";
import { MARKET_ANCHORED, marketAnchored, type OwnPrices } from "../models/market-anchored.js";
import { marketInformed } from "../models/market-informed.js";
import { originsIn } from "../models/market-origin.js";
import { MARKET_INFORMED } from "../models/market-parameters.js";
import { MARKET_POISSON, marketPoisson } from "../models/market-poisson.js";
import { dixonColesForecaster, poissonForecaster, type WALK_FORWARD } from "../models/walk-forward.js";
import { RATINGS_MODEL, ratingsModel } from "../ratings/ratings-model.js";

export type ParameterValue = number | string | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

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
  readonly create: (division: Division, parameters: Parameters, context?: ForecasterContext) => Forecaster;
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
    create: (division, parameters, context) => informed(division, numbers(parameters), context),
  },
  "market-poisson": {
    describe: "Poisson ratings fitted to the goals that past closing lines expected",
    parameters: Object.keys(MARKET_POISSON),
    uses: { market: true, statistics: false },
    create: (division, parameters) => marketPoisson(division, numbers(parameters)),
  },
  "market-anchored": {
    describe:
      "market-informed blended with the match's own early prices: never to look for value against them",
    parameters: Object.keys(MARKET_ANCHORED),
    uses: { market: true, statistics: true, ownPrices: true },
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
