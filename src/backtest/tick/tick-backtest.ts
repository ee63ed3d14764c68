import type { Day } from "../../core/day.js";
import { createRng } from "../../core/rng.js";
import type { Fixture } from "../../domain/fixture.js";
import type { Minor } from "../../domain/money.js";
import type { Intent } from "../../strategy/decide.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { PreparedLeague } from "../prepared.js";
import { passageOf, type Sight } from "../sights.js";
import { type ClusterSum, type Interval, ratioInterval } from "../statistics/ratio-interval.js";
import { decideTicks } from "./decide-ticks.js";
import { accountAt, type Position } from "./ledger.js";
import {
  FILL_MODES,
  type FillMode,
  type TickFill,
  type TickMarket,
  type TickOrder,
  type TickReplay,
} from "./market.js";

/** One order, and what each way of filling it came to. */
export interface TickBet {
  readonly fixture: Fixture;
  readonly intent: Intent;
  readonly fills: Readonly<Record<FillMode, TickFill>>;
}

/** One way of filling the same orders. Money in minor units. */
export interface ModeFigures {
  readonly mode: FillMode;
  readonly orders: number;
  /** Orders of which at least a part was matched. */
  readonly bets: number;
  readonly askedMinor: Minor;
  readonly matchedMinor: Minor;
  /** Matched over asked; null without an order. */
  readonly fillRate: number | null;
  readonly grossMinor: Minor;
  readonly commissionMinor: Minor;
  readonly netMinor: Minor;
  /** Net over matched stakes, with its 95% interval over match days; null without a match. */
  readonly roi: { readonly value: number; readonly interval: Interval | null } | null;
}

export interface TickBacktest {
  /** Fixtures of the period with a recorded market that was settled, and those of them with a chance to bet by. */
  readonly recorded: number;
  readonly priced: number;
  readonly bets: readonly TickBet[];
  readonly modes: readonly ModeFigures[];
}

interface Played {
  readonly day: Day;
  readonly bets: readonly TickBet[];
  readonly commissionMinor: Readonly<Record<FillMode, Minor>>;
}

/**
 * Replay a strategy on the recorded ticks of its fixtures' markets.
 *
 * Each fixture is decided from so long before its start as `prices.moment` says, on every change of the best offers;
 * the orders that come of it are the same for all ways of filling them. The bank follows the peer-like fills. Figures
 * differ by how much of the orders is matched and at which prices: between "pessimistic" and "full" lies what could
 * have been had.
 */
export function tickBacktest(
  leagues: readonly PreparedLeague[],
  strategy: Strategy,
  marketsOf: (fixtureId: number) => readonly TickMarket[],
  seed: number,
): TickBacktest {
  const played: Played[] = [];
  const positions: Position[] = [];
  let [recorded, priced] = [0, 0];
  for (const { asOf, sights } of passageOf(leagues, strategy).slots) {
    const account = accountAt(strategy.bankMinor, positions, asOf);
    for (const sight of sights) {
      const markets = marketsOf(sight.fixture.id).filter(({ market }) => strategy.markets.includes(market));
      if (markets.length === 0) continue;
      recorded += 1;
      if (sight.priced) priced += 1;
      for (const market of markets) {
        const one = playMarket(strategy, sight, market, account);
        if (one === null) continue;
        played.push(one);
        positions.push(positionOf(one, sight));
      }
    }
  }
  return {
    recorded,
    priced,
    bets: played.flatMap(({ bets }) => bets),
    modes: FILL_MODES.map((mode) => figuresOf(mode, played, seed)),
  };
}

function playMarket(
  strategy: Strategy,
  sight: Sight,
  market: TickMarket,
  account: ReturnType<typeof accountAt>,
): Played | null {
  const intents = decideTicks(strategy, sight, market, account);
  if (intents.length === 0) return null;
  const orders = intents.map(orderOf);
  const replays = byMode((mode) => market.replay(orders, mode));
  const bets = intents.map((intent, i) => ({
    fixture: sight.fixture,
    intent,
    fills: byMode((mode) => replays[mode].fills[i]),
  }));
  return {
    day: sight.fixture.day,
    bets,
    commissionMinor: byMode((mode): TickReplay["commissionMinor"] => replays[mode].commissionMinor),
  };
}

function orderOf({ asOf, runner, side, price, stakeMinor }: Intent): TickOrder {
  return { at: asOf, runner, side, price, stakeMinor };
}

function byMode<T>(of: (mode: FillMode) => T): Readonly<Record<FillMode, T>> {
  return { pessimistic: of("pessimistic"), peer: of("peer"), full: of("full") };
}

function positionOf({ bets, commissionMinor }: Played, { ending }: Sight): Position {
  const gross = sum(bets, ({ fills }) => fills.peer.profitMinor);
  return {
    placedAt: bets.reduce((least, { intent }) => Math.min(least, intent.asOf), Number.POSITIVE_INFINITY),
    settledAt: ending.settledAt,
    riskMinor: sum(bets, ({ intent }) => intent.liabilityMinor),
    netMinor: gross - commissionMinor.peer,
  };
}

function figuresOf(mode: FillMode, played: readonly Played[], seed: number): ModeFigures {
  const bets = played.flatMap((one) => one.bets);
  const matchedMinor = sum(bets, ({ fills }) => fills[mode].matchedMinor);
  const askedMinor = sum(bets, ({ intent }) => intent.stakeMinor);
  const grossMinor = sum(bets, ({ fills }) => fills[mode].profitMinor);
  const commissionMinor = sum(played, (one) => one.commissionMinor[mode]);
  const netMinor = grossMinor - commissionMinor;
  return {
    mode,
    orders: bets.length,
    bets: bets.filter(({ fills }) => fills[mode].matchedMinor > 0).length,
    askedMinor,
    matchedMinor,
    fillRate: askedMinor === 0 ? null : matchedMinor / askedMinor,
    grossMinor,
    commissionMinor,
    netMinor,
    roi:
      matchedMinor === 0
        ? null
        : {
            value: netMinor / matchedMinor,
            interval: ratioInterval(dayClusters(mode, played), createRng(seed)),
          },
  };
}

/** Net profit and matched stakes of each match day with a match. */
function dayClusters(mode: FillMode, played: readonly Played[]): ClusterSum[] {
  const days = new Map<Day, ClusterSum>();
  for (const { day, bets, commissionMinor } of played) {
    const { top, bottom } = days.get(day) ?? { top: 0, bottom: 0 };
    days.set(day, {
      top: top + sum(bets, ({ fills }) => fills[mode].profitMinor) - commissionMinor[mode],
      bottom: bottom + sum(bets, ({ fills }) => fills[mode].matchedMinor),
    });
  }
  return [...days.values()].filter(({ bottom }) => bottom > 0);
}

function sum<T>(items: readonly T[], of: (item: T) => Minor): Minor {
  return items.reduce((total, item) => total + of(item), 0);
}
