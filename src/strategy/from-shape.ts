import { type Minor, toMinor } from "../domain/money.js";
import type { StrategyShape } from "./schema.js";
import type { FilterShape } from "./schema-filter.js";
import type { DecisionMoment, Fills, Filter, ModelChoice, Range, Staking, Strategy } from "./strategy.js";

/** A checked file as a strategy: defaults filled in, money in pence, times in milliseconds, frozen throughout. */
export function strategyFrom(shape: StrategyShape): Strategy {
  return deepFreeze(strategyOf(shape));
}

function strategyOf(shape: StrategyShape): Strategy {
  return {
    name: shape.name,
    description: shape.description,
    leagues: distinct(shape.leagues),
    seasons: shape.seasons,
    markets: distinct(shape.markets),
    runners: shape.runners ? distinct(shape.runners) : null,
    side: shape.side,
    model: modelOf(shape.model),
    confirm: shape.confirm
      ? { model: modelOf(shape.confirm.model), edge: rangeOf(shape.confirm.edge) }
      : null,
    prices: {
      sources: distinct(shape.prices.sources),
      moment: momentOf(shape.prices.moment),
      maxOverround: shape.prices.maxOverround,
      closing: distinct(shape.prices.closing),
      assumedSpread: shape.prices.assumedSpread ?? null,
    },
    entry: { edge: rangeOf(shape.entry.edge), price: rangeOf(shape.entry.price) },
    filters: shape.filters.map(filterOf),
    staking: stakingOf(shape.staking),
    bankMinor: toMinor(shape.bank),
    ...commissionsOf(shape.commission),
    fills: fillsOf(shape.fills),
    limits: {
      perBetMinor: minorOf(shape.limits.perBet),
      perFixtureMinor: minorOf(shape.limits.perFixture),
      perDayMinor: minorOf(shape.limits.perDay),
      perDayLossMinor: minorOf(shape.limits.perDayLoss),
    },
    live: shape.live,
    code: shape.strategy === undefined ? null : { path: shape.strategy, hash: shape.codeHash ?? null },
  };
}

type Scalars = Strategy["model"]["parameters"];

function modelOf({ name, of, ...parameters }: StrategyShape["model"]): ModelChoice {
  const parts = of?.map(({ name: part, weight, ...rest }) => ({
    name: part,
    parameters: rest as Scalars,
    weight,
  }));
  return { name, parameters: parameters as Scalars, parts: parts ?? null };
}

function commissionsOf(
  commission: StrategyShape["commission"],
): Pick<Strategy, "commission" | "commissionBySource"> {
  if (typeof commission === "number") return { commission, commissionBySource: {} };
  const { default: rest = 0, ...bySource } = commission;
  return { commission: rest, commissionBySource: bySource };
}

function fillsOf({ latency, ...fills }: StrategyShape["fills"]): Fills {
  return { ...fills, latencyMs: latency === undefined ? null : spanMs(latency) };
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How long before the start the ticks are followed, unless the file says otherwise. */
const TICKS_FROM_MS = 3_600_000;

function momentOf(text: string): DecisionMoment {
  if (text === "tick") return { kind: "asof", beforeMs: TICKS_FROM_MS, everyTick: true };
  if (text.startsWith("tick:-"))
    return { kind: "asof", beforeMs: spanMs(text.slice("tick:-".length)), everyTick: true };
  if (text.startsWith("asof:-")) return { kind: "asof", beforeMs: spanMs(text.slice("asof:-".length)) };
  return { kind: text === "close" ? "close" : "early" };
}

/** "90s", "5m", "2h", "1d" in milliseconds. */
function spanMs(text: string): number {
  return Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? 0);
}

function filterOf(shape: FilterShape): Filter {
  const leagues = shape.leagues ? distinct(shape.leagues) : null;
  const team = shape.team ?? "home";
  const names = shape.oneOf ?? shape.noneOf;
  const range = rangeOf({ min: shape.atLeast, max: shape.atMost });
  if (names)
    return { kind: "team", leagues, team, names: distinct(names), wanted: shape.oneOf !== undefined };
  if (shape.rating !== undefined) return { kind: "rating", leagues, rating: shape.rating, range };
  const { venue = "any", within = "season", games = 1 } = shape;
  const window = { leagues, team, venue, within, games, minGames: shape.minGames ?? games };
  if (shape.result !== undefined) return { kind: "result", ...window, result: shape.result };
  const { stat = "goals", action = "for", measure = "average" } = shape;
  return { kind: "statistic", ...window, stat, action, measure, range };
}

function stakingOf(shape: StrategyShape["staking"]): Staking {
  const bounds = { minStakeMinor: toMinor(shape.minStake ?? 0.01), maxStakeMinor: minorOf(shape.maxStake) };
  switch (shape.method) {
    case "flat":
      return { method: "flat", stakeMinor: toMinor(shape.stake), ...bounds };
    case "percentage":
      return { method: "percentage", percent: shape.percent, ...bounds };
    case "kelly":
      return { method: "kelly", fraction: shape.fraction, together: shape.together, ...bounds };
    case "liability":
      return { method: "liability", liabilityMinor: toMinor(shape.liability), ...bounds };
    case "target-profit":
      return { method: "target-profit", profitMinor: toMinor(shape.profit), ...bounds };
  }
}

function rangeOf(range: { readonly min?: number | undefined; readonly max?: number | undefined }): Range {
  return { min: range.min ?? null, max: range.max ?? null };
}

function minorOf(amount: number | undefined): Minor | null {
  return amount === undefined ? null : toMinor(amount);
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object") for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
