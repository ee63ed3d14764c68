import { StatisticoError } from "../core/errors.js";
import { decayRate } from "../models/fit.js";

export type ParameterValue = number | string | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** `halfLifeDays` is another way to say `xi`; both at once is a contradiction. */
export function withDecay({ halfLifeDays, ...rest }: Record<string, number>): Record<string, number> {
  if (halfLifeDays === undefined) return rest;
  if (rest.xi !== undefined)
    throw new StatisticoError(
      "usage",
      "xi and halfLifeDays say the same thing: give one",
      "model: { name: dixon-coles, halfLifeDays: 385 }",
    );
  return { ...rest, xi: decayRate({ halfLifeDays }) };
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly example: number;
  /** The lowest value itself is out. */
  readonly above?: boolean;
  readonly whole?: boolean;
}

/** What the parameters of goal models may be; rho's own bounds depend on the rates and are narrower. */
const RANGES: Readonly<Record<string, Range>> = {
  xi: { low: 0, high: 1, example: 0.0018 },
  halfLifeDays: { low: 0, high: 1e6, example: 385, above: true },
  ridge: { low: 0, high: 1e6, example: 0.05, above: true },
  rho: { low: -1, high: 1, example: -0.05 },
  gamma: { low: -1, high: 1, example: 0.1 },
  leastMatches: { low: 0, high: 1e6, example: 30, whole: true },
  refitDays: { low: 1, high: 365, example: 14, whole: true },
  leastWeight: { low: 0, high: 1, example: 0.02 },
};

/** Numbers within what each parameter may be. Throws StatisticoError("usage") naming the one that is not. */
export function checked(parameters: Record<string, number>): Record<string, number> {
  for (const [name, value] of Object.entries(parameters)) {
    const { low, high, example, above, whole } = RANGES[name] ?? {
      low: -Infinity,
      high: Infinity,
      example: 0,
    };
    if (value < low || value > high || (above && value === low) || (whole && !Number.isInteger(value)))
      throw new StatisticoError(
        "usage",
        `model parameter ${name} must be ${whole ? "a whole number" : "a number"} ${above ? "above" : "from"} ${low} to ${high}, was ${value}`,
        `${name}: ${example}`,
      );
  }
  return parameters;
}

/** Every parameter as a finite number. Throws StatisticoError("usage") naming the one that is none. */
export function numbers(parameters: Parameters): Record<string, number> {
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
