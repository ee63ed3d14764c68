import { invariant } from "../core/assert.js";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import type { Division, Forecaster } from "../models/forecaster.js";
import type { BlendPart, ParameterValue, Strategy } from "../strategy/strategy.js";
import { blendOf } from "./blend.js";
import { RANDOM } from "./random-chance.js";

export type Parameters = Readonly<Record<string, ParameterValue>>;

/** A model as a backtest takes it: how it is made, and what must be read for it. */
export interface ModelEntry {
  /** Names of its parameters; null = it checks them itself. */
  readonly parameters: readonly string[] | null;
  /** Whether it learns from past matches' odds, and from their shots. */
  readonly uses: { readonly market: boolean; readonly statistics: boolean };
  /** Throws StatisticoError("usage") for a parameter of the wrong type or out of bounds. */
  readonly create: (division: Division, parameters: Parameters, context?: ModelContext) => Forecaster;
}

/** What a model may be told besides its division. */
export interface ModelContext {
  /** The other divisions of the country, for their club lists: what a second tier's promoted and relegated are known by. */
  readonly neighbours?: readonly Division[] | undefined;
}

/** A model with its parameters, to be made for a division. */
export type MakeModel = (division: Division, context?: ModelContext) => Forecaster;

export type ModelRegistry = Readonly<Record<string, ModelEntry>>;

/** The models of a strategy, ready to be made for a division, and what must be read for them. */
export interface Models {
  /** Null for `fair-price` and `random`. */
  readonly first: MakeModel | null;
  /** The confirming model; null without one, or for `fair-price`. */
  readonly second: MakeModel | null;
  readonly uses: { readonly market: boolean; readonly statistics: boolean };
}

/** Throws StatisticoError("usage") for a model that cannot be backtested or a parameter it does not have. */
export function modelsOf(strategy: Strategy, registry: ModelRegistry): Models {
  const { name, model, confirm } = strategy;
  const first = model.parts ? blendEntry(name, model.parts, registry) : modelEntry({ name, model }, registry);
  const second = confirm ? modelEntry({ name, model: confirm.model }, registry) : null;
  return {
    first: first && ((division, context) => first.create(division, model.parameters, context)),
    second:
      second && ((division, context) => second.create(division, confirm?.model.parameters ?? {}, context)),
    uses: {
      market: first?.uses.market === true || second?.uses.market === true,
      statistics: first?.uses.statistics === true || second?.uses.statistics === true,
    },
  };
}

/** The models of a blend as one. */
function blendEntry(name: string, parts: readonly BlendPart[], registry: ModelRegistry): ModelEntry {
  const entries = parts.map((part) => {
    const entry = modelEntry({ name, model: { ...part, parts: null } }, registry);
    invariant(entry !== null, `a blend is made of models of goals, was ${part.name}`);
    return { entry, ...part };
  });
  return {
    parameters: [],
    uses: {
      market: entries.some(({ entry }) => entry.uses.market),
      statistics: entries.some(({ entry }) => entry.uses.statistics),
    },
    create: (division, _parameters, context) =>
      blendOf(
        entries.map(({ entry, parameters, weight }) => ({
          forecaster: entry.create(division, parameters, context),
          weight,
        })),
      ),
  };
}

/**
 * Margin-free prices of one source as the probabilities: no forecaster, nothing learnt. For strategies that hold a
 * sharp book's price against a soft one's.
 */
export const FAIR_PRICE = "fair-price";
const FAIR_PRICE_SOURCE = "PS";

/** Whose margin-free prices are the probabilities; null when a forecaster makes them. */
export function fairPriceSource({ model }: Pick<Strategy, "model">): string | null {
  if (model.name !== FAIR_PRICE) return null;
  return String(model.parameters.source ?? FAIR_PRICE_SOURCE);
}

/** The entry of a strategy's model; null for `fair-price` and `random`. Throws StatisticoError("usage") when there is none. */
export function modelEntry(
  { model, name }: Pick<Strategy, "model" | "name">,
  models: ModelRegistry,
): ModelEntry | null {
  const entry = Object.hasOwn(models, model.name) ? models[model.name] : undefined;
  if (model.name === RANDOM) return null;
  if (model.name !== FAIR_PRICE && !entry) {
    const [near] = nearest(model.name, Object.keys(models), 0.5, 1);
    const meant = near === undefined ? "" : `, did you mean ${near}`;
    throw new StatisticoError(
      "usage",
      `model of strategy ${name} cannot be backtested${meant}, was ${model.name}`,
      `models: ${[...Object.keys(models), FAIR_PRICE].join(", ")}`,
    );
  }
  const known = entry ? entry.parameters : ["source"];
  for (const key of Object.keys(model.parameters))
    if (known && !known.includes(key)) refuse(model.name, key, known);
  return entry ?? null;
}

function refuse(model: string, key: string, known: readonly string[]): never {
  const [near] = nearest(key, known, 0.5, 1);
  const meant = near === undefined ? "" : `, did you mean ${near}`;
  throw new StatisticoError(
    "usage",
    `model ${model} has no such parameter${meant}, was ${key}`,
    `parameters of ${model}: ${known.join(", ") || "none"}`,
  );
}
