// Run the benchmarks in bench/, each in a process of its own: `npm run bench` or `npm run bench -- models parse`.
// Every figure is a ratio of two things measured in turn in the same process, so that a noisy machine cancels out.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const asked = process.argv.slice(2);
const names = readdirSync("bench")
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(/\.bench\.ts$/, ""))
  .filter((name) => asked.length === 0 || asked.includes(name));

const out = mkdtempSync(join(root, "dist", "bench-"));
try {
  await build({
    entryPoints: names.map((name) => `bench/${name}.bench.ts`),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["better-sqlite3", "esbuild", "@stdlib/*"],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    define: { STATISTICO_VERSION: '"bench"' },
  });
  for (const name of names) {
    const module = pathToFileURL(join(out, `${name}.bench.mjs`)).href;
    const code = `const { name, run } = await import(${JSON.stringify(module)});
      console.log(name);
      for (const { label, ratio, unit } of await run()) console.log("  " + String(ratio >= 100 ? Math.round(ratio) : ratio.toPrecision(3)).padStart(9) + "  " + (unit ? unit + "  " : "") + label);`;
    const { status } = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", code], {
      stdio: "inherit",
    });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
