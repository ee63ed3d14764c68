import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StatisticoError } from "../core/errors.js";
import type { SourcesSettings } from "./sources.js";

/** Where a setting came from, strongest first: the environment beats files, the project's file the user's. */
export type Origin = "environment" | "project file" | "user file" | "default";

export interface Setting<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** Settings after flags are put aside: those are the commands' own and beat all of these. */
export interface Config {
  /** The project's configuration file, whether or not it exists. */
  readonly path: string;
  readonly exists: boolean;
  readonly settings: ReadonlyMap<string, Setting<unknown>>;
  readonly database: Setting<string>;
  readonly archive: Setting<string | null>;
  readonly aliases: Setting<string>;
  /** What the project's file says of sources, or the user's where the project's says nothing. */
  readonly sources: SourcesSettings;
}

interface Known {
  readonly key: string;
  readonly env: string | null;
  readonly fallback: unknown;
}

/** Every setting with a value of its own; `statistico config list` prints them. */
export const SETTINGS: readonly Known[] = [
  { key: "database", env: "STATISTICO_DB", fallback: "data/statistico.db" },
  { key: "archive", env: "STATISTICO_ARCHIVE", fallback: null },
  { key: "aliases", env: null, fallback: "aliases.csv" },
  { key: "commission", env: null, fallback: 0.02 },
  {
    key: "sources.football-data.url",
    env: "STATISTICO_FOOTBALL_DATA_URL",
    fallback: "https://www.football-data.co.uk",
  },
  { key: "sources.football-data.leagues", env: null, fallback: ["E0"] },
  { key: "sources.football-data.seasons", env: null, fallback: null },
  { key: "sources.football-data.fixtures", env: null, fallback: true },
];

/**
 * Settings by rank: environment, then `path` (default statistico.yaml in `folder`), then the user's file in the XDG
 * configuration folder, then defaults. A file named with --config must exist. Unknown keys are errors with a place.
 */
export async function loadConfig(
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Config> {
  const file = path ?? env.STATISTICO_CONFIG ?? join(folder, "statistico.yaml");
  const exists = existsSync(file);
  if (!exists && (path ?? env.STATISTICO_CONFIG) !== undefined)
    throw new StatisticoError("usage", `no configuration file at ${file}`, "statistico init");
  const project = exists ? await readFile(file) : null;
  const userFile = userConfigPath(env);
  const user = userFile && existsSync(userFile) ? await readFile(userFile) : null;
  const settings = new Map(SETTINGS.map((known) => [known.key, resolveSetting(known, env, project, user)]));
  const setting = <T>(key: string): Setting<T> => settings.get(key) as Setting<T>;
  return {
    path: file,
    exists,
    settings,
    database: setting("database"),
    archive: setting("archive"),
    aliases: setting("aliases"),
    sources: (project?.get("sources") ?? user?.get("sources") ?? {}) as SourcesSettings,
  };
}

/** The YAML reader is loaded only where there is a file: most commands of a script run without one. */
async function readFile(path: string): Promise<ReadonlyMap<string, unknown>> {
  const { readSettings } = await import("./settings.js");
  return readSettings(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StatisticoError(
      "usage",
      `cannot read the configuration ${path}, was ${code}`,
      `ls -ld ${path}`,
    );
  }
}

function resolveSetting(
  { key, env: variable, fallback }: Known,
  env: Readonly<Record<string, string | undefined>>,
  project: ReadonlyMap<string, unknown> | null,
  user: ReadonlyMap<string, unknown> | null,
): Setting<unknown> {
  const fromEnv = variable === null ? undefined : env[variable];
  if (fromEnv) return { value: fromEnv, origin: "environment" };
  if (project?.has(key)) return { value: project.get(key), origin: "project file" };
  if (user?.has(key)) return { value: user.get(key), origin: "user file" };
  return { value: fallback, origin: "default" };
}

function userConfigPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const base = env.XDG_CONFIG_HOME || (env.HOME ? join(env.HOME, ".config") : null);
  return base === null ? null : join(base, "statistico", "statistico.yaml");
}
