// Handles events by appending each to a log, and acts on each once by its key; kills itself, as kill -9 does, after the
// batch is handled and before the cursor moves: the process that consume.test.ts starts again.
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { consume } from "../../src/bus/consume.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";

async function run(path: string, folder: string, dies: boolean): Promise<void> {
  const warehouse = openSqlite(path, { mode: "write", clock: { now: () => Date.now() } });
  await consume(warehouse, {
    name: "relay",
    handle: (events) => {
      for (const { dedupeKey, id } of events) {
        appendFileSync(join(folder, "handled.log"), `${id}\n`);
        const effect = join(folder, dedupeKey);
        if (!existsSync(effect)) writeFileSync(effect, "", { flag: "wx" });
      }
      if (dies) process.kill(process.pid, "SIGKILL");
    },
  });
  await warehouse.close();
}

void run(process.argv[2] ?? "", process.argv[3] ?? "", process.argv[4] === "dies");
