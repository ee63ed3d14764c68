import {
  type Path,
  type Plain,
  type Problem,
  readYaml,
  shown,
  type YamlDocument,
} from "../core/yaml-document.js";
import { type ModelParameters, strategyIn } from "./parse.js";
import { didYouMean, inOrder, StrategyProblems } from "./problems.js";
import type { Strategy } from "./strategy.js";

type Mapping = Readonly<Record<string, Plain>>;

const MOST_STRATEGIES = 100;
/** Keys that say one thing as a whole: an entry's own replaces that of the defaults, nothing is mixed. */
const WHOLE = new Set(["model", "confirm", "staking", "seasons", "commission"]);

/**
 * Read a file of one strategy, or of several: `strategies`, a list, each laid over `defaults`.
 *
 * Mappings such as `prices` and `limits` are laid over key by key, everything else is replaced.
 * Throws   StrategyProblems that lists everything wrong in all of them with line and column.
 */
export function parseStrategies(
  text: string,
  file: string,
  parameters: ModelParameters = {},
): readonly Strategy[] {
  const reading = readYaml(text);
  if (reading.kind === "refused") throw new StrategyProblems(file, inOrder(reading.problems));
  const { document } = reading;
  const outcomes = entriesOf(document).map((entry) =>
    entry.kind === "entry" ? strategyIn(entry.document, parameters) : entry,
  );
  const strategies = outcomes.flatMap((each) => (each.kind === "strategy" ? [each.strategy] : []));
  const problems = [
    ...outcomes.flatMap((each) => (each.kind === "problems" ? each.problems : [])),
    ...doubles(strategies, document),
  ];
  if (problems.length > 0) throw new StrategyProblems(file, once(inOrder(problems)));
  return strategies;
}

type Entry =
  | { readonly kind: "entry"; readonly document: YamlDocument }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

function entriesOf(document: YamlDocument): Entry[] {
  const { value } = document;
  if (!isMapping(value) || value.strategies === undefined) return [{ kind: "entry", document }];
  const { strategies, defaults = {}, ...rest } = value;
  const problems = Object.keys(rest).map((key) => ({
    ...document.keyPlace([key]),
    text: `unknown key beside strategies${didYouMean(key, ["strategies", "defaults"])}, was ${shown(key)}`,
  }));
  if (!isMapping(defaults))
    problems.push({ ...document.place(["defaults"]), text: "defaults must be a mapping" });
  if (!Array.isArray(strategies) || strategies.length === 0 || strategies.length > MOST_STRATEGIES)
    problems.push({
      ...document.place(["strategies"]),
      text: `strategies must be a list of 1 to ${MOST_STRATEGIES} strategies`,
    });
  if (problems.length > 0 || !Array.isArray(strategies) || !isMapping(defaults))
    return [{ kind: "problems", problems }];
  return strategies.map((own: Plain, index) => entryOf(document, own, defaults, index));
}

function entryOf(document: YamlDocument, own: Plain, defaults: Mapping, index: number): Entry {
  if (!isMapping(own))
    return {
      kind: "problems",
      problems: [
        { ...document.place(["strategies", index]), text: `strategies[${index}] must be a mapping` },
      ],
    };
  const at = (path: Path): Path =>
    holds(own, path) || !holds(defaults, path) ? ["strategies", index, ...path] : ["defaults", ...path];
  return {
    kind: "entry",
    document: {
      value: laidOver(defaults, own),
      place: (path) => document.place(at(path)),
      keyPlace: (path) => document.keyPlace(at(path)),
    },
  };
}

/** Whether the first two keys of a path stand in a mapping: what was laid over never mixes deeper. */
function holds(mapping: Mapping, [first, second]: Path): boolean {
  if (typeof first !== "string" || mapping[first] === undefined) return false;
  const inner = mapping[first];
  return typeof second !== "string" || !isMapping(inner) || inner[second] !== undefined;
}

function laidOver(defaults: Mapping, own: Mapping): Mapping {
  const merged: Record<string, Plain> = Object.assign(Object.create(null), defaults);
  for (const [key, value] of Object.entries(own)) {
    const under = merged[key];
    merged[key] =
      !WHOLE.has(key) && isMapping(under) && isMapping(value)
        ? Object.assign(Object.create(null), under, value)
        : value;
  }
  return merged;
}

/** What is wrong in the defaults is wrong in every strategy: it is said once. */
function once(problems: readonly Problem[]): Problem[] {
  const same = (a: Problem, b: Problem): boolean =>
    a.line === b.line && a.column === b.column && a.text === b.text;
  return problems.filter((problem, index) => index === 0 || !same(problem, problems[index - 1]));
}

function doubles(strategies: readonly Strategy[], document: YamlDocument): Problem[] {
  return strategies.flatMap(({ name }, index) =>
    strategies.findIndex((each) => each.name === name) === index
      ? []
      : [
          {
            ...document.place(["strategies", index, "name"]),
            text: `name is that of an earlier strategy, was ${name}`,
          },
        ],
  );
}

function isMapping(value: Plain | undefined): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
