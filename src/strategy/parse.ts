import { type Plain, type Problem, readYaml, shown, type YamlDocument } from "../core/yaml-document.js";
import { RUNNERS } from "../domain/market.js";
import { strategyFrom } from "./from-shape.js";
import { neverBets } from "./never.js";
import { didYouMean, inOrder, StrategyProblems, schemaProblems } from "./problems.js";
import { type StrategyShape, strategySchema } from "./schema.js";
import type { Strategy } from "./strategy.js";

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
  return strategyOrThrow(reading.document, file, parameters);
}

/**
 * A strategy from plain data, such as that of a file with something else put in its place. What is wrong has no line of
 * its own: `file` stands for the place.
 * Throws   StrategyProblems, as `parseStrategy` does.
 */
export function strategyFromPlain(value: Plain, file: string, parameters: ModelParameters = {}): Strategy {
  const nowhere = { line: 1, column: 1 };
  return strategyOrThrow({ value, place: () => nowhere, keyPlace: () => nowhere }, file, parameters);
}

function strategyOrThrow(document: YamlDocument, file: string, parameters: ModelParameters): Strategy {
  const outcome = strategyIn(document, parameters);
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
  const strategy = strategyFrom(checked.data);
  const problems = [
    ...runnerProblems(checked.data, document),
    ...parameterProblems(checked.data, document, parameters),
    ...neverBets(strategy).map(({ path, text }) => ({ ...document.place(path), text })),
  ];
  if (problems.length > 0) return { kind: "problems", problems };
  return { kind: "strategy", strategy };
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
