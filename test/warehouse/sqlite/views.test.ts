import { describe, expect, it } from "vitest";
import { openSqlite } from "../../../src/warehouse/sqlite/open.js";
import { file, goals, quote, record } from "../../support/records.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();

describe("the views for people", () => {
  it("show names and dates instead of ids and numbers", async () => {
    const warehouse = openSqlite(scratch("views.db"), { mode: "write", clock: { now: () => 0 } });
    const handicap = quote(1.95, { market: "ASIAN_HANDICAP", moment: "close" }, { line: -3, size: 20 });
    await warehouse.writeFile(file([record({ quotes: [handicap] })]));
    await warehouse.writeFile(file([record({ goals: goals(3, 1, 1, 0) })]));
    const limits = { limit: 10, timeoutMs: 10_000 };
    const prices = await warehouse.query("SELECT * FROM price_readable", limits);
    expect(Object.fromEntries(prices.columns.map((column, i) => [column, prices.rows[0]?.[i]]))).toEqual({
      fixture_id: 1,
      league: "E0",
      season: 2014,
      date: "2014-08-16",
      home: "Arsenal",
      away: "Burnley",
      market: "ASIAN_HANDICAP",
      runner: "HOME",
      line: -0.75,
      source: "B365",
      side: "BACK",
      moment: "close",
      price: 1.95,
      size: 20,
      // Friday 17:00 in London, summer time.
      observed_at: "2014-08-15T16:00:00Z",
      file_id: 1,
    });
    const results = await warehouse.query(
      "SELECT date, home, home_goals, away_goals, away, revision FROM result_readable",
      limits,
    );
    expect(results.rows).toEqual([["2014-08-16", "Arsenal", 3, 1, "Burnley", 1]]);
    const fixtures = await warehouse.query("SELECT kick_off, kick_off_known FROM fixture_readable", limits);
    expect(fixtures.rows).toEqual([["2014-08-16T14:00:00Z", 1]]);
    await warehouse.close();
  });
});
