import type { Instant } from "../../core/clock.js";
import type { Rng } from "../../core/rng.js";
import { CLASSIC, classicFloor } from "../../domain/ladder.js";
import type { Crowd } from "./crowd-state.js";
import { currentPhase, type PracticeMarket } from "./market.js";
import { chances } from "./market-kind.js";
import { PLAY_MS, playedAt, scoreAt } from "./match-script.js";

const LEVELS = 5;
/** Opinion returns to the truth by this share at each update, and is pushed away again. */
const RETURN = 0.02;
const PUSH = 0.02;
/** Chance that an offer is untouched by an update. */
const STAYS = 0.8;
/** Beyond it nothing is offered. */
const LEAST_CHANCE = 0.002;

type Pairs = [price: number, size: number][];

/** What the crowd does at an update, in the words of the stream: full ladders, absolute sizes, 0 for what is gone. */
export function crowdChange(market: PracticeMarket, at: Instant): { rc?: object[]; tv?: number } {
  const open = currentPhase(market).status === "OPEN";
  const opinions = open ? opinionsOf(market, at) : market.kind.runners.map(() => 0);
  const rc = opinions
    .map((chance, i) => runnerChange(market, i, chance, open))
    .filter((change) => Object.keys(change).length > 1);
  return rc.length === 0 ? {} : { rc, tv: round(market.crowd.total) };
}

/** What the crowd takes each runner's chance to be: the truth, and its own wandering on top. */
function opinionsOf({ kind, script, crowd }: PracticeMarket, at: Instant): number[] {
  const left = 1 - playedAt(script, at) / PLAY_MS;
  const [home, away] = scoreAt(script, at);
  const truth = chances(kind, script.homeRate * left, script.awayRate * left, home, away);
  const raised = truth.map((chance, i) => {
    crowd.drift[i] = crowd.drift[i] * (1 - RETURN) + PUSH * (crowd.rng() - 0.5);
    return chance * Math.exp(crowd.drift[i]);
  });
  const total = raised.reduce((sum, value) => sum + value, 0);
  return raised.map((value) => value / total);
}

function runnerChange(market: PracticeMarket, i: number, chance: number, open: boolean): object {
  const { crowd } = market;
  const offers = crowd.offers[i];
  const quoted = open && chance > LEAST_CHANCE && chance < 1 - LEAST_CHANCE;
  const middle = classicFloor(1 / Math.max(chance, LEAST_CHANCE));
  const back = quoted ? ladder(crowd.rng, offers.back, middle, -1) : new Map<number, number>();
  const lay = quoted ? ladder(crowd.rng, offers.lay, middle + 1, 1) : new Map<number, number>();
  const atb = difference(offers.back, back);
  const atl = difference(offers.lay, lay);
  crowd.offers[i] = { back, lay };
  const trade = quoted && crowd.rng() < 0.5 ? tradeOf(crowd, i, middle) : {};
  return {
    ...(atb.length > 0 ? { atb } : {}),
    ...(atl.length > 0 ? { atl } : {}),
    ...trade,
    id: market.runnerIds[i],
  };
}

/** Offers from the best tick on, away from the middle. What stood there mostly stays as it is. */
function ladder(
  rng: Rng,
  before: ReadonlyMap<number, number>,
  best: number,
  direction: 1 | -1,
): Map<number, number> {
  const offers = new Map<number, number>();
  for (let level = 0; level < LEVELS; level++) {
    const tick = best + direction * level;
    if (tick < 0 || tick >= CLASSIC.ticks) break;
    const price = CLASSIC.price(tick);
    const stood = before.get(price);
    const stays = stood !== undefined && rng() < STAYS;
    offers.set(price, stays ? stood : round(10 + 290 * rng() * (1 + level)));
  }
  return offers;
}

/** Somebody takes from the crowd at one of its best prices. */
function tradeOf(crowd: Crowd, i: number, middle: number): object {
  const traded = crowd.traded[i];
  const tick = Math.min(CLASSIC.ticks - 1, middle + Math.floor(3 * crowd.rng()) - 1);
  const price = CLASSIC.price(Math.max(0, tick));
  const amount = round(4 + 400 * crowd.rng() ** 3);
  const size = round((traded.at.get(price) ?? 0) + amount);
  traded.at.set(price, size);
  traded.total = round(traded.total + amount);
  traded.last = price;
  crowd.total += amount;
  return { trd: [[price, size]], ltp: price, tv: traded.total };
}

function difference(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): Pairs {
  const changed: Pairs = [...now].filter(([price, size]) => before.get(price) !== size);
  for (const price of before.keys()) if (!now.has(price)) changed.push([price, 0]);
  return changed;
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** The whole of a runner's ladders, for an image. */
export function crowdImage({ crowd, runnerIds }: PracticeMarket): object[] {
  return runnerIds.map((id, i) => {
    const { back, lay } = crowd.offers[i];
    const { at, total, last } = crowd.traded[i];
    return { atb: [...back], atl: [...lay], trd: [...at], ...(last > 0 ? { ltp: last } : {}), tv: total, id };
  });
}
