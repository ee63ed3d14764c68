import { z } from "zod";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { type Path, type Plain, readYaml, type YamlDocument } from "../core/yaml-document.js";
import { parseSeasons } from "../domain/season.js";

const seasons = z
  .union([z.number(), z.string()])
  .transform((value) => String(value))
  .refine((value) => parseSeasons(value) !== null, "must name seasons like 2014, 2014,2016 or 2014..2024");

const footballData = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
  leagues: z.array(z.string().min(2)).min(1).optional(),
  seasons: seasons.optional(),
  fixtures: z.boolean().optional(),
});

const file = z.strictObject({
  database: z.string().min(1).optional(),
  archive: z.string().min(1).optional(),
  aliases: z.string().min(1).optional(),
  commission: z.number().min(0).max(0.2).optional(),
  sources: z.strictObject({ "football-data": footballData.optional() }).optional(),
});

const KEYS = [
  "database",
  "archive",
  "aliases",
  "commission",
  "sources",
  "football-data",
  "url",
  "leagues",
  "seasons",
  "fixtures",
];

/**
 * Read a configuration file: every setting in it by its dotted key.
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
  return new Map(flatten(checked.data as Plain, ""));
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
