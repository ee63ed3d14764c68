import Database from "better-sqlite3";
import { openSqlite } from "../src/warehouse/sqlite/open.js";
export const name = "prof";
const cpu = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
async function t(label: string, n: number, work: () => unknown): Promise<{ label: string; ratio: number }> {
  await work();
  const xs: number[] = [];
  for (let i = 0; i < n; i++) { const s = cpu(); await work(); xs.push(cpu() - s); }
  return { label, ratio: xs.sort((a, b) => a - b)[n >> 1] ?? 0 };
}
export async function run() {
  const w = openSqlite("/tmp/p.db", { mode: "read", clock: { now: () => 0 } });
  const db = new Database("/tmp/p.db", { readonly: true });
  const ids = (await w.fixtures({ seasons: [2015] })).map(({ id }) => id);
  const bare = db.prepare("SELECT count(*), max(observed_at) FROM price WHERE fixture_id = ?");
  const group = db.prepare("SELECT market_id, source_id, moment, side, runner_id, line, max(observed_at), price FROM price WHERE fixture_id = ? AND moment = 2 AND observed_at <= ? GROUP BY market_id, source_id, moment, side, runner_id, line").raw();
  const group2 = db.prepare("SELECT market_id, source_id, moment, side, runner_id, line, max(observed_at), price FROM price WHERE fixture_id = ? AND +moment = 2 AND observed_at <= ? GROUP BY market_id, source_id, moment, side, runner_id, line").raw();
  const q = (sql: string) => { const st = db.prepare(sql).raw(); return () => { for (const id of ids) st.all(id); }; };
  const A = q("SELECT source_id, side, runner_id, line, max(observed_at) FROM price WHERE fixture_id = ? AND market_id = 1 AND +moment = 2 AND observed_at <= 2000000000000 GROUP BY source_id, moment, side, runner_id, line");
  const B = q("SELECT source_id, side, runner_id, line, max(observed_at) FROM price WHERE fixture_id = ? AND market_id = 1 AND source_id IN (1,2,3,4,5,6,7,8,9,10,11) AND moment = 2 AND observed_at <= 2000000000000 GROUP BY source_id, side, runner_id, line");
  const C = q("SELECT source_id, side, runner_id, line, observed_at, file_id, price, size FROM price WHERE fixture_id = ? AND market_id = 1 AND +moment = 2 AND observed_at BETWEEN (SELECT kick_off FROM fixture WHERE id = price.fixture_id) - 1200000 AND 2000000000000");
  const D = q("SELECT source_id, side, runner_id, line, max(observed_at), price, size, file_id FROM price WHERE fixture_id = ? GROUP BY market_id, source_id, moment, side, runner_id, line");
  const E = q("SELECT fixture_id, market_id, source_id, moment, side, runner_id, line, observed_at FROM price WHERE fixture_id = ? AND observed_at > 2000000000000");
  const F = q("SELECT DISTINCT market_id, source_id, moment, side, runner_id, line FROM price WHERE fixture_id = ?");
  return [
    await t("fixtures", 5, () => w.fixtures({ seasons: [2015] })),
    await t("history", 20, () => w.prices({ ids: [ids[5] ?? 1], everyVersion: true })),
    await t("latest", 20, () => w.prices({ ids: [ids[5] ?? 1] })),
    await t("lines close", 5, () => w.lines({ seasons: [2015], point: { kind: "close" } })),
    await t("lines close MO", 5, () => w.lines({ seasons: [2015], point: { kind: "close" }, markets: ["MATCH_ODDS"] })),
    await t("bare scan", 5, () => { for (const id of ids) bare.all(id); }),
    await t("group", 5, () => { for (const id of ids) group.all(id, 2e12); }),
    await t("A", 5, A), await t("B", 5, B), await t("C", 5, C), await t("D", 5, D), await t("E", 5, E),await t("F", 5, F),
    await t("group +", 5, () => { for (const id of ids) group2.all(id, 2e12); }),
  ];
}
