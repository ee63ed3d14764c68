// Loaded before the program by the kill runs: ends the process with SIGKILL at a named write of its ledger.
// CHAOS_KILL: "before:3" the third write of a ledger, "after:3" when it is on the disk, "after:3+20" 20 ms later.
import { createRequire } from "node:module";

const [, side, nth, later] = /^(before|after):(\d+)(?:\+(\d+))?$/.exec(process.env.CHAOS_KILL ?? "") ?? [];
if (side) {
  const require = createRequire(`${process.env.CHAOS_ROOT}/package.json`);
  const Database = require("better-sqlite3");
  const die = () => process.kill(process.pid, "SIGKILL");
  const { transaction } = Database.prototype;
  let count = 0;
  Database.prototype.transaction = function (work) {
    const own = transaction.call(this, work);
    if (!/\.ledger$/.test(this.name)) return own;
    const { immediate } = own;
    return {
      deferred: own.deferred,
      exclusive: own.exclusive,
      immediate: (...words) => {
        count += 1;
        const now = count === Number(nth);
        if (now && side === "before") die();
        const result = immediate.apply(own, words);
        if (now && later) setTimeout(die, Number(later));
        else if (now) die();
        return result;
      },
    };
  };
}
