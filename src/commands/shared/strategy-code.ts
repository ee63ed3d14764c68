import { readFileSync, realpathSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { StatisticoError } from "../../core/errors.js";
import { sha256Of } from "../../ingest/archive.js";
import { API_VERSION, type Picker, readPicks } from "../../strategy/pick.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { FiledStrategy } from "./strategy-file.js";

/** A strategy with its code loaded, and the digest of that code in it. */
export interface CodedStrategy {
  readonly strategy: Strategy;
  readonly picker: Picker | null;
}

/**
 * Load the code that a strategy names, if it names any.
 *
 * The file lies in the strategy's own folder or below, symbolic links followed. It runs with all the rights of this
 * process: hence `allowed`, which the user gives by a flag and no file can give itself.
 * Throws   StatisticoError("usage") when code is not allowed, not found, elsewhere, changed since it was pinned, of
 *          another contract, or in TypeScript that nothing here can read.
 */
export async function loadCode({ file, strategy }: FiledStrategy, allowed: boolean): Promise<CodedStrategy> {
  if (strategy.code === null) return { strategy, picker: null };
  const { path, hash } = strategy.code;
  if (!allowed)
    throw refusal(
      `${file} names code to run and code is not allowed, was ${path}`,
      `read ${path} first, then give --allow-code`,
    );
  const place = placeOf(file, path);
  const source = readFileSync(place, "utf8");
  const digest = sha256Of(source);
  if (hash !== null && hash !== digest)
    throw refusal(
      `${path} is not the code that ${file} was written for, was ${digest}`,
      `codeHash: "${digest}"`,
    );
  const decide = decideIn(await importCode(place), path);
  return { strategy: { ...strategy, code: { path, hash: digest } }, picker: pickerOf(decide, path) };
}

function placeOf(file: string, path: string): string {
  if (file === "-") throw refusal("a strategy from standard input cannot name code", "save it to a file");
  try {
    const folder = realpathSync(dirname(resolve(file)));
    const place = realpathSync(resolve(folder, path));
    if (!/^\.\.(?:[/\\]|$)/.test(relative(folder, place))) return place;
  } catch {
    throw refusal(`no code beside ${file}, was ${path}`, `statistico check ${file}`);
  }
  throw refusal(`code must lie below the folder of ${file}, was ${path}`, `statistico check ${file}`);
}

async function importCode(place: string): Promise<Readonly<Record<string, unknown>>> {
  const plain = /\.m?js$/.test(place) || "typescript" in process.features;
  const address = plain ? pathToFileURL(place).href : await translated(place);
  try {
    return await import(address);
  } catch (error) {
    throw refusal(`cannot load ${place}: ${words(error)}`, `node --check ${place}`);
  }
}

/** TypeScript as a module in memory, where Node itself does not read it. */
async function translated(place: string): Promise<string> {
  const translator = "esbuild";
  try {
    const { transform } = await import(translator);
    const { code } = await transform(readFileSync(place, "utf8"), { loader: "ts", format: "esm" });
    return `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  } catch (error) {
    throw refusal(
      `cannot read TypeScript with Node ${process.versions.node} alone, was ${place}: ${words(error)}`,
      "npm install esbuild, or write the strategy as .mjs",
    );
  }
}

type Decide = (view: unknown) => unknown;

function decideIn(module: Readonly<Record<string, unknown>>, path: string): Decide {
  const { apiVersion, decide } = module;
  if (apiVersion !== API_VERSION)
    throw refusal(
      `${path} must export apiVersion ${API_VERSION}, was ${String(apiVersion)}`,
      `export const apiVersion = ${API_VERSION};`,
    );
  if (typeof decide !== "function")
    throw refusal(
      `${path} must export a function decide, was ${typeof decide}`,
      "export function decide(view) {}",
    );
  return (view) => decide(view);
}

function pickerOf(decide: Decide, path: string): Picker {
  return (view) => {
    let answer: unknown;
    try {
      answer = decide(frozen(view));
    } catch (error) {
      const { home, away } = view.fixture;
      throw refusal(
        `${path} failed at ${home.name} v ${away.name}: ${words(error)}`,
        "statistico backtest FILE --allow-code --debug",
      );
    }
    return readPicks(answer, path);
  };
}

/** Frozen in place: the view is plain data that nobody writes to. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
}

function refusal(message: string, hint: string): StatisticoError {
  return new StatisticoError("usage", message, hint);
}
