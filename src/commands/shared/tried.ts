import type { StoredRun, Warehouse } from "../../warehouse/port.js";

/**
 * How many strategies have been tried on this database, those of `hashes` included, each counted once: what a deflated
 * Sharpe ratio is deflated by. Every backtest counts, and every configuration of every sweep.
 */
export async function strategiesTried(warehouse: Warehouse, hashes: readonly string[]): Promise<number> {
  const backtests = await warehouse.runs({ command: "backtest" });
  const sweeps = await warehouse.runs({ command: "sweep", whole: true });
  const tried = [...backtests.map(({ configHash }) => configHash), ...sweeps.flatMap(hashesOf)];
  return new Set([...tried, ...hashes]).size;
}

function hashesOf({ document }: StoredRun): string[] {
  const { trials = [] }: { trials?: readonly { strategyHash: string }[] } = JSON.parse(document || "{}");
  return trials.map(({ strategyHash }) => strategyHash);
}
