import { readFileSync, statSync } from "node:fs";
import { StatisticoError } from "../../../core/errors.js";
import { reading } from "../../../files/read-capped.js";
import { type Secret, secretOf } from "./credential.js";

/** Where the operator keeps the key of a source: a file for the owner alone, or an environment variable by its name. */
export interface KeyHome {
  readonly keyFile?: string | undefined;
  readonly keyEnv?: string | undefined;
}

const LONGEST = 4096;

/**
 * The key of a source. Null when no home is named.
 *
 * Throws StatisticoError for a file that others may read, a home that is empty, and both homes at once.
 */
export function readKey(
  source: string,
  { keyFile, keyEnv }: KeyHome,
  env: Readonly<Record<string, string | undefined>>,
): Secret | null {
  if (keyFile !== undefined && keyEnv !== undefined)
    throw new StatisticoError(
      "usage",
      `${source}: keyFile and keyEnv are both set: one of them`,
      "statistico config path",
    );
  if (keyEnv !== undefined) return fromText(env[keyEnv] ?? "", `the environment variable ${keyEnv}`, source);
  if (keyFile === undefined) return null;
  const mode = reading(keyFile, (path) => statSync(path).mode) & 0o777;
  if ((mode & 0o077) !== 0)
    throw new StatisticoError(
      "usage",
      `${keyFile} may be read by others than its owner, was mode ${mode.toString(8).padStart(4, "0")}`,
      `chmod 600 ${keyFile}`,
    );
  return fromText(
    reading(keyFile, (path) => readFileSync(path, "utf8")),
    keyFile,
    source,
  );
}

function fromText(text: string, home: string, source: string): Secret {
  const key = text.trim();
  if (key === "" || key.length > LONGEST || /[^\x21-\x7e]/.test(key))
    throw new StatisticoError(
      "usage",
      `no key of ${source} in ${home}: one line of printable characters is wanted`,
      "statistico config path",
    );
  return secretOf(key);
}
