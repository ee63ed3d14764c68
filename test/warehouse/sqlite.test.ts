import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Warehouse } from "../../src/warehouse/port.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { warehouseContract } from "./contract.js";

const folder = mkdtempSync(join(tmpdir(), "statistico-contract-"));
const opened: Warehouse[] = [];

afterAll(async () => {
  for (const warehouse of opened) await warehouse.close();
  rmSync(folder, { recursive: true });
});

warehouseContract("SQLite", async () => {
  const path = join(folder, `${opened.length}.db`);
  const warehouse = openSqlite(path, { mode: "write", clock: { now: () => 0 } });
  opened.push(warehouse);
  return warehouse;
});
