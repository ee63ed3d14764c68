import { readFileSync } from "node:fs";
import { FORECASTERS } from "../../compiler/forecasters.js";
import { StatisticoError } from "../../core/errors.js";
import { parseStrategy } from "../../strategy/parse.js";
import type { Strategy } from "../../strategy/strategy.js";

/** Read and check a strategy file. Throws StatisticoError with file:line:column for what is wrong in it. */
export function readStrategy(path: string): Strategy {
  return parseStrategy(readText(path), path, parameterNames());
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

function parameterNames(): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(FORECASTERS).map(([name, { parameters }]) => [name, parameters]));
}
