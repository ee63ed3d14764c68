import type * as z from "zod";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { type Path, type Plain, type Problem, shown, type YamlDocument } from "../core/yaml-document.js";
import { KEYS } from "./schema.js";

/** Everything that is wrong with a strategy file. The message gives the first problem, `problems` all of them. */
export class StrategyProblems extends StatisticoError {
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super("usage", headline(file, problems), `statistico check ${file}`);
  }
}

function headline(file: string, problems: readonly Problem[]): string {
  const more = problems.length - 1;
  const first = problems[0] ? problemLine(file, problems[0]) : file;
  return more > 0 ? `${first} (and ${more} more problem${more > 1 ? "s" : ""})` : first;
}

/** "strategy.yaml:3:5 what is wrong". */
export function problemLine(file: string, problem: Problem): string {
  return `${file}:${problem.line}:${problem.column} ${problem.text}`;
}

/** Problems in reading order. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) => a.line - b.line || a.column - b.column || (a.text < b.text ? -1 : Number(a.text > b.text)),
  );
}

/** A fault of the schema in our words, at its place in the file. */
export function schemaProblems(issue: z.core.$ZodIssue, document: YamlDocument): Problem[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      ...document.keyPlace([...path, key]),
      text: `unknown key${inside(path)}${didYouMean(key, keysIn(path))}, was ${shown(key)}`,
    }));
  }
  const value = valueAt(document.value, path);
  if (value === undefined)
    return [{ ...document.place(path.slice(0, -1)), text: `missing key ${pathName(path)}${oneOf(issue)}` }];
  return [{ ...document.place(path), text: `${pathName(path)} ${demand(issue, value)}` }];
}

function demand(issue: z.core.$ZodIssue, value: Plain): string {
  const was = typeof value === "object" && value !== null ? "" : `, was ${shown(value)}`;
  switch (issue.code) {
    case "invalid_type":
      return `must be ${typeName(issue.expected)}, was ${shown(JSON.stringify(value))}`;
    case "too_small":
      return sizeDemand(issue.origin, issue.inclusive === false ? ">" : ">=", issue.minimum) + was;
    case "too_big":
      return sizeDemand(issue.origin, issue.inclusive === false ? "<" : "<=", issue.maximum) + was;
    case "invalid_value":
    case "invalid_union":
      return `must be ${choices(issue)}${didYouMean(value, options(issue))}${was}`;
    case "custom":
      return `${issue.message}${was}`;
    case "invalid_format":
      return `${issue.message}${was}`;
    default:
      return `is not valid${was}`;
  }
}

function sizeDemand(origin: string, sign: string, bound: number | bigint): string {
  if (origin === "array") return `must have ${sign} ${bound} entries`;
  return origin === "string" ? `must have ${sign} ${bound} characters` : `must be ${sign} ${bound}`;
}

function options(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options))
    return issue.options.map(String);
  return [];
}

function choices(issue: z.core.$ZodIssue): string {
  const words = options(issue);
  if (words.length === 0) return "a number, a text or true or false";
  return words.length === 1 ? String(words[0]) : `one of ${words.join(", ")}`;
}

function oneOf(issue: z.core.$ZodIssue): string {
  const words = options(issue);
  return words.length > 0 ? `: one of ${words.join(", ")}` : "";
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    object: "a mapping",
    record: "a mapping",
    array: "a list",
    string: "a text",
    boolean: "true or false",
    int: "a whole number",
  };
  return names[expected] ?? `a ${expected}`;
}

/** ", did you mean edge" where a word is near; "" where none is. */
export function didYouMean(value: unknown, words: readonly string[]): string {
  const [best] = typeof value === "string" ? nearest(value, words, 0.5, 1) : [];
  return best === undefined || best === value ? "" : `, did you mean ${best}`;
}

function keysIn(path: Path): readonly string[] {
  return KEYS[pathName(path).replace(/\[\d+\]$/, "")] ?? [];
}

function inside(path: Path): string {
  return path.length > 0 ? ` in ${pathName(path)}` : "";
}

/** "filters[0].team"; "the file" for the whole. */
export function pathName(path: Path): string {
  if (path.length === 0) return "the file";
  return path.reduce<string>(
    (name, part) => (typeof part === "number" ? `${name}[${part}]` : name === "" ? part : `${name}.${part}`),
    "",
  );
}

function valueAt(value: Plain, path: Path): Plain | undefined {
  let at: Plain | undefined = value;
  for (const part of path) {
    if (at === null || typeof at !== "object") return undefined;
    at = (at as Readonly<Record<string | number, Plain | undefined>>)[part];
  }
  return at;
}
