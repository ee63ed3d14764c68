// Two bundles of one source. `cli.cjs` holds the command tree alone: a CommonJS entry starts faster than an
// ES module one, and `--help` must not pay for SQLite. Commands and the library are ES modules that share chunks.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
// Built beside the old bundle and put in its place whole: a process that starts meanwhile finds one or the other.
const part = `dist.${process.pid}.part`;

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  logLevel: "warning",
  legalComments: "none",
  define: { STATISTICO_VERSION: JSON.stringify(version) },
};

/** Leave `import("./commands/x.js")` as it is: the ES module build puts those files beside the CommonJS entry. */
const lazyCommands = {
  name: "lazy-commands",
  setup(builder) {
    builder.onResolve({ filter: /^\.\/(commands\/|app\.js$)/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

const commands = readdirSync("src/commands").filter((name) => name.endsWith(".ts"));
await build({
  ...shared,
  entryPoints: ["src/cli.ts"],
  outfile: `${part}/cli.cjs`,
  format: "cjs",
  minify: true,
  plugins: [lazyCommands],
});
await build({
  ...shared,
  entryPoints: ["src/index.ts", "src/app.ts", ...commands.map((name) => `src/commands/${name}`)],
  outdir: part,
  outbase: "src",
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  external: ["better-sqlite3", "danfojs-node"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});

const types = spawnSync("node_modules/.bin/tsc", ["-p", "tsconfig.types.json", "--outDir", `${part}/types`], {
  stdio: "inherit",
});
rmSync("dist", { recursive: true, force: true });
renameSync(part, "dist");
process.exitCode = types.status ?? 1;
