import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../../src/core/rng.js";
import type { Warehouse } from "../../../src/warehouse/port.js";
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { scratchFolder } from "../../support/scratch.js";
import { MATCHES, SEASONS, seasonFiles } from "./season-files.js";

const ROUNDS = 10;
const scratch = scratchFolder();
const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

function open(name: string): Warehouse {
  return openSqlite(scratch(name), { mode: "write", clock: { now: () => 0 } });
}

async function ingestAll(warehouse: Warehouse): Promise<string> {
  for (const file of seasonFiles()) await warehouse.writeFile(file);
  return warehouse.contentHash();
}

/** Start the child and kill it `delayMs` after it has begun its `nth` file, counted from 0. */
function killedChild(name: string, nth: number, delayMs: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [scratch("child.cjs"), scratch(name)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_PATH: modules },
  });
  let begun = 0;
  child.stdout.on("data", (dots: Buffer) => {
    begun += dots.length;
    if (begun > nth) setTimeout(() => child.kill("SIGKILL"), delayMs);
  });
  return new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
}

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("ingest-child.ts", import.meta.url))],
    outfile: scratch("child.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    logOverride: { "empty-import-meta": "silent" },
    external: ["better-sqlite3"],
    logLevel: "error",
  });
});

describe("a process killed while it writes", () => {
  it(`leaves whole files and a sound database, and the rest can follow, ${ROUNDS} times`, async () => {
    const reference = open("reference.db");
    const expected = await ingestAll(reference);
    await reference.close();
    const rng = createRng(42);
    let killedInside = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const name = `round-${round}.db`;
      const signal = await killedChild(name, round, rng() * 5);
      const warehouse = open(name);
      expect(await warehouse.check()).toEqual([]);
      const { files = 0, fixtures, prices } = await warehouse.counts();
      expect({ fixtures, prices }).toEqual({ fixtures: files * MATCHES, prices: files * MATCHES * 10 });
      if (signal === "SIGKILL" && files < SEASONS) killedInside++;
      expect(await ingestAll(warehouse)).toBe(expected);
      await warehouse.close();
    }
    expect(killedInside).toBeGreaterThan(0);
  });
});
