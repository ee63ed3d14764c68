import type { App } from "../../app.js";
import type { PreparedLeague } from "../../backtest/prepared.js";
import type { FillMode, TickFill } from "../../backtest/tick/market.js";
import {
  type ModeFigures,
  type TickBacktest,
  type TickBet,
  tickBacktest,
} from "../../backtest/tick/tick-backtest.js";
import { formatDay, formatInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { toDecimal } from "../../domain/money.js";
import { writeWhole } from "../../files/write-whole.js";
import { toCsv } from "../../report/csv.js";
import { type Column, present } from "../../report/present.js";
import { strategyDocument } from "../../strategy/document.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { Warehouse } from "../../warehouse/port.js";
import { tickMarkets } from "../shared/tick-markets.js";

const COLUMNS: readonly Column[] = [
  { key: "mode", title: "fills" },
  { key: "orders", title: "orders", align: "right" },
  { key: "bets", title: "matched", align: "right" },
  { key: "fillRate", title: "fill rate", align: "right" },
  { key: "matched", title: "stakes", align: "right" },
  { key: "gross", title: "gross", align: "right" },
  { key: "commission", title: "commission", align: "right" },
  { key: "net", title: "net", align: "right" },
  { key: "roi", title: "ROI", align: "right" },
  { key: "low", title: "low", align: "right" },
  { key: "high", title: "high", align: "right" },
];

/** What every reader of these figures must know. */
const ASSUMPTIONS = [
  "the same orders under three fills: pessimistic and peer replay the recorded market with the exchange's latency; full takes every order whole at its own price",
  "orders are limits at the price that was on offer; what is not matched when the market turns in play lapses",
  "chances are those of the start of the window: our prices do not move with the market",
  "commission is the market's own base rate on its net winnings, without a discount",
  "our orders move nobody: true queues and hidden liquidity are not in the recording",
];

/** Replay a strategy whose moment is `tick` on the logs of its fixtures' exchange markets, and show what came of it. */
export async function backtestTicks(
  app: App,
  warehouse: Warehouse,
  leagues: readonly PreparedLeague[],
  strategy: Strategy,
  { seed, bets: betsPath }: { readonly seed: number; readonly bets?: string | undefined },
): Promise<void> {
  const outcome = tickBacktest(leagues, strategy, await tickMarkets(warehouse, app.marketsPath), seed);
  if (outcome.recorded === 0)
    throw new StatisticoError(
      "data",
      "no fixture of these seasons has a recorded exchange market that closed",
      "statistico ingest betfair PATH",
    );
  const modes = outcome.modes.map(modeRow);
  const bets = outcome.bets.map(betRow);
  const { recorded, priced } = outcome;
  present(app, {
    schema: "statistico/backtest-ticks@1",
    document: {
      strategy: strategyDocument(strategy),
      seed,
      recorded,
      priced,
      modes,
      bets,
      assumptions: ASSUMPTIONS,
    },
    columns: COLUMNS,
    rows: modes,
  });
  if (betsPath) writeWhole(betsPath, toCsv(columnsOf(bets), bets, { raw: app.options.raw === true }));
  tell(app, outcome, betsPath);
}

function columnsOf(rows: readonly object[]): Column[] {
  return Object.keys(rows[0] ?? {}).map((key) => ({ key, title: key }));
}

function modeRow({
  mode,
  orders,
  bets,
  askedMinor,
  matchedMinor,
  fillRate,
  grossMinor,
  commissionMinor,
  netMinor,
  roi,
}: ModeFigures) {
  return {
    mode,
    orders,
    bets,
    asked: toDecimal(askedMinor),
    matched: toDecimal(matchedMinor),
    fillRate: rounded(fillRate),
    gross: toDecimal(grossMinor),
    commission: toDecimal(commissionMinor),
    net: toDecimal(netMinor),
    roi: rounded(roi?.value ?? null),
    low: rounded(roi?.interval?.low ?? null),
    high: rounded(roi?.interval?.high ?? null),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e6) / 1e6;
}

function betRow({ fixture, intent, fills }: TickBet) {
  const { market, runner, side, price, asOf, stakeMinor, probability, edge, because } = intent;
  return {
    fixtureId: fixture.id,
    league: fixture.league,
    date: formatDay(fixture.day),
    home: fixture.home.name,
    away: fixture.away.name,
    market,
    runner,
    side,
    decidedAt: formatInstant(asOf),
    price,
    stake: toDecimal(stakeMinor),
    probability: rounded(probability),
    edge: rounded(edge),
    ...fillCells("pessimistic", fills.pessimistic),
    ...fillCells("peer", fills.peer),
    ...fillCells("full", fills.full),
    because,
  };
}

function fillCells(mode: FillMode, { matchedMinor, averagePrice, profitMinor }: TickFill) {
  return {
    [`${mode}Matched`]: toDecimal(matchedMinor),
    [`${mode}Price`]: matchedMinor === 0 ? null : averagePrice,
    [`${mode}Profit`]: toDecimal(profitMinor),
  };
}

function tell(
  { console }: App,
  { recorded, priced, bets }: TickBacktest,
  betsPath: string | undefined,
): void {
  for (const assumption of ASSUMPTIONS) console.detail(`assumes: ${assumption}`);
  if (betsPath) console.say(`bets: ${betsPath}, ${bets.length} rows`);
  console.say(
    `${recorded} fixtures with a recorded market, ${priced} priced, ${bets.length} orders; profit is before a customer's discount; not kept as a run`,
  );
}
