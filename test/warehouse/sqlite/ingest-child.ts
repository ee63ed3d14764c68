// Writes ten seasons, one file each, and prints a dot before each: the process that kill.test.ts kills.
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { seasonFiles } from "./season-files.js";

async function run(path: string): Promise<void> {
  const warehouse = openSqlite(path, { mode: "write", clock: { now: () => 0 } });
  for (const file of seasonFiles()) {
    process.stdout.write(".");
    await warehouse.writeFile(file);
  }
  await warehouse.close();
}

void run(process.argv[2] ?? "");
