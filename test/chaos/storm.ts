import { createRng } from "../../src/core/rng.js";
import { CLASSIC } from "../../src/domain/ladder.js";
import type { VenueBook } from "../../src/exchange/venue.js";
import type { BetIntent } from "../../src/trader/bet.js";
import { type BetBook, openBetBook } from "../../src/trader/bet-book.js";
import { isOpen } from "../../src/trader/bet-state.js";
import type { Floor } from "../../src/trader/floor.js";
import { DEFAULT_LIMITS } from "../../src/trader/limits.js";
import { offer, type Proposal, type RunUse } from "../../src/trader/offer.js";
import { reconcile } from "../../src/trader/reconcile.js";
import { sendBet } from "../../src/trader/send.js";
import { openLedger } from "../../src/warehouse/ledger/open.js";
import type { Ledger, NewEntry } from "../../src/warehouse/ledger/port.js";
import { intent, NOON } from "../trader/bets.js";
import { judge, type Truth, type Verdict } from "./judge.js";
import { type Faults, ModelVenue, STORM } from "./model-venue.js";
import { VirtualClock } from "./virtual-clock.js";

export interface Storm {
  readonly verdict: Verdict;
  /** Bets that were given up or refused while they stood at the venue. */
  readonly givenUpWrongly: number;
  readonly kills: number;
  readonly placed: number;
  readonly expired: number;
  readonly rejected: number;
  /** Of the ledger's last entry: two storms with the same hash went the same way. */
  readonly hash: string;
}

export interface StormOptions {
  readonly seed: number;
  readonly intents: number;
  readonly faults?: Faults;
  /** How often a process ends at a point of its work. */
  readonly kill?: number;
  readonly mostAttempts?: number;
  readonly reopen?: boolean;
}

class Killed extends Error {
  override readonly name = "Killed";
}

const AT_ONCE = 25;
const BETWEEN_ROUNDS_MS = 900_000;

/** Trade through a storm of faults in virtual time, restart when killed, and let the judge look when all is quiet. */
export async function storm(options: StormOptions): Promise<Storm> {
  const { seed, intents, faults = STORM, kill = 0.003 } = options;
  const clock = new VirtualClock(NOON);
  const venue = new ModelVenue(clock, faults, seed);
  const ledger = openLedger(":memory:", { mode: "practice", clock, synchronous: "NORMAL" });
  const chance = createRng(seed, 3);
  const run = { kills: 0, givenUpWrongly: 0 };
  let process = 0;
  const point = (own = process): void => {
    // What a process that is gone still had to do is never done.
    if (own !== process) throw new Killed("killed before");
    if (chance() >= kill) return;
    run.kills += 1;
    process += 1;
    throw new Killed("killed");
  };
  venue.onPoint = () => point();
  const started = (): Floor => {
    const own = process;
    return floorOf(
      watchLedger(ledger, () => point(own)),
      venue,
      clock,
      options,
    );
  };
  let next = 0;
  const work = async (): Promise<void> => {
    let floor = started();
    let start = true;
    let quiet = 0;
    while (next < intents || quiet < 3) {
      try {
        const found = await reconcile(floor, { start });
        start = found.kind !== "reconciled" && start;
        run.givenUpWrongly += wronglyGivenUp(floor.book, venue);
        if (found.kind === "reconciled") {
          await reopened(floor);
          const batch = Array.from({ length: Math.min(AT_ONCE, intents - next) }, () => next++);
          const use: RunUse = { intended: 0, availableMinor: 1e9, externalMinor: 0 };
          await Promise.all(batch.map((number) => offer(floor, proposal(number, clock), use)));
          const open = [...floor.book.active(clock.now())].some(({ state }) => isOpen(state));
          const unsettled = venue.orders.some(({ settledAt }) => settledAt === null);
          quiet = open || unsettled ? 0 : quiet + 1;
        }
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        floor = started();
        start = true;
      }
      await clock.sleep(next < intents ? BETWEEN_ROUNDS_MS : 3_600_000);
    }
    await clock.sleep(24 * 3_600_000);
    for (let tries = 0; tries < 200; tries++) {
      try {
        floor = started();
        if ((await reconcile(floor, { start: true })).kind === "reconciled" && tries > 2) break;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    }
  };
  await clock.until(work());
  const bets = [...openBetBook(ledger).bets()];
  const count = (stage: string): number => bets.filter(({ state }) => state.stage === stage).length;
  return {
    verdict: judge(bets, truthOf(venue), venue.trueProfitMinor()),
    ...run,
    placed: bets.filter(({ state }) => state.order !== null).length,
    expired: count("EXPIRED"),
    rejected: count("REJECTED"),
    hash: ledger.head().hash,
  };
}

/** A ledger whose writes are points at which a process may end: before, and after the disk has it. */
export function watchLedger(ledger: Ledger, point: () => void): Ledger {
  return {
    mode: ledger.mode,
    path: ledger.path,
    intend(entry: NewEntry & { readonly key: string }) {
      point();
      const done = ledger.intend(entry);
      point();
      return done;
    },
    append(entries) {
      point();
      ledger.append(entries);
      point();
    },
    entries: (after) => ledger.entries(after),
    latest: (kinds) => ledger.latest(kinds),
    head: () => ledger.head(),
    verify: () => ledger.verify(),
    close: () => ledger.close(),
  };
}

export function floorOf(
  ledger: Ledger,
  venue: ModelVenue,
  clock: VirtualClock,
  { mostAttempts = 2, reopen = false }: StormOptions,
): Floor {
  return {
    book: openBetBook(ledger),
    venue,
    account: { name: "model", currency: "GBP", discount: 0 },
    clock,
    limits: { ...DEFAULT_LIMITS, maxUnknown: 1e6, maxBetsPerRun: 1e6 },
    mostAttempts,
    stillWanted: ({ state }) => reopen && state.generation === 0,
    halted: () => null,
    warn: () => {},
  };
}

async function reopened(floor: Floor): Promise<void> {
  const again = [...floor.book.active(floor.clock.now())].filter(({ state }) => state.stage === "INTENT");
  await Promise.all(again.map(({ intent: { key } }) => sendBet(floor, key)));
}

function wronglyGivenUp(book: BetBook, venue: ModelVenue): number {
  return venue.orders.filter(({ request }) => {
    const stage = book.byOrderRef(request.orders[0]?.orderRef ?? "")?.state.stage;
    return stage === "EXPIRED" || stage === "REJECTED" || stage === "DENIED";
  }).length;
}

export function truthOf({ orders }: ModelVenue): Truth[] {
  return orders.map(({ betId, request, side, tick, sizeMinor }) => ({
    betId,
    orderRef: request.orders[0]?.orderRef ?? "",
    side,
    tick,
    sizeMinor,
  }));
}

export function proposal(number: number, clock: VirtualClock): Proposal {
  const { key, orderRef } = keyed(number);
  const tick = 100 + (number % 150);
  const wish: BetIntent = intent({
    key,
    orderRef,
    marketId: `1.${Math.floor(number / 2)}`,
    selectionId: 47 + (number % 2),
    side: number % 3 === 0 ? "lay" : "back",
    tick,
    price: CLASSIC.price(tick),
    sizeMinor: 200 + (number % 700),
    startsAt: clock.now() + 3_600_000,
  });
  const priced = { ...wish, why: { ...wish.why, quotedPrice: wish.price } };
  return { intent: priced, seen: { book: bookFor(priced), receivedMs: clock.monotonic(), ageMs: 0 } };
}

function keyed(number: number): { key: string; orderRef: string } {
  const { key, orderRef } = intent({ key: `practice|storm|${number}` });
  return { key, orderRef };
}

function bookFor({ marketId, selectionId, tick, ladder }: BetIntent): VenueBook {
  const offers = [{ tick, sizeMinor: 100_000 }];
  return {
    marketId,
    status: "OPEN",
    inPlay: false,
    version: 1,
    betDelaySeconds: 0,
    pricedAt: 0,
    ladder,
    marketBaseRate: 5,
    unreliable: false,
    runners: [{ selectionId, handicap: 0, status: "ACTIVE", toBack: offers, toLay: offers, lastTick: null }],
  };
}
