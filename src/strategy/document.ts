import { type Minor, toDecimal } from "../domain/money.js";
import type { DecisionMoment, Filter, Range, Staking, Strategy } from "./strategy.js";

/**
 * A strategy in the shape of its file, every default written out, keys in a fixed order, money in decimals. JSON of it
 * is itself a strategy file that parses to the same strategy: what a run stores and what its hash is taken over.
 */
export function strategyDocument(strategy: Strategy): Readonly<Record<string, unknown>> {
  const { name, description, leagues, seasons, markets, runners, side, model, prices, entry } = strategy;
  return {
    name,
    description,
    leagues,
    seasons,
    markets,
    ...(runners === null ? {} : { runners }),
    side,
    model: { name: model.name, ...inKeyOrder(model.parameters) },
    prices: {
      sources: prices.sources,
      moment: formatMoment(prices.moment),
      maxOverround: prices.maxOverround,
      closing: prices.closing,
    },
    entry: { edge: rangeDocument(entry.edge), price: rangeDocument(entry.price) },
    filters: strategy.filters.map(filterDocument),
    staking: stakingDocument(strategy.staking),
    bank: toDecimal(strategy.bankMinor),
    commission: strategy.commission,
    limits: {
      ...amount("perBet", strategy.limits.perBetMinor),
      ...amount("perFixture", strategy.limits.perFixtureMinor),
      ...amount("perDay", strategy.limits.perDayMinor),
      ...amount("perDayLoss", strategy.limits.perDayLossMinor),
    },
    live: strategy.live,
  };
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** "early", "close" or "asof:-60m", in the largest unit that divides the time. */
export function formatMoment(moment: DecisionMoment): string {
  if (moment.kind !== "asof") return moment.kind;
  const [unit, ms] = UNITS.find(([, size]) => moment.beforeMs % size === 0) ?? ["s", 1000];
  return `asof:-${moment.beforeMs / ms}${unit}`;
}

function inKeyOrder<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
}

function rangeDocument({ min, max }: Range): Record<string, number> {
  return { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
}

function filterDocument(filter: Filter): Record<string, unknown> {
  const { team, venue, games, minGames } = filter;
  if (filter.kind === "result") return { team, result: filter.result, games, minGames, venue };
  const { min, max } = filter.range;
  return {
    team,
    stat: filter.stat,
    action: filter.action,
    measure: filter.measure,
    games,
    minGames,
    ...(min === null ? {} : { atLeast: min }),
    ...(max === null ? {} : { atMost: max }),
    venue,
  };
}

function stakingDocument(staking: Staking): Record<string, unknown> {
  return {
    method: staking.method,
    ...stakingAmount(staking),
    ...amount("minStake", staking.minStakeMinor),
    ...amount("maxStake", staking.maxStakeMinor),
  };
}

function stakingAmount(staking: Staking): Record<string, number> {
  switch (staking.method) {
    case "flat":
      return { stake: toDecimal(staking.stakeMinor) };
    case "percentage":
      return { percent: staking.percent };
    case "kelly":
      return { fraction: staking.fraction };
    case "liability":
      return { liability: toDecimal(staking.liabilityMinor) };
    case "target-profit":
      return { profit: toDecimal(staking.profitMinor) };
  }
}

function amount(key: string, minor: Minor | null): Record<string, number> {
  return minor === null ? {} : { [key]: toDecimal(minor) };
}
