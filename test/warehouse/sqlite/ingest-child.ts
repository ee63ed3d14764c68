// Writes ten seasons, one file each, and says when it has begun: the process that kill.test.ts kills.
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { seasonFiles } from "./season-files.js";

async function run(path: string): Promise<void> {
  const warehouse = openSqlite(path, { mode: "write", clock: { now: () => 0 } });
  process.stdout.write("ready");
  for (const file of seasonFiles()) await warehouse.writeFile(file);
  await warehouse.close();
}

void run(process.argv[2] ?? "");
