import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The program's own bundle, beside the folders of commands and chunks; null when it runs from source. */
export function program(): string | null {
  const path = [new URL("../cli.cjs", import.meta.url), new URL("../../cli.cjs", import.meta.url)]
    .map((url) => fileURLToPath(url))
    .find((candidate) => existsSync(candidate));
  return path ?? null;
}
