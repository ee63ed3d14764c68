// Takes the lock, says "held" or what refused it, and holds on until it is killed.
import { takeInstanceLock } from "../../../src/warehouse/sqlite/instance-lock.js";

try {
  const clock = { now: () => Date.now() };
  const lock = takeInstanceLock(process.argv[2] ?? "", { work: "odds watch", pid: process.pid, clock });
  process.stdout.write(`held ${process.pid}\n`);
  setInterval(() => lock, 1000);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
