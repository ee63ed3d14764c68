import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runBacktest } from "../../src/backtest/backtest.js";
import { betsRows } from "../../src/backtest/bets-table.js";
import { strategyOf } from "../strategy/views.js";
import { sharedAvailable, sharedPath } from "../support/shared.js";
import { poisson, registry, sha256 } from "./models.js";
import { close, early, memory, type Row } from "./source.js";

type Line = Readonly<Record<string, string>>;

/** The lines of a season file, by column name. */
function season(folder: string): Line[] {
  const path = sharedPath("data", "football-data.co.uk", "mmz4281", folder, "E0.csv.gz");
  const [head, ...lines] = gunzipSync(readFileSync(path)).toString("latin1").split(/\r?\n/);
  const names = head.split(",");
  return lines
    .filter((line) => /^E0,/.test(line))
    .map((line) => Object.fromEntries(line.split(",").map((cell, index) => [names[index], cell])));
}

function isoDay(text: string): string {
  const [day, month, year] = text.split("/");
  return `${year.length === 2 ? `20${year}` : year}-${month}-${day}`;
}

function rowOf(line: Line): Row {
  const triple = (book: string) => ["H", "D", "A"].map((side) => Number(line[`${book}${side}`]));
  return {
    day: isoDay(line.Date),
    home: line.HomeTeam,
    away: line.AwayTeam,
    score: `${line.FTHG}-${line.FTAG}`,
    prices: [early("B365", ...triple("B365")), close("PS", ...triple("PSC"))],
  };
}

describe.skipIf(!sharedAvailable)("E0 2016/17 and 2017/18 at Bet365's early prices", async () => {
  const lines = sharedAvailable ? ["1516", "1617", "1718"].flatMap(season) : [];
  const strategy = strategyOf(
    "seasons: { from: 2016, to: 2017 }",
    "entry: { edge: { min: 0.02 } }",
    "bank: 10000",
  );
  const backtest = await runBacktest(memory(sharedAvailable ? lines.map(rowOf) : []), strategy, {
    seed: 1,
    version: "0",
    models: registry(poisson),
    hash: sha256,
  }).catch(() => null);
  const byMatch = new Map(lines.map((line) => [`${isoDay(line.Date)} ${line.HomeTeam}`, line]));

  it("settles every bet as the raw file does", () => {
    const rows = backtest ? betsRows(backtest) : [];
    expect(rows.length).toBeGreaterThan(400);
    let sum = 0;
    for (const row of rows) {
      const line = byMatch.get(`${row.date} ${row.home}`);
      const letter = String(row.runner).charAt(0);
      const price = Number(line?.[`B365${letter}`]);
      expect(row.price).toBe(price);
      const profit = line?.FTR === letter ? Number(row.stake) * (price - 1) : -Number(row.stake);
      expect(Math.abs(Number(row.profit) - profit)).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(Number(row.closingPrice)).toBe(Number(line?.[`PSC${letter}`]));
      sum += Number(row.profit);
    }
    expect(backtest?.document.profit).toBeCloseTo(sum, 6);
  });

  it("decides every fixture that the model can forecast", () => {
    const { fixtures = 0, priced = 0, refusals = {}, clv } = backtest?.document ?? {};
    expect(fixtures).toBe(760);
    expect(priced + (refusals["no-forecast"] ?? 0)).toBe(760);
    // The first of the newcomers have nobody to be placed like.
    expect(priced).toBeGreaterThan(735);
    expect(clv?.coverage).toBe(1);
  });
});
