import { z } from "zod";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { type Path, type Plain, readYaml, type YamlDocument } from "../core/yaml-document.js";
import { SOURCE_KEYS, sourcesSchema } from "./sources.js";

const file = z.strictObject({
  database: z.string().min(1).optional(),
  archive: z.string().min(1).optional(),
  aliases: z.string().min(1).optional(),
  commission: z.number().min(0).max(0.2).optional(),
  sources: sourcesSchema.optional(),
});

const KEYS = ["database", "archive", "aliases", "commission", "sources", ...SOURCE_KEYS];

/**
 * Read a configuration file: every setting in it by its dotted key, and the sources as a whole under "sources".
 *
 * Throws StatisticoError with file:line:column for text that is not YAML, unknown keys and values out of range.
 */
export function readSettings(text: string, path: string): ReadonlyMap<string, unknown> {
  const reading = readYaml(text);
  if (reading.kind === "refused") {
    const { line, column, text: wrong } = reading.problems[0];
    throw new StatisticoError("usage", `${path}:${line}:${column} ${wrong}`, `edit ${path}`);
  }
  const { document } = reading;
  const checked = file.safeParse(document.value ?? {});
  if (!checked.success) throw firstIssue(checked.error.issues[0], document, path);
  return new Map([...flatten(checked.data as Plain, ""), ["sources", checked.data.sources ?? {}]]);
}

function firstIssue(issue: z.core.$ZodIssue, document: YamlDocument, path: string): StatisticoError {
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys;
    const { line, column } = document.keyPlace([...(issue.path as Path), key]);
    const meant = nearest(key, KEYS)[0];
    return new StatisticoError(
      "usage",
      `${path}:${line}:${column} unknown setting, was ${key}`,
      meant ? `did you mean ${meant}? statistico config list` : "statistico config list",
    );
  }
  const { line, column } = document.place(issue.path as Path);
  const name = issue.path.join(".") || "the file";
  return new StatisticoError(
    "usage",
    `${path}:${line}:${column} ${name}: ${lowerFirst(issue.message)}`,
    "statistico config list",
  );
}

function flatten(value: Plain, prefix: string): [string, unknown][] {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, prefix ? `${prefix}.${key}` : key));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
