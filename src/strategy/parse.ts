import { type Problem, readYaml, shown, type YamlDocument } from "../core/yaml-document.js";
import { RUNNERS } from "../domain/market.js";
import { type Minor, toMinor } from "../domain/money.js";
import { neverBets } from "./never.js";
import { didYouMean, inOrder, StrategyProblems, schemaProblems } from "./problems.js";
import { type StrategyShape, strategySchema } from "./schema.js";
import type { FilterShape } from "./schema-filter.js";
import type { DecisionMoment, Fills, Filter, ModelChoice, Range, Staking, Strategy } from "./strategy.js";

/** Names of the parameters that each model of this program takes; a model without an entry takes any. */
export type ModelParameters = Readonly<Partial<Record<string, readonly string[]>>>;

/** Models that are made of prices alone. */
const PRICE_MODELS: ModelParameters = { "fair-price": ["source"], random: ["seed", "share"] };

/**
 * Read a strategy file.
 *
 * `file` is only named in messages. `parameters`, when given, refuses parameters that a model does not have.
 * Throws   StrategyProblems (a StatisticoError of kind "usage") that lists everything wrong with line and column.
 */
export function parseStrategy(text: string, file: string, parameters: ModelParameters = {}): Strategy {
  const reading = readYaml(text);
  if (reading.kind === "refused") throw new StrategyProblems(file, inOrder(reading.problems));
  const outcome = strategyIn(reading.document, parameters);
  if (outcome.kind === "problems") throw new StrategyProblems(file, inOrder(outcome.problems));
  return outcome.strategy;
}

export type StrategyOutcome =
  | { readonly kind: "strategy"; readonly strategy: Strategy }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/** One strategy from plain data, or everything that is wrong with it at its place. */
export function strategyIn(document: YamlDocument, parameters: ModelParameters): StrategyOutcome {
  const checked = strategySchema.safeParse(document.value);
  if (!checked.success)
    return {
      kind: "problems",
      problems: checked.error.issues.flatMap((issue) => schemaProblems(issue, document)),
    };
  const strategy = strategyOf(checked.data);
  const problems = [
    ...runnerProblems(checked.data, document),
    ...parameterProblems(checked.data, document, parameters),
    ...neverBets(strategy).map(({ path, text }) => ({ ...document.place(path), text })),
  ];
  if (problems.length > 0) return { kind: "problems", problems };
  return { kind: "strategy", strategy: deepFreeze(strategy) };
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

interface ModelAt {
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly keys: readonly string[];
}

/** Every model that a file names, and where. */
function modelsIn({ model, confirm }: StrategyShape): ModelAt[] {
  const own = (path: ModelAt["path"], given: { readonly name: string }): ModelAt => ({
    path,
    name: given.name,
    keys: Object.keys(given).filter((key) => key !== "name" && key !== "weight" && key !== "of"),
  });
  return [
    own(["model"], model),
    ...(model.of ?? []).map((part, index) => own(["model", "of", index], part)),
    ...(confirm ? [own(["confirm", "model"], confirm.model)] : []),
  ];
}

function parameterProblems(
  shape: StrategyShape,
  document: YamlDocument,
  parameters: ModelParameters,
): Problem[] {
  return modelsIn(shape).flatMap(({ path, name, keys }) => {
    const known = { ...parameters, ...PRICE_MODELS }[name];
    if (!known) return [];
    return keys
      .filter((key) => !known.includes(key))
      .map((key) => ({
        ...document.keyPlace([...path, key]),
        text: `model ${name} has no such parameter${didYouMean(key, known)}, was ${shown(key)}`,
      }));
  });
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

function momentOf(text: string): DecisionMoment {
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
