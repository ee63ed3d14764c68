import { copyFileSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import type { Warehouse } from "../../src/warehouse/port.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { scratchFolder } from "../support/scratch.js";
import { warehouseContract } from "./contract.js";

const scratch = scratchFolder();
const options = { mode: "write", clock: { now: () => 0 } } as const;
const opened: Warehouse[] = [];

// An empty database is made once and copied for each test: a tenth of the time.
beforeAll(() => openSqlite(scratch("empty.db"), options).close());

afterAll(async () => {
  for (const warehouse of opened) await warehouse.close();
});

warehouseContract("SQLite", async () => {
  const path = scratch(`${opened.length}.db`);
  copyFileSync(scratch("empty.db"), path);
  const warehouse = openSqlite(path, options);
  opened.push(warehouse);
  return warehouse;
});
