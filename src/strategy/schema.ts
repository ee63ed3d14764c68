import * as z from "zod";
import { TRADED_MARKETS } from "./settlement.js";

/** Model names of the command line, in the order they are shown. */
export const MODEL_NAMES = [
  "poisson",
  "dixon-coles",
  "bivariate-poisson",
  "negative-binomial",
  "zero-inflated-poisson",
  "weibull-copula",
  "ratings",
  "market-informed",
  "market-poisson",
  "market-anchored",
  "fair-price",
] as const;

export const FORM_STATISTICS = [
  "goals",
  "shots",
  "shotsOnTarget",
  "corners",
  "fouls",
  "yellowCards",
  "redCards",
  "offsides",
  "woodwork",
  "bookingPoints",
] as const;

const MOMENT = /^(?:early|close|asof:-[1-9]\d{0,4}[smhd])$/;

const season = z.int().min(1800).max(2200);
const count = z.int().min(1).max(100);
const money = z
  .number()
  .gt(0)
  .max(1e9)
  .refine(
    (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
    "must have at most two decimals",
  );
const word = z.string().min(1).max(60);
const sources = z.array(word).min(1).max(100);

const amounts = { minStake: money.optional(), maxStake: money.optional() };

const staking = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("flat"), stake: money, ...amounts }),
  z.strictObject({ method: z.literal("percentage"), percent: z.number().gt(0).max(100), ...amounts }),
  z.strictObject({ method: z.literal("kelly"), fraction: z.number().gt(0).max(1).default(1), ...amounts }),
  z.strictObject({ method: z.literal("liability"), liability: money, ...amounts }),
  z.strictObject({ method: z.literal("target-profit"), profit: money, ...amounts }),
]);

const filter = z
  .strictObject({
    team: z.enum(["home", "away"]),
    stat: z.enum(FORM_STATISTICS).optional(),
    result: z.enum(["win", "lose", "draw", "win-or-draw", "lose-or-draw", "win-or-lose"]).optional(),
    action: z.enum(["for", "against"]).optional(),
    measure: z.enum(["total", "average", "every"]).optional(),
    games: count,
    minGames: count.optional(),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    venue: z.enum(["home", "away", "any"]).default("any"),
  })
  .superRefine((value, context) => {
    for (const message of filterFaults(value)) context.addIssue({ code: "custom", message });
  });

interface FilterKeys {
  readonly stat?: string | undefined;
  readonly result?: string | undefined;
  readonly action?: string | undefined;
  readonly measure?: string | undefined;
  readonly games: number;
  readonly minGames?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

function filterFaults(value: FilterKeys): string[] {
  const { stat, result, action, measure, games, minGames, atLeast, atMost } = value;
  const faults: string[] = [];
  const ranged = atLeast !== undefined || atMost !== undefined;
  if ((stat === undefined) === (result === undefined)) faults.push("must have either stat or result");
  else if (stat !== undefined && !ranged) faults.push("must have atLeast or atMost beside stat");
  else if (result !== undefined && (ranged || action !== undefined || measure !== undefined))
    faults.push("must not have action, measure, atLeast or atMost beside result");
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
    faults.push("must have atLeast <= atMost");
  if (minGames !== undefined && minGames > games) faults.push("must have minGames <= games");
  return faults;
}

function range(least: number, most: number) {
  const end = z.number().min(least).max(most).optional();
  return z
    .strictObject({ min: end, max: end })
    .refine(({ min, max }) => min === undefined || max === undefined || min <= max, "must have min <= max");
}

const seasons = z.strictObject({ from: season, to: season });
const model = z.object({ name: z.enum(MODEL_NAMES) });
const prices = z.strictObject({
  sources,
  moment: z.string().regex(MOMENT, "must be early, close or like asof:-60m").default("early"),
  maxOverround: z.number().gt(0).max(1).default(0.15),
  closing: sources.default(["PS"]),
});
const entry = z.strictObject({ edge: range(-1, 100).default({}), price: range(1, 1000).default({}) });
const limits = z.strictObject({
  perBet: money.optional(),
  perFixture: money.optional(),
  perDay: money.optional(),
  perDayLoss: money.optional(),
});
const live = z.strictObject({ enabled: z.boolean().default(false) });

/** The shape of a strategy file: every key, its bounds and its default. */
export const strategySchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, "must be lower-case letters, digits, dots and dashes"),
  description: z.string().max(2000).default(""),
  leagues: z.array(word).min(1).max(200),
  seasons: seasons.refine(({ from, to }) => from <= to, "must have from <= to"),
  markets: z.array(z.enum(TRADED_MARKETS)).min(1),
  runners: z.array(word).min(1).max(100).optional(),
  side: z.enum(["back", "lay", "both"]).default("back"),
  model: model.catchall(z.union([z.number(), z.string().max(60), z.boolean()])),
  prices,
  entry: entry.prefault({}),
  filters: z.array(filter).max(50).default([]),
  staking,
  bank: money,
  commission: z.number().min(0).max(0.5).default(0),
  limits: limits.default({}),
  live: live.prefault({}),
});

/** The keys that may stand in each part of a strategy file, for "did you mean". */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  "the file": Object.keys(strategySchema.shape),
  seasons: Object.keys(seasons.shape),
  prices: Object.keys(prices.shape),
  entry: Object.keys(entry.shape),
  "entry.edge": ["min", "max"],
  "entry.price": ["min", "max"],
  filters: Object.keys(filter.shape),
  staking: [...new Set(staking.options.flatMap((option) => Object.keys(option.shape)))],
  limits: Object.keys(limits.shape),
  live: Object.keys(live.shape),
};

export type StrategyShape = z.output<typeof strategySchema>;
