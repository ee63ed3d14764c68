import { RUNNERS } from "../domain/market.js";
import { type Minor, toMinor } from "../domain/money.js";
import { didYouMean, inOrder, StrategyProblems, schemaProblems } from "./problems.js";
import { type StrategyShape, strategySchema } from "./schema.js";
import type { DecisionMoment, Filter, Range, Staking, Strategy } from "./strategy.js";
import { type Problem, readYaml, shown, type YamlDocument } from "../core/yaml-document.js";

/** Names of the parameters that each model of this program takes; a model without an entry takes any. */
export type ModelParameters = Readonly<Partial<Record<string, readonly string[]>>>;

/**
 * Read a strategy file.
 *
 * `file` is only named in messages. `parameters`, when given, refuses parameters that a model does not have.
 * Throws   StrategyProblems (a StatisticoError of kind "usage") that lists everything wrong with line and column.
 */
export function parseStrategy(text: string, file: string, parameters: ModelParameters = {}): Strategy {
  const reading = readYaml(text);
  if (reading.kind === "refused") throw new StrategyProblems(file, inOrder(reading.problems));
  const { document } = reading;
  const checked = strategySchema.safeParse(document.value);
  if (!checked.success)
    throw new StrategyProblems(
      file,
      inOrder(checked.error.issues.flatMap((issue) => schemaProblems(issue, document))),
    );
  const problems = [
    ...runnerProblems(checked.data, document),
    ...parameterProblems(checked.data, document, parameters),
  ];
  if (problems.length > 0) throw new StrategyProblems(file, inOrder(problems));
  return deepFreeze(strategyOf(checked.data));
}

function runnerProblems(shape: StrategyShape, document: YamlDocument): Problem[] {
  const known = shape.markets.flatMap((market) => RUNNERS[market] ?? []);
  if (shape.markets.includes("CORRECT_SCORE")) return [];
  return (shape.runners ?? []).flatMap((runner, index) =>
    known.includes(runner)
      ? []
      : [
          {
            ...document.place(["runners", index]),
            text: `runners[${index}] must be one of ${[...new Set(known)].join(", ")}${didYouMean(runner, known)}, was ${shown(runner)}`,
          },
        ],
  );
}

function parameterProblems(
  shape: StrategyShape,
  document: YamlDocument,
  parameters: ModelParameters,
): Problem[] {
  const { name, ...given } = shape.model;
  const known = parameters[name];
  if (!known) return [];
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      ...document.keyPlace(["model", key]),
      text: `model ${name} has no such parameter${didYouMean(key, known)}, was ${shown(key)}`,
    }));
}

function strategyOf(shape: StrategyShape): Strategy {
  const { name, ...parameters } = shape.model;
  return {
    name: shape.name,
    description: shape.description,
    leagues: distinct(shape.leagues),
    seasons: shape.seasons,
    markets: distinct(shape.markets),
    runners: shape.runners ? distinct(shape.runners) : null,
    side: shape.side,
    model: { name, parameters: parameters as Strategy["model"]["parameters"] },
    prices: {
      sources: distinct(shape.prices.sources),
      moment: momentOf(shape.prices.moment),
      maxOverround: shape.prices.maxOverround,
      closing: distinct(shape.prices.closing),
    },
    entry: { edge: rangeOf(shape.entry.edge), price: rangeOf(shape.entry.price) },
    filters: shape.filters.map(filterOf),
    staking: stakingOf(shape.staking),
    bankMinor: toMinor(shape.bank),
    commission: shape.commission,
    limits: {
      perBetMinor: minorOf(shape.limits.perBet),
      perFixtureMinor: minorOf(shape.limits.perFixture),
      perDayMinor: minorOf(shape.limits.perDay),
      perDayLossMinor: minorOf(shape.limits.perDayLoss),
    },
    live: shape.live,
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function momentOf(text: string): DecisionMoment {
  const match = /^asof:-(\d+)([smhd])$/.exec(text);
  if (match) return { kind: "asof", beforeMs: Number(match[1]) * (UNIT_MS[match[2] ?? ""] ?? 0) };
  return { kind: text === "close" ? "close" : "early" };
}

function filterOf(shape: StrategyShape["filters"][number]): Filter {
  const { team, venue, games } = shape;
  const window = { team, venue, games, minGames: shape.minGames ?? games };
  if (shape.result !== undefined) return { kind: "result", ...window, result: shape.result };
  return {
    kind: "statistic",
    ...window,
    stat: shape.stat ?? "goals",
    action: shape.action ?? "for",
    measure: shape.measure ?? "average",
    range: rangeOf({ min: shape.atLeast, max: shape.atMost }),
  };
}

function stakingOf(shape: StrategyShape["staking"]): Staking {
  const bounds = { minStakeMinor: toMinor(shape.minStake ?? 0.01), maxStakeMinor: minorOf(shape.maxStake) };
  switch (shape.method) {
    case "flat":
      return { method: "flat", stakeMinor: toMinor(shape.stake), ...bounds };
    case "percentage":
      return { method: "percentage", percent: shape.percent, ...bounds };
    case "kelly":
      return { method: "kelly", fraction: shape.fraction, ...bounds };
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
