import { type Day, dayOf } from "../../src/core/day.js";
import { createRng } from "../../src/core/rng.js";
import { parseFootballData } from "../../src/ingest/parse/football-data.js";
import { simulateLeague } from "../../src/ingest/simulate/league.js";
import type { FixtureRecord, Warehouse } from "../../src/warehouse/port.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { file } from "../support/records.js";

/** First day of the current season of `labWarehouse` without results. */
export const CUT: Day = dayOf(2023, 2, 20);

/**
 * A database of two simulated divisions of eight clubs, SIM1 and SIM2: 2020/21 to 2022/23, the last cut, with the
 * fixtures of the days after the cut. `change` may rewrite what the files say.
 */
export async function labWarehouse(
  path: string,
  change: (record: FixtureRecord) => FixtureRecord = (record) => record,
): Promise<Warehouse> {
  const warehouse = await openSqlite(path, { mode: "write", clock: { now: () => 0 } });
  const files = simulateLeague({
    seed: 11,
    startSeason: 2020,
    pastSeasons: 2,
    divisions: [
      { code: "SIM1", clubs: 8 },
      { code: "SIM2", clubs: 8 },
    ],
    cut: CUT,
    fixtureDays: 21,
  });
  for (const { path: name, text } of files.filter(({ path: each }) => each.endsWith(".csv"))) {
    const parsed = parseFootballData(new TextEncoder().encode(text), { name });
    if (parsed.kind !== "parsed") throw new Error(`${name} was refused`);
    const { leagues, sources, blank, rejects, warnings } = parsed;
    const told = { leagues, sources, blank, rejects, warnings, raw: { path: name } };
    await warehouse.writeFile(file(parsed.records.map(change), told));
  }
  return warehouse;
}

/** Other results, statistics and prices from `day` on; fixtures, their days and clubs stay. */
export function scrambledFrom(day: Day, seed = 5): (record: FixtureRecord) => FixtureRecord {
  const rng = createRng(seed);
  const goals = (): number => Math.floor(rng() * 6);
  return (record) => {
    if (record.day < day) return record;
    const [homeGoals, awayGoals] = [goals(), goals()];
    return {
      ...record,
      goals: record.goals && { homeGoals, awayGoals, halfTimeHome: null, halfTimeAway: null },
      statistics: null,
      quotes: record.quotes.map((quote) => ({ ...quote, price: 1.2 + 4 * rng() })),
    };
  };
}
