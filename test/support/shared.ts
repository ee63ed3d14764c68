import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** Whether the real season files and reference values lie beside the project. Tests that need them skip without. */
export const sharedAvailable = existsSync(`${root}data`) && existsSync(`${root}reference`);

/** A path under the shared folder beside the project: `sharedPath("reference", "fits.json")`. */
export function sharedPath(...parts: string[]): string {
  return `${root}${parts.join("/")}`;
}
