import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { dayOf } from "../src/core/day.js";
import { createRng, type Rng } from "../src/core/rng.js";
import type { Quote, QuoteKind } from "../src/domain/price.js";
import { kickOffInstant } from "../src/domain/slot.js";
import type { FixtureRecord } from "../src/warehouse/port.js";
import { openSqlite } from "../src/warehouse/sqlite/open.js";
import { file, kind, record } from "../test/support/records.js";

export const name = "warehouse: five million price snapshots, of ten seasons of 380 fixtures";

const SEASONS = 10;
const CLUBS = Array.from({ length: 20 }, (_, i) => `Club of the ${i}th street`);
const SOURCES = Array.from({ length: 11 }, (_, i) => `S${i}`);
const RUNNERS = ["HOME", "DRAW", "AWAY"] as const;
/** 380 x 10 fixtures x 11 sources x 3 runners x 40 ticks = 5,016,000. */
const TICKS = 40;
const MINUTE = 60_000;
const ROUNDS = 15;
const clock = { now: () => 0 };

interface Figure {
  readonly label: string;
  readonly ratio: number;
  readonly unit?: string;
}

/**
 * Every fixture has forty ticks of each source and runner, the nearer to kick-off the denser, as the planner polls
 * them. Reads through the port, against the least that SQLite can do for the same rows.
 */
export async function run(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "statistico-bench-"));
  try {
    const path = join(folder, "prices.db");
    const rows = await fill(path);
    const warehouse = openSqlite(path, { mode: "read", clock });
    const season = await warehouse.fixtures({ seasons: [2015] });
    const ids = season.map(({ id }) => id);
    const history = await times(async (round) => {
      await warehouse.prices({ ids: [ids[round] ?? 1], everyVersion: true });
    });
    const closing = await times(async () => {
      await warehouse.lines({ seasons: [2015], point: { kind: "close" } });
    });
    const found = (await warehouse.lines({ seasons: [2015], point: { kind: "close" } })).length;
    await warehouse.close();
    const scan = await scanned(path, ids);
    return [
      { label: "prices stored", ratio: rows, unit: "rows" },
      {
        label: "bytes on disk a price, the whole database",
        ratio: statSync(path).size / rows,
        unit: "bytes",
      },
      {
        label: "history of one fixture (1,320 prices), processor time, median",
        ratio: median(history),
        unit: "ms",
      },
      {
        label: `closing prices of a season (${found}), processor time, median`,
        ratio: median(closing),
        unit: "ms",
      },
      {
        label: "closing prices of a season / counting its rows by a bare select",
        ratio: median(closing) / scan,
        unit: "times",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function fill(path: string): Promise<number> {
  const warehouse = openSqlite(path, { mode: "write", clock });
  const sources = SOURCES.map((code) => ({ code, name: `Book ${code}`, kind: "bookmaker" as const }));
  for (let season = 2010; season < 2010 + SEASONS; season++) {
    const rng = createRng(42, season);
    const records = pairs().map(([home, away], i) => fixture(season, i, home, away, rng));
    await warehouse.writeFile(file(records, { sources, raw: { sha256: String(season).padStart(64, "0") } }));
  }
  const { prices = 0 } = await warehouse.counts();
  await warehouse.close();
  const database = new Database(path);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  return prices;
}

function pairs(): (readonly [string, string])[] {
  return CLUBS.flatMap((home) => CLUBS.filter((away) => away !== home).map((away) => [home, away] as const));
}

function fixture(season: number, i: number, home: string, away: string, rng: Rng): FixtureRecord {
  const day = dayOf(season, 8, 10) + (i % 280);
  const quotes = SOURCES.flatMap((source) =>
    RUNNERS.flatMap((runner) =>
      line(kind({ source, runner, moment: "tick" }), kickOffInstant(day, 900), rng),
    ),
  );
  return record({ season, day, minutes: 900, home, away, quotes });
}

/** Ticks from a week before kick-off on, each gap nine tenths of the one before. */
function line(kindOf: QuoteKind, kickOff: number, rng: Rng): Quote[] {
  let price = 150 + Math.floor(rng() * 400);
  return Array.from({ length: TICKS }, (_, i) => {
    price = Math.max(102, price + Math.floor(rng() * 7) - 3);
    const before = Math.floor(7 * 1440 * 0.85 ** i) + (TICKS - i);
    return { kind: kindOf, line: 0, price: price / 100, size: null, observedAt: kickOff - before * MINUTE };
  });
}

/** What reading the rows costs at the least: no row leaves the engine. */
async function scanned(path: string, ids: readonly number[]): Promise<number> {
  const database = new Database(path, { readonly: true });
  const select = database.prepare("SELECT count(*), max(observed_at) FROM price WHERE fixture_id = ?");
  const found = await times(async () => {
    for (const id of ids) select.get(id);
  });
  database.close();
  return median(found);
}

async function times(work: (round: number) => Promise<void>): Promise<number[]> {
  const found: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = cpuMs();
    await work(round);
    found.push(cpuMs() - start);
  }
  return found;
}

/** Processor time: what else the machine does is no matter of ours. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
