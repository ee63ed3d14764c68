import { invariant } from "../../core/assert.js";
import { type Day, dayOfInstant } from "../../core/day.js";
import type { Side } from "../../domain/price.js";
import { depthMinor } from "../../strategy/decide.js";
import { edgeOf } from "../../strategy/edge.js";
import { settleFate } from "../../strategy/fate.js";
import { judgeFilter } from "../../strategy/filter.js";
import { intentOf } from "../../strategy/intent.js";
import { kellyOf } from "../../strategy/staking.js";
import type { Filter, Strategy } from "../../strategy/strategy.js";
import type { Account } from "../../strategy/view.js";
import { type Wish, wishesOf } from "../../strategy/wish.js";
import { closingLineValue } from "../bet.js";
import type { ClosingBooks } from "../closing.js";
import { fatesOf } from "../ending.js";
import { fillIntents } from "../fill.js";
import type { Scene, Sight } from "../sights.js";
import { leanMoves } from "./moves.js";
import {
  type LeanTable,
  OUTCOMES,
  type RowColumns,
  sharedBytes,
  sharedFloats,
  sharedIntegers,
  sharedWords,
} from "./table.js";

/** A table with what is needed to add to it. */
export interface LeanScene {
  readonly table: LeanTable;
  /** The sights of the table, in its order. */
  readonly sights: readonly Sight[];
}

/** A sight on which something can be bet, and what. */
interface OpenSight {
  readonly sight: Sight;
  readonly wishes: readonly Wish[];
}

const OPEN = { min: null, max: null };
const NOTHING_SPENT: Account = { bankMinor: 0, openMinor: 0, dayRiskMinor: 0, dayLossMinor: 0 };

/**
 * Put every bet of a scene that the strategy could strike with its entry ranges, filters and limits open into columns.
 *
 * `days`   places of the match days on the axis that results are added up on.
 * The bets come from the same `wishesOf`, fills and settlement as those of a backtest: what is told apart later is told
 * apart by numbers that it made.
 */
export function leanScene(
  scene: Scene,
  strategy: Strategy,
  days: ReadonlyMap<Day, number>,
  closingOf: (fixtureId: number) => ClosingBooks,
): LeanScene {
  const open = openedUp(strategy);
  const slots = scene.slots
    .map(({ asOf, sights }) => ({ asOf, open: sights.flatMap((sight) => openSight(open, sight)) }))
    .filter((slot) => slot.open.length > 0);
  const chosen = slots.flatMap((slot) => slot.open);
  const [first] = slots;
  const firstDay = first ? dayOfInstant(first.asOf) : 0;
  const endings = chosen.map(({ sight, wishes }) => ({
    fates: fatesOf(sight.ending),
    bets: wishes.map(selectionOf),
  }));
  const moves = leanMoves(
    slots.map(({ asOf, open: own }) => ({ asOf, sights: own.length })),
    endings,
    firstDay,
  );
  const runners = [...new Set(chosen.flatMap(({ wishes }) => wishes.map((wish) => wish.runner.runner)))];
  const table: LeanTable = {
    slots: {
      utcDay: sharedIntegers(slots.map(({ asOf }) => dayOfInstant(asOf) - firstDay)),
      sights: sharedIntegers(starts(slots.map((slot) => slot.open.length))),
      moves: moves.bySlot,
    },
    sights: {
      day: sharedIntegers(chosen.map(({ sight }) => days.get(sight.fixture.day) ?? 0)),
      rows: sharedIntegers(starts(chosen.map(({ wishes }) => wishes.length))),
    },
    rows: rowsOf(chosen, strategy, scene, runners, closingOf),
    moves: moves.columns,
    runners,
    utcDays: moves.utcDays,
    matchDays: days.size,
  };
  return { table, sights: chosen.map(({ sight }) => sight) };
}

function openedUp(strategy: Strategy): Strategy {
  const limits = { ...strategy.limits, perDayLossMinor: null };
  return {
    ...strategy,
    entry: { edge: OPEN, price: OPEN },
    filters: [],
    runners: null,
    confirm: null,
    limits,
  };
}

function openSight(open: Strategy, sight: Sight): OpenSight[] {
  const { wishes } = wishesOf(open, { ...sight.view, account: NOTHING_SPENT }, null);
  return wishes.length === 0 ? [] : [{ sight, wishes }];
}

function selectionOf({ book, runner }: Wish) {
  return { market: book.market, runner: runner.runner, line: book.line };
}

/** Running sums from 0: where each part begins, and where the last one ends. */
function starts(lengths: readonly number[]): number[] {
  const sums = [0];
  for (const length of lengths) sums.push((sums.at(-1) ?? 0) + length);
  return sums;
}

function rowsOf(
  chosen: readonly OpenSight[],
  strategy: Strategy,
  scene: Scene,
  runners: readonly string[],
  closingOf: (fixtureId: number) => ClosingBooks,
): RowColumns {
  const wishes = chosen.flatMap((each) => each.wishes);
  const had = chosen.flatMap(({ sight, wishes: own }) =>
    own.map((wish) => priceHad(wish, sight, strategy, scene)),
  );
  const places = new Map(runners.map((name, place) => [name, place]));
  return {
    lay: sharedBytes(wishes.map(({ offer }) => Number(offer.side === "LAY"))),
    runner: sharedWords(wishes.map(({ runner }) => places.get(runner.runner) ?? 0)),
    account: sharedWords(chosen.flatMap((each) => accountsOf(each.wishes))),
    quoted: sharedFloats(wishes.map(({ offer }) => offer.price)),
    price: sharedFloats(wishes.map(({ price }) => price)),
    had: sharedFloats(had),
    edge: sharedFloats(wishes.map(({ edge }) => edge)),
    second: sharedFloats(wishes.map(secondEdge)),
    kelly: sharedFloats(
      wishes.map(({ offer: { side }, price, shares, commission }) =>
        kellyOf({ side, price, shares, commission }),
      ),
    ),
    depth: sharedFloats(
      wishes.map(({ offer, price }) => depthMinor(offer, price, strategy.fills) ?? Number.POSITIVE_INFINITY),
    ),
    commission: sharedFloats(wishes.map(({ commission }) => commission)),
    closingValue: sharedFloats(wishes.map((wish, row) => closingValue(wish, had[row], closingOf))),
    outcome: sharedBytes(
      chosen.flatMap(({ sight, wishes: own }) => {
        const fate = fatesOf(sight.ending).at(-1)?.fate;
        invariant(fate !== undefined, "a fixture that is bet on has come to its end");
        return own.map(({ book, runner }) =>
          OUTCOMES.indexOf(settleFate(book.market, runner.runner, book.line, fate)),
        );
      }),
    ),
  };
}

/** The price at which a bet is filled; 0 where it is not. */
function priceHad(wish: Wish, { fixture }: Sight, strategy: Strategy, { prices }: Scene): number {
  if (strategy.fills.latencyMs === null) return wish.price;
  const intent = intentOf(strategy, wish, { kind: "stake", stakeMinor: 0, riskMinor: 0, cut: null });
  const { filled } = fillIntents([intent], prices.get(fixture.id) ?? [], fixture.kickOff, strategy.fills);
  return filled[0]?.price ?? 0;
}

/** Numbers from 0 for the sources and markets of a fixture's bets. */
function accountsOf(wishes: readonly Wish[]): number[] {
  const numbers = new Map<string, number>();
  return wishes.map(({ offer, book }) => {
    const key = `${offer.source} ${book.market}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

function secondEdge({ runner, offer, price, commission }: Wish): number {
  return runner.second ? edgeOf(offer.side, runner.second.shares, price, commission) : Number.NaN;
}

function closingValue(wish: Wish, price: number, closingOf: (fixtureId: number) => ClosingBooks): number {
  const side: Side = wish.offer.side;
  const closing = price === 0 ? null : closingOf(wish.view.fixture.id).of(selectionOf(wish));
  return closing === null ? Number.NaN : closingLineValue({ side, price }, closing.fairProbability);
}

/** 1 for each sight of a table on which a filter holds. */
export function leanVerdicts(sights: readonly Sight[], filter: Filter): Uint8Array {
  return sharedBytes(sights.map(({ view }) => Number(judgeFilter(filter, view).kind === "holds")));
}
