import { type Minor, toDecimal } from "../domain/money.js";
import type { DecisionMoment, Fills, Filter, ModelChoice, Range, Staking, Strategy } from "./strategy.js";

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
    model: modelDocument(model),
    ...(strategy.confirm === null
      ? {}
      : {
          confirm: {
            model: modelDocument(strategy.confirm.model),
            edge: rangeDocument(strategy.confirm.edge),
          },
        }),
    prices: {
      sources: prices.sources,
      moment: formatMoment(prices.moment),
      maxOverround: prices.maxOverround,
      closing: prices.closing,
      ...(prices.assumedSpread === null ? {} : { assumedSpread: prices.assumedSpread }),
    },
    entry: { edge: rangeDocument(entry.edge), price: rangeDocument(entry.price) },
    filters: strategy.filters.map(filterDocument),
    staking: stakingDocument(strategy.staking),
    bank: toDecimal(strategy.bankMinor),
    commission: commissionDocument(strategy),
    ...fillsDocument(strategy.fills),
    limits: {
      ...amount("perBet", strategy.limits.perBetMinor),
      ...amount("perFixture", strategy.limits.perFixtureMinor),
      ...amount("perDay", strategy.limits.perDayMinor),
      ...amount("perDayLoss", strategy.limits.perDayLossMinor),
    },
    live: strategy.live,
    ...(strategy.code === null ? {} : { strategy: strategy.code.path }),
    ...(strategy.code?.hash ? { codeHash: strategy.code.hash } : {}),
  };
}

function modelDocument({ name, parameters, parts }: ModelChoice): Record<string, unknown> {
  const of = parts?.map((part) => ({ name: part.name, weight: part.weight, ...inKeyOrder(part.parameters) }));
  return { name, ...inKeyOrder(parameters), ...(of ? { of } : {}) };
}

function commissionDocument({ commission, commissionBySource }: Strategy): number | Record<string, number> {
  const own = inKeyOrder(commissionBySource);
  return Object.keys(own).length === 0 ? commission : { default: commission, ...own };
}

/** Only what is not the default: a strategy of before keeps its hash. */
function fillsDocument({ latencyMs, slippage, ticks, sizeShare, maxMove }: Fills): Record<string, unknown> {
  const given = {
    ...(slippage > 0 ? { slippage } : {}),
    ...(ticks > 0 ? { ticks } : {}),
    ...(sizeShare < 1 ? { sizeShare } : {}),
    ...(latencyMs === null ? {} : { latency: formatSpan(latencyMs) }),
    ...(maxMove > 0 ? { maxMove } : {}),
  };
  return Object.keys(given).length === 0 ? {} : { fills: given };
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** "early", "close", "asof:-60m" or "tick:-60m", in the largest unit that divides the time. */
export function formatMoment(moment: DecisionMoment): string {
  if (moment.kind !== "asof") return moment.kind;
  return `${moment.everyTick ? "tick" : "asof"}:-${formatSpan(moment.beforeMs)}`;
}

/** 5400000 is "90m": the largest unit that divides it. */
export function formatSpan(spanMs: number): string {
  const [unit, ms] = UNITS.find(([, size]) => spanMs % size === 0) ?? ["s", 1000];
  return `${spanMs / ms}${unit}`;
}

function inKeyOrder<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
}

function rangeDocument({ min, max }: Range): Record<string, number> {
  return { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
}

function filterDocument(filter: Filter): Record<string, unknown> {
  const scope = filter.leagues === null ? {} : { leagues: filter.leagues };
  if (filter.kind === "team")
    return { team: filter.team, [filter.wanted ? "oneOf" : "noneOf"]: filter.names, ...scope };
  if (filter.kind === "rating") return { rating: filter.rating, ...ends(filter.range), ...scope };
  const { team, venue, within, games, minGames } = filter;
  const window = { venue, ...(within === "season" ? {} : { within }), ...scope };
  if (filter.kind === "result") return { team, result: filter.result, games, minGames, ...window };
  const { stat, action, measure, range } = filter;
  return { team, stat, action, measure, games, minGames, ...ends(range), ...window };
}

function ends({ min, max }: Range): Record<string, number> {
  return { ...(min === null ? {} : { atLeast: min }), ...(max === null ? {} : { atMost: max }) };
}

function stakingDocument(staking: Staking): Record<string, unknown> {
  return {
    method: staking.method,
    ...stakingAmount(staking),
    ...amount("minStake", staking.minStakeMinor),
    ...amount("maxStake", staking.maxStakeMinor),
  };
}

function stakingAmount(staking: Staking): Record<string, number | string> {
  switch (staking.method) {
    case "flat":
      return { stake: toDecimal(staking.stakeMinor) };
    case "percentage":
      return { percent: staking.percent };
    case "kelly":
      return {
        fraction: staking.fraction,
        ...(staking.together === "single" ? {} : { together: staking.together }),
      };
    case "liability":
      return { liability: toDecimal(staking.liabilityMinor) };
    case "target-profit":
      return { profit: toDecimal(staking.profitMinor) };
  }
}

function amount(key: string, minor: Minor | null): Record<string, number> {
  return minor === null ? {} : { [key]: toDecimal(minor) };
}
