import { describe, expect, it } from "vitest";
import { runBacktest } from "../../src/backtest/backtest.js";
import { modelsOf } from "../../src/backtest/model.js";
import { prepareLeague } from "../../src/backtest/prepared.js";
import { viewerOf } from "../../src/backtest/sight-now.js";
import { FORECASTERS } from "../../src/compiler/forecasters.js";
import { paperOrdersInMemory } from "../../src/exchange/paper/order-file.js";
import { paperVenue } from "../../src/exchange/paper/venue.js";
import type { Venue } from "../../src/exchange/venue.js";
import { sha256Of } from "../../src/ingest/archive.js";
import { parseStrategy } from "../../src/strategy/parse.js";
import type { Strategy } from "../../src/strategy/strategy.js";
import type { Bet } from "../../src/trader/bet.js";
import { openBetBook } from "../../src/trader/bet-book.js";
import { DEFAULT_LIMITS } from "../../src/trader/limits.js";
import { paperEndings } from "../../src/trader/paper-endings.js";
import { cycleOrRefuse, openFloor, reconcileOrRefuse } from "../../src/trader/run.js";
import { STORED_PRICE_AGE_MS, storedPrices } from "../../src/trader/stored-prices.js";
import { openLedger } from "../../src/warehouse/ledger/open.js";
import type { LedgerMode } from "../../src/warehouse/ledger/port.js";
import type { Warehouse } from "../../src/warehouse/port.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { CLUBS, file, seasonRecords } from "../support/records.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();

const YAML = `name: same
leagues: [E0]
seasons: { from: 2014, to: 2014 }
markets: [MATCH_ODDS, OVER_UNDER_25]
side: back
model: { name: poisson }
prices: { sources: [B365, PS], moment: early, maxOverround: 1 }
entry: { edge: { min: 0.05 } }
staking: { method: percentage, percent: 1.5 }
bank: 1000
commission: 0.02
`;

/** Decision instants that are traded: the first ones of the season, with results of the earlier ones coming in. */
const INSTANTS = 8;

/** What makes two bets the same: everything that was decided, and the money it was decided with. */
interface Decided {
  readonly fixtureId: number;
  readonly market: string;
  readonly runner: string;
  readonly side: string;
  readonly price: number;
  readonly quotedPrice: number;
  readonly source: string;
  /** To six decimals: a backtest's fit starts from the last one's solution, a run's from nothing. */
  readonly probability: string;
  readonly edge: string;
  readonly stakeMinor: number;
  readonly asOf: number;
  readonly modelVersion: string;
}

describe("a recorded season through backtest, paper and live", () => {
  it("gives the same bets, at the same prices, with the same stakes", async () => {
    const warehouse = openSqlite(scratch("same.db"), { mode: "write", clock: { now: () => 0 } });
    await warehouse.writeFile(file(seasonRecords({ clubs: CLUBS.slice(0, 10) })));
    const strategy = parsed(YAML);
    const struck = await backtested(warehouse, strategy);
    const instants = [...new Set(struck.map(({ asOf }) => asOf))].slice(0, INSTANTS);
    const wanted = struck.filter(({ asOf }) => instants.includes(asOf));
    expect(wanted.length).toBeGreaterThan(2 * INSTANTS);
    const paper = await traded(warehouse, strategy, instants, "paper", (venue) => venue);
    const live = await traded(warehouse, strategy, instants, "practice", (venue) => ({
      ...venue,
      name: "practice",
      live: true,
    }));
    // Markets are offered side by side, so the ledger has the bets of one instant in another order.
    const inOrder = (bets: readonly Decided[]): string[] => bets.map((bet) => JSON.stringify(bet)).sort();
    expect(inOrder(paper.map(decidedOf))).toEqual(inOrder(wanted));
    expect(inOrder(live.map(decidedOf))).toEqual(inOrder(wanted));
    await warehouse.close();
  });
});

function parsed(text: string): Strategy {
  return parseStrategy(text, "same.yaml", {});
}

async function backtested(warehouse: Warehouse, strategy: Strategy): Promise<Decided[]> {
  const models = modelsOf(strategy, FORECASTERS);
  const { bets } = await runBacktest(warehouse, strategy, {
    seed: 1,
    version: "test",
    models: FORECASTERS,
    hash: sha256Of,
    trials: { count: 1, sharpeVariance: null },
    prepare: async () => [await prepareLeague(warehouse, strategy, "E0", { models, hash: sha256Of })],
    picker: null,
  });
  return bets.map(({ fixtureId, market, runner, side, price, quotedPrice, source, ...rest }) => ({
    fixtureId,
    market,
    runner,
    side: side === "BACK" ? "back" : "lay",
    price,
    quotedPrice,
    source,
    probability: rest.probability.toFixed(6),
    edge: rest.edge.toFixed(6),
    stakeMinor: rest.stakeMinor,
    asOf: rest.asOf,
    modelVersion: rest.modelVersion,
  }));
}

/** Run the trader at each instant as cron would: reconcile, decide, place. */
async function traded(
  warehouse: Warehouse,
  strategy: Strategy,
  instants: readonly number[],
  mode: LedgerMode,
  dress: (venue: Venue) => Venue,
): Promise<Bet[]> {
  const time = { now: 0 };
  const clock = { now: () => time.now, monotonic: () => time.now, sleep: async () => {} };
  const ledger = openLedger(":memory:", { mode, clock });
  const book = openBetBook(ledger);
  const venue = dress(
    paperVenue({
      prices: storedPrices({
        warehouse,
        leagues: ["E0"],
        sources: strategy.prices.sources,
        commissionOf: () => strategy.commission,
        clock,
      }),
      orders: paperOrdersInMemory(),
      endings: paperEndings(warehouse, () => book, clock),
      clock,
      bankMinor: strategy.bankMinor,
      currency: "GBP",
    }),
  );
  const limits = { ...DEFAULT_LIMITS, maxPriceAgeMs: STORED_PRICE_AGE_MS };
  const floor = await openFloor(
    { ledger, book, venue, clock, limits, mode, mostAttempts: 1, halted: () => null, warn: () => {} },
    undefined,
  );
  const look = viewerOf(warehouse, strategy, modelsOf(strategy, FORECASTERS));
  const desk = { mode, strategies: [{ strategy, picker: null, look }], warehouse, horizonMs: 7 * 86_400_000 };
  for (const instant of instants) {
    time.now = instant;
    await reconcileOrRefuse(floor, true);
    await cycleOrRefuse(floor, desk, { dryRun: false, externalMinor: 0 });
  }
  const bets = [...book.bets()];
  ledger.close();
  return bets;
}

function decidedOf({ intent }: Bet): Decided {
  const { fixtureId, market, runner, side, price, sizeMinor, why } = intent;
  const { quotedPrice, source, probability, edge, asOf, modelVersion } = why;
  return {
    fixtureId,
    market,
    runner,
    side,
    price,
    quotedPrice,
    source,
    probability: probability.toFixed(6),
    edge: edge.toFixed(6),
    stakeMinor: sizeMinor,
    asOf,
    modelVersion,
  };
}
