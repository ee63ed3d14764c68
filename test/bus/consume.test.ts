import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { consume } from "../../src/bus/consume.js";
import type { Warehouse } from "../../src/warehouse/port.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { file, record, seasonRecords } from "../support/records.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

function open(name: string): Warehouse {
  return openSqlite(scratch(name), { mode: "write", clock: { now: () => 0 } });
}

/** A season of twelve clubs: a result and prices of each of 132 matches, and the file. */
const EVENTS = 2 * 132 + 1;

describe("a reader", () => {
  it("is handed everything once, in order, and nothing again", async () => {
    const warehouse = open("once.db");
    await warehouse.writeFile(file(seasonRecords()));
    const ids: number[] = [];
    const read = () =>
      consume(warehouse, { name: "relay", handle: (events) => void ids.push(...events.map(({ id }) => id)) });
    expect(await read()).toBe(EVENTS);
    expect(ids).toEqual(Array.from({ length: EVENTS }, (_, i) => i + 1));
    expect(await read()).toBe(0);
    await warehouse.close();
  });

  it("that fails sees the same again, and others go their own way", async () => {
    const warehouse = open("fails.db");
    await warehouse.writeFile(file([record()]));
    const broken = consume(warehouse, {
      name: "relay",
      handle: () => Promise.reject(new Error("no answer")),
    });
    await expect(broken).rejects.toThrow("no answer");
    expect(await warehouse.consumer("relay")).toBeNull();
    expect(await consume(warehouse, { name: "other", handle: () => {} })).toBe(2);
    expect(await consume(warehouse, { name: "relay", handle: () => {} })).toBe(2);
    await warehouse.close();
  });

  it("killed between handling and its cursor handles twice, and an effect by its key happens once", async () => {
    await build({
      entryPoints: [fileURLToPath(new URL("consume-child.ts", import.meta.url))],
      outfile: scratch("child.cjs"),
      bundle: true,
      platform: "node",
      format: "cjs",
      logOverride: { "empty-import-meta": "silent" },
      external: ["better-sqlite3"],
      logLevel: "error",
    });
    const warehouse = open("killed.db");
    await warehouse.writeFile(file(seasonRecords()));
    await warehouse.close();
    mkdirSync(scratch("effects"));
    const child = (mode: string): Promise<NodeJS.Signals | null> => {
      const started = spawn(
        process.execPath,
        [scratch("child.cjs"), scratch("killed.db"), scratch("effects"), mode],
        {
          stdio: ["ignore", "ignore", "inherit"],
          env: { ...process.env, NODE_PATH: modules },
        },
      );
      return new Promise((resolve) => started.once("exit", (_, signal) => resolve(signal)));
    };
    expect(await child("dies")).toBe("SIGKILL");
    expect(await child("dies")).toBe("SIGKILL");
    expect(await child("lives")).toBeNull();
    const handled = readFileSync(scratch("effects/handled.log"), "utf8").trimEnd().split("\n").map(Number);
    // The first 200 were handled by the two that died, too.
    expect(handled).toHaveLength(EVENTS + 2 * 200);
    expect(new Set(handled).size).toBe(EVENTS);
    expect(readdirSync(scratch("effects")).filter((name) => name !== "handled.log")).toHaveLength(EVENTS);
  });
});
