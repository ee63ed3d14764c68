import { StatisticoError } from "../../core/errors.js";
import { SCORE_LIKELIHOODS } from "../../models/score-forecaster.js";
import type { ShapeParameter } from "../../models/score-likelihood.js";

/** What commander made of the flags, by the shapes' names. */
export interface ShapeOptions {
  readonly model: string;
  readonly [shape: string]: unknown;
}

/** A flag for each shape that some distribution has: `--zero-inflation` for zeroInflation. */
export interface ShapeFlag {
  readonly flag: string;
  readonly shape: ShapeParameter;
  readonly models: readonly string[];
}

/** Every shape once, with the models that have it. */
export function shapeFlags(): ShapeFlag[] {
  const names = [...new Set(SCORE_LIKELIHOODS.flatMap(({ shapes }) => shapes.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const having = SCORE_LIKELIHOODS.filter(({ shapes }) => shapes.some((each) => each.name === name));
    const shape = having[0].shapes.find((each) => each.name === name);
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return shape ? [{ flag, shape, models: having.map(({ name: model }) => model) }] : [];
  });
}

/** The value typed for a shape, or where its fit starts. Throws StatisticoError out of its range. */
export function shapeOf(options: ShapeOptions, { name, low, high, start }: ShapeParameter): number {
  const value = options[name] ?? start;
  if (typeof value !== "number" || !(value >= low && value <= high))
    throw new StatisticoError(
      "usage",
      `${name} must lie between ${low} and ${high}, was ${String(value)}`,
      `statistico price --help`,
    );
  return value;
}

/** Refuse shapes that the chosen model does not have. */
export function refuseShapes(options: ShapeOptions, own: readonly string[]): void {
  const stray = shapeFlags().find(
    ({ shape: { name } }) => options[name] !== undefined && !own.includes(name),
  );
  if (stray)
    throw new StatisticoError(
      "usage",
      `--${stray.flag} belongs to ${stray.models.join(", ")}, was given to ${options.model}`,
      `--model ${stray.models[0]}`,
    );
}
