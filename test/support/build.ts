import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sharedAvailable } from "./shared.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Tests that run the real binary need the bundle of today's source: build it when it is older than any source file. STATISTICO_TEST_BUILD=off leaves it. */
export function setup(): void {
  if (!sharedAvailable)
    process.stderr.write("skipped: tests on real files (no ../shared folder beside the project)\n");
  if (process.env.STATISTICO_TEST_BUILD === "off") return;
  const built = join(root, "dist/cli.cjs");
  if (existsSync(built) && statSync(built).mtimeMs >= newest(join(root, "src"))) return;
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("the build failed");
}

function newest(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}
