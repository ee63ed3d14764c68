import { createRng } from "../../src/core/rng.js";
import { CLASSIC } from "../../src/domain/ladder.js";
import type { PlaceOutcome, PlaceRequest, Venue } from "../../src/exchange/venue.js";
import { openBetBook } from "../../src/trader/bet-book.js";
import type { Floor } from "../../src/trader/floor.js";
import { DEFAULT_LIMITS } from "../../src/trader/limits.js";
import { offer } from "../../src/trader/offer.js";
import type { Ledger, LedgerEntry, NewEntry } from "../../src/warehouse/ledger/port.js";
import { intent, NOON } from "./bets.js";

/** In minor units, small so that every limit is met. */
const LIMITS = {
  ...DEFAULT_LIMITS,
  perBetMinor: 900,
  perSelectionMinor: 1200,
  perMarketMinor: 1700,
  perFixtureMinor: 2300,
  perStrategyMinor: 3100,
  perDayMinor: 4300,
  accountMinor: 4000,
  maxUnknown: 100,
  maxBetsPerRun: 1000,
};

/**
 * Make many offers at once, some of which are placed, refused, or never heard of again, and add up by hand what could
 * be lost on everything that ever left this machine and was not refused by the venue.
 *
 * Returns  how often a limit was broken: it must be 0. `met`: how often one stopped a bet, so that it is seen to work.
 */
export async function limitsHold({ seed, sequences }: { readonly seed: number; readonly sequences: number }) {
  let [broken, met, sent] = [0, 0, 0];
  for (let sequence = 0; sequence < sequences; sequence++) {
    const rng = createRng(seed, sequence);
    const stands: {
      request: PlaceRequest;
      risk: number;
      market: number;
      runner: number;
      strategy: number;
    }[] = [];
    const floor = floorOf(rng);
    const offers = Array.from({ length: 12 }, async (_, number) => {
      const [market, runner, strategy] = [whole(rng, 4), whole(rng, 2), whole(rng, 2)];
      const tick = 50 + whole(rng, 200);
      const price = CLASSIC.price(tick);
      const side = rng() < 0.5 ? ("back" as const) : ("lay" as const);
      const sizeMinor = 100 + whole(rng, 900);
      const wish = intent({
        key: `${sequence}|${number}`,
        marketId: `1.${market}`,
        fixtureId: market >> 1,
        selectionId: runner,
        strategy: `s${strategy}`,
        side,
        tick,
        price,
        sizeMinor,
      });
      const offers = [{ tick, sizeMinor: 1_000_000 }];
      const book = {
        marketId: wish.marketId,
        status: "OPEN" as const,
        inPlay: false,
        version: 1,
        betDelaySeconds: 0,
        pricedAt: NOON,
        ladder: "CLASSIC" as const,
        marketBaseRate: 5,
        unreliable: false,
        runners: [
          {
            selectionId: runner,
            handicap: 0,
            status: "ACTIVE" as const,
            toBack: offers,
            toLay: offers,
            lastTick: null,
          },
        ],
      };
      const outcome = await offer(
        floor,
        {
          intent: { ...wish, why: { ...wish.why, quotedPrice: price } },
          seen: { book, receivedMs: 0, ageMs: 0 },
        },
        { intended: 0, availableMinor: 1e9, externalMinor: 300 },
      );
      if (outcome.kind === "denied") met += 1;
      if (outcome.kind !== "sent") return;
      sent += 1;
      if (outcome.bet.state.stage === "REJECTED" || outcome.bet.state.stage === "INTENT") return;
      // By hand: a lay loses (price - 1) x stake.
      const risk = side === "back" ? sizeMinor : Math.round(sizeMinor * (price - 1));
      stands.push({ request: requestOf(wish.marketId), risk, market, runner, strategy });
    });
    await Promise.all(offers);
    const worst = (limit: number, keyOf: (bet: (typeof stands)[number]) => string): boolean => {
      const sums = new Map<string, number>();
      for (const bet of stands) sums.set(keyOf(bet), (sums.get(keyOf(bet)) ?? 0) + bet.risk);
      return [...sums.values()].some((sum) => sum > limit);
    };
    const breaks = [
      stands.some(({ risk }) => risk > LIMITS.perBetMinor),
      worst(LIMITS.perSelectionMinor, ({ market, runner }) => `${market} ${runner}`),
      worst(LIMITS.perMarketMinor, ({ market }) => `${market}`),
      worst(LIMITS.perFixtureMinor, ({ market }) => `${market >> 1}`),
      worst(LIMITS.perStrategyMinor, ({ strategy }) => `${strategy}`),
      worst(LIMITS.perDayMinor, () => ""),
      worst(LIMITS.accountMinor - 300, () => ""),
    ];
    broken += breaks.filter(Boolean).length;
  }
  return { broken, met, sent };
}

function requestOf(marketId: string): PlaceRequest {
  return { marketId, ladder: "CLASSIC", customerRef: "", strategyRef: "", marketVersion: 1, orders: [] };
}

function whole(rng: () => number, below: number): number {
  return Math.floor(rng() * below);
}

function floorOf(rng: () => number): Floor {
  const ok = async <T>(value: T) => ({ kind: "ok" as const, value, at: NOON });
  const venue: Venue = {
    name: "random",
    live: false,
    open: () => ok({ name: "random", currency: "GBP", discount: 0 }),
    funds: () => ok({ availableMinor: 1e9, exposureMinor: 0 }),
    catalogue: () => ok([]),
    books: () => ok([]),
    cancel: () => ok([]),
    currentOrders: () => ok([]),
    clearedOrders: () => ok([]),
    clearedMarkets: () => ok([]),
    heartbeat: () => ok("NONE"),
    close: async () => {},
    async place({ orders, customerRef }): Promise<readonly PlaceOutcome[]> {
      for (let waits = whole(rng, 4); waits > 0; waits--) await Promise.resolve();
      const [fate, part] = [rng(), rng()];
      if (fate < 0.4) return [{ kind: "unknown", code: "TIMEOUT", detail: "" }];
      if (fate < 0.55) return [{ kind: "rejected", code: "INVALID_ODDS", detail: "" }];
      const [order] = orders;
      const matchedMinor = Math.floor(part * (order?.sizeMinor ?? 0));
      return [
        {
          kind: "placed",
          betId: customerRef,
          placedAt: NOON,
          status: "EXECUTABLE",
          matchedMinor,
          averagePrice: matchedMinor > 0 ? CLASSIC.price(order?.tick ?? 0) : null,
        },
      ];
    },
  };
  return {
    book: openBetBook(ledgerInMemory()),
    venue,
    account: { name: "random", currency: "GBP", discount: 0 },
    clock: { now: () => NOON, monotonic: () => 0, sleep: async () => {} },
    limits: LIMITS,
    mostAttempts: 1,
    stillWanted: () => false,
    halted: () => null,
    warn: () => {},
  };
}

/** What a ledger promises, without a disk: a hundred thousand of them are opened. */
function ledgerInMemory(): Ledger {
  const entries: LedgerEntry[] = [];
  const add = (entry: NewEntry): void => void entries.push({ ...entry, seq: entries.length + 1 });
  return {
    mode: "paper",
    path: ":memory:",
    intend(entry) {
      if (entries.some(({ key, kind }) => kind === "intent" && key === entry.key)) return false;
      add(entry);
      return true;
    },
    append: (all) => all.forEach(add),
    entries: (after = 0) => entries.slice(after).values(),
    latest: (kinds) => entries.filter(({ kind, key }) => key === null && kinds.includes(kind)).at(-1) ?? null,
    head: () => ({ seq: entries.length, hash: "" }),
    verify: () => ({ kind: "sound", head: { seq: entries.length, hash: "" } }),
    close: () => {},
  };
}
