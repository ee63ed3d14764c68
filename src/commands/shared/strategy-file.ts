import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { FORECASTERS } from "../../compiler/forecasters.js";
import { StatisticoError } from "../../core/errors.js";
import { nearest } from "../../core/text.js";
import { compareText } from "../../domain/fixture.js";
import { parseStrategies } from "../../strategy/parse-many.js";
import type { Strategy } from "../../strategy/strategy.js";

/** A strategy and the file it stands in. */
export interface FiledStrategy {
  readonly file: string;
  readonly strategy: Strategy;
}

/**
 * Read and check one strategy: FILE, or FILE#NAME and FOLDER#NAME where there are several.
 *
 * Throws   StatisticoError with file:line:column for what is wrong in it, or naming the strategies to choose from.
 */
export function readStrategy(path: string): Strategy {
  return readFiledStrategy(path).strategy;
}

/** `readStrategy` with the file that the strategy stands in. */
export function readFiledStrategy(path: string): FiledStrategy {
  const [, place = path, name = null] = /^(.+)#([^#/\\]*)$/.exec(path) ?? [];
  const all = readStrategies(place);
  if (name === null && all.length === 1) return all[0];
  const found = all.filter(({ strategy }) => strategy.name === name);
  if (found.length === 1) return found[0];
  throw notOne(
    place,
    name,
    all.map(({ strategy }) => strategy.name),
    found.length,
  );
}

function notOne(
  place: string,
  name: string | null,
  names: readonly string[],
  found: number,
): StatisticoError {
  const near = name === null ? names[0] : (nearest(name, names, 0.5, 1)[0] ?? names[0]);
  const hint = `statistico backtest '${place}#${near}'`;
  if (name === null)
    return new StatisticoError("usage", `${place} holds several strategies: ${names.join(", ")}`, hint);
  const which = found === 0 ? "no strategy" : "several strategies";
  return new StatisticoError("usage", `${place} holds ${which} of that name, was ${name}`, hint);
}

/**
 * Every strategy of a file, or of all .yaml and .yml files of a folder in the order of their names.
 *
 * Throws   StatisticoError for the first file that is wrong, or a folder without any.
 */
export function readStrategies(path: string): readonly FiledStrategy[] {
  const files = isFolder(path) ? strategyFiles(path) : [path];
  return files.flatMap((file) =>
    parseStrategies(readText(file), file, parameterNames()).map((strategy) => ({ file, strategy })),
  );
}

function strategyFiles(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort(compareText)
    .map((name) => join(folder, name));
  if (files.length > 0) return files;
  throw new StatisticoError("usage", `no strategy file in ${folder}`, "statistico init");
}

function isFolder(path: string): boolean {
  return path !== "-" && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function readText(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StatisticoError(
      "usage",
      code === "ENOENT" ? `no strategy file at ${path}` : `cannot read ${path}, was ${code}`,
      "statistico init writes strategies/value.yaml",
    );
  }
}

/** Names of each model's parameters. */
export function parameterNames(): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(FORECASTERS).map(([name, { parameters }]) => [name, parameters]));
}
