// The chaos runs in full: `npm run chaos [-- PART NUMBERS]`. Their short forms are in the test suite.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}node_modules/.cache/statistico-chaos`;
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ["main"].map((name) => `${root}test/chaos/${name}.ts`),
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["better-sqlite3"],
  logLevel: "warning",
});

// A program of its own: the project may be built anew while the runs go on.
const program = `${folder}/program`;
for (const part of ["bin", "dist"]) cpSync(`${root}${part}`, `${program}/${part}`, { recursive: true });

const FULL = [
  ["storm", "20", "10000"],
  ["starts", "20"],
  ["kills", "5", "100"],
];
const asked = process.argv.slice(2);
let failed = 0;
for (const words of asked.length > 0 ? [asked] : FULL) {
  const { status } = spawnSync(process.execPath, [`${folder}/main.mjs`, ...words], {
    stdio: "inherit",
    env: { ...process.env, CHAOS_ROOT: root.replace(/\/$/, ""), CHAOS_PROGRAM: program },
  });
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
