import * as z from "zod";
import { TRADED_MARKETS } from "../domain/market.js";
import { INDEPENDENT_FORECASTERS } from "../models/forecaster-names.js";
import { filterSchema } from "./schema-filter.js";

/**
 * Models that a strategy may name: those that forecast goals without a look at the prices they are held against, and
 * those that are made of prices or of other models.
 */
export const MODEL_NAMES = [...INDEPENDENT_FORECASTERS, "fair-price", "random", "blend"] as const;

const MOMENT = /^(?:early|close|tick|(?:asof|tick):-[1-9]\d{0,4}[smhd])$/;

/** Below the strategy's own folder: no way up, no absolute path, no address. */
const CODE_PATH =
  /^\.\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}\/){0,5}[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}\.(?:mjs|js|ts|mts)$/;

const season = z.int().min(1800).max(2200);
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
  z.strictObject({
    method: z.literal("kelly"),
    fraction: z.number().gt(0).max(1).default(1),
    together: z.enum(["single", "market", "day"]).default("single"),
    ...amounts,
  }),
  z.strictObject({ method: z.literal("liability"), liability: money, ...amounts }),
  z.strictObject({ method: z.literal("target-profit"), profit: money, ...amounts }),
]);

function range(least: number, most: number) {
  const end = z.number().min(least).max(most).optional();
  return z
    .strictObject({ min: end, max: end })
    .refine(({ min, max }) => min === undefined || max === undefined || min <= max, "must have min <= max");
}

const seasons = z.strictObject({ from: season, to: season });
const scalar = z.union([z.number(), z.string().max(60), z.boolean()]);
const weight = z.number().gt(0).max(1000).default(1);
/** Models that make a score grid: what a blend is made of, and what may confirm a bet. */
const forecaster = z.enum(MODEL_NAMES).exclude(["fair-price", "random", "blend"]);
const part = z.object({ name: forecaster, weight }).catchall(scalar);
const model = z
  .object({ name: z.enum(MODEL_NAMES), of: z.array(part).min(2).max(5).optional() })
  .catchall(scalar)
  .refine(
    ({ name, of }) => (name === "blend") === (of !== undefined),
    "must have of when it is a blend, else not",
  )
  .refine((value) => value.name !== "blend" || Object.keys(value).length === 2, "must have only name and of");
const confirm = z.strictObject({
  model: z.object({ name: forecaster }).catchall(scalar),
  edge: range(-1, 100).prefault({ min: 0 }),
});
const rate = z.number().min(0).max(0.5);
const commission = z.union([rate, z.record(word, rate)]);
const fills = z.strictObject({
  slippage: z.number().min(0).max(0.5).default(0),
  ticks: z.int().min(0).max(50).default(0),
  sizeShare: z.number().gt(0).max(1).default(1),
  latency: z
    .string()
    .regex(/^[1-9]\d{0,4}[smh]$/, "must be like 5s, 2m or 1h")
    .optional(),
  maxMove: z.number().min(0).max(0.5).default(0),
});
const prices = z.strictObject({
  sources,
  moment: z
    .string()
    .regex(MOMENT, "must be early, close, tick or like asof:-60m or tick:-60m")
    .default("early"),
  maxOverround: z.number().gt(0).max(1).default(0.15),
  closing: sources.default(["PS"]),
  assumedSpread: z.int().min(1).max(50).optional(),
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
  model,
  confirm: confirm.optional(),
  prices,
  entry: entry.prefault({}),
  filters: z.array(filterSchema).max(50).default([]),
  staking,
  bank: money,
  commission: commission.default(0),
  fills: fills.prefault({}),
  limits: limits.default({}),
  live: live.prefault({}),
  strategy: z
    .string()
    .regex(CODE_PATH, "must be a file beside or below this one, such as ./my.mjs, .js or .ts")
    .optional(),
  codeHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be a sha-256 in hexadecimal")
    .optional(),
});

/** The keys that may stand in each part of a strategy file, for "did you mean". */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  "the file": Object.keys(strategySchema.shape),
  seasons: Object.keys(seasons.shape),
  prices: Object.keys(prices.shape),
  entry: Object.keys(entry.shape),
  "entry.edge": ["min", "max"],
  "entry.price": ["min", "max"],
  filters: Object.keys(filterSchema.shape),
  confirm: Object.keys(confirm.shape),
  "confirm.edge": ["min", "max"],
  fills: Object.keys(fills.shape),
  staking: [...new Set(staking.options.flatMap((option) => Object.keys(option.shape)))],
  limits: Object.keys(limits.shape),
  live: Object.keys(live.shape),
};

export type StrategyShape = z.output<typeof strategySchema>;
