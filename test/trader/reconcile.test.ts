import { describe, expect, it } from "vitest";
import type { ClearedMarket, ClearedOrder, Venue, VenueOrder } from "../../src/exchange/venue.js";
import { openBetBook } from "../../src/trader/bet-book.js";
import type { Floor } from "../../src/trader/floor.js";
import { halt, haltReason, resume } from "../../src/trader/halt.js";
import { DEFAULT_LIMITS } from "../../src/trader/limits.js";
import { offer } from "../../src/trader/offer.js";
import { type Reconciled, reconcile } from "../../src/trader/reconcile.js";
import { openFloor, reconcileOrRefuse, refuseUnresolved } from "../../src/trader/run.js";
import { shareOut } from "../../src/trader/share-out.js";
import { openLedger } from "../../src/warehouse/ledger/open.js";
import { intent, NOON } from "./bets.js";

const ours = intent();

function standing(told: Partial<VenueOrder> = {}): VenueOrder {
  return {
    betId: "b1",
    marketId: "1.1",
    selectionId: 47,
    handicap: 0,
    side: "back",
    price: 3,
    sizeMinor: 1000,
    status: "EXECUTABLE",
    placedAt: NOON,
    matchedMinor: 400,
    averagePrice: 3,
    remainingMinor: 600,
    lapsedMinor: 0,
    cancelledMinor: 0,
    voidedMinor: 0,
    orderRef: ours.orderRef,
    strategyRef: "sample-00000",
    ...told,
  };
}

function ended(told: Partial<ClearedOrder> = {}): ClearedOrder {
  return {
    betId: "b1",
    marketId: "1.1",
    selectionId: 47,
    handicap: 0,
    side: "back",
    status: "SETTLED",
    orderRef: ours.orderRef,
    strategyRef: "sample-00000",
    placedAt: NOON,
    settledAt: NOON + 1000,
    priceRequested: 3,
    priceMatched: 3,
    settledMinor: 400,
    sizeCancelledMinor: 0,
    profitMinor: 800,
    ...told,
  };
}

/** A venue that says what it is told to say; its reply to the first order is lost. */
function scene() {
  const says = {
    current: [] as VenueOrder[],
    cleared: [] as ClearedOrder[],
    markets: [] as ClearedMarket[],
    fails: false,
    at: NOON,
  };
  const time = { now: NOON };
  const ok = async <T>(value: T) =>
    says.fails
      ? ({ kind: "failed", code: "HTTP_503", detail: "" } as const)
      : ({ kind: "ok", value, at: says.at } as const);
  const asked = <T extends { readonly orderRef: string }>(all: readonly T[], refs?: readonly string[]): T[] =>
    all.filter(({ orderRef }) => refs?.includes(orderRef) ?? true);
  const venue: Venue = {
    name: "told",
    live: true,
    open: () => ok({ name: "ACCOUNT", currency: "GBP", discount: 0 }),
    funds: () => ok({ availableMinor: 1e6, exposureMinor: 0 }),
    catalogue: () => ok([]),
    books: () => ok([]),
    place: async () => [{ kind: "unknown", code: "TIMEOUT", detail: "" }],
    cancel: () => ok([]),
    currentOrders: ({ orderRefs }) => ok(asked(says.current, orderRefs)),
    clearedOrders: ({ orderRefs }) => ok(asked(says.cleared, orderRefs)),
    clearedMarkets: () => ok(says.markets),
    heartbeat: () => ok("NONE"),
    close: async () => {},
  };
  const clock = {
    now: () => time.now,
    monotonic: () => time.now,
    sleep: async (ms: number) => {
      time.now += ms;
    },
  };
  const ledger = openLedger(":memory:", { mode: "live", clock });
  const warnings: string[] = [];
  const parts = {
    ledger,
    venue,
    clock,
    limits: { ...DEFAULT_LIMITS, maxUnknown: 0 },
    mode: "live" as const,
    mostAttempts: 1,
    halted: () => haltReason(ledger),
    warn: (line: string) => void warnings.push(line),
  };
  const open = (confirm?: string): Promise<Floor> =>
    openFloor({ ...parts, book: openBetBook(ledger) }, confirm);
  return { says, time, open, ledger, warnings };
}

async function sendOurs(floor: Floor) {
  const { tick } = ours;
  const offers = [{ tick, sizeMinor: 1e6 }];
  const book = {
    marketId: "1.1",
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
        selectionId: 47,
        handicap: 0,
        status: "ACTIVE" as const,
        toBack: offers,
        toLay: offers,
        lastTick: null,
      },
    ],
  };
  const use = { intended: 0, availableMinor: 1e6, externalMinor: 0 };
  return offer(floor, { intent: ours, seen: { book, receivedMs: floor.clock.monotonic(), ageMs: 0 } }, use);
}

const stageOf = (floor: Floor): string | undefined => floor.book.bet(ours.key)?.state.stage;

describe("reconciling", () => {
  it("finds a bet whose reply was lost, follows it and pays it out to the penny", async () => {
    const { says, open } = scene();
    const floor = await open();
    await sendOurs(floor);
    expect(stageOf(floor)).toBe("UNKNOWN");
    says.current = [standing()];
    await reconcile(floor, { start: false });
    expect(stageOf(floor)).toBe("PART_MATCHED");
    says.current = [];
    says.cleared = [
      ended(),
      ended({ status: "LAPSED", settledMinor: 0, sizeCancelledMinor: 600, profitMinor: 0 }),
    ];
    // 5% of 8.00 is 0.40.
    says.markets = [{ marketId: "1.1", settledAt: NOON, profitMinor: 800, commissionMinor: 40 }];
    await reconcile(floor, { start: false });
    expect(stageOf(floor)).toBe("RECONCILED");
    const state = floor.book.bet(ours.key)?.state;
    expect([state?.settled?.profitMinor, state?.commissionMinor, state?.order?.lapsedMinor]).toEqual([
      800, 40, 600,
    ]);
  });

  it("takes a corrected settlement for the last word", async () => {
    const { says, open } = scene();
    const floor = await open();
    await sendOurs(floor);
    says.cleared = [ended({ settledMinor: 1000, profitMinor: 2000 })];
    says.markets = [{ marketId: "1.1", settledAt: NOON, profitMinor: 2000, commissionMinor: 100 }];
    await reconcile(floor, { start: false });
    says.cleared = [ended({ settledMinor: 1000, profitMinor: -1000, settledAt: NOON + 5000 })];
    says.markets = [{ marketId: "1.1", settledAt: NOON, profitMinor: -1000, commissionMinor: 0 }];
    await reconcile(floor, { start: false });
    const state = floor.book.bet(ours.key)?.state;
    expect([state?.stage, state?.settled?.profitMinor, state?.commissionMinor]).toEqual([
      "RECONCILED",
      -1000,
      0,
    ]);
  });

  it("does not agree with a total that is a penny off", async () => {
    const { says, open } = scene();
    const floor = await open();
    await sendOurs(floor);
    says.cleared = [ended({ settledMinor: 1000, profitMinor: 2000 })];
    says.markets = [{ marketId: "1.1", settledAt: NOON, profitMinor: 2001, commissionMinor: 100 }];
    const found = (await reconcile(floor, { start: false })) as Reconciled;
    expect(stageOf(floor)).toBe("SETTLED");
    expect(found.disagreements).toEqual([
      { marketId: "1.1", ordersMinor: 2000, ledgerMinor: 2000, marketMinor: 2001 },
    ]);
  });

  it("gives up an unknown bet after the quarantine alone, and refuses to trade until then", async () => {
    const { time, open } = scene();
    const floor = await open();
    await sendOurs(floor);
    time.now = NOON + 124_000;
    const early = await reconcileOrRefuse(floor, false);
    expect(stageOf(floor)).toBe("UNKNOWN");
    expect(() => refuseUnresolved(floor, early)).toThrow("1 bets are unknown, 0 at most");
    time.now = NOON + 125_001;
    const late = await reconcileOrRefuse(floor, false);
    expect([stageOf(floor), late.unknown]).toEqual(["EXPIRED", 0]);
  });

  it("counts orders of other hands and touches none of them", async () => {
    const { says, open } = scene();
    const floor = await open();
    says.current = [
      standing({
        betId: "x",
        orderRef: "",
        side: "lay",
        price: 5,
        matchedMinor: 0,
        averagePrice: null,
        remainingMinor: 1000,
      }),
    ];
    const found = await reconcileOrRefuse(floor, true);
    // A lay of 10.00 at 5.00 can lose 40.00.
    expect(found.external).toEqual({ orders: 1, riskMinor: 4000 });
    expect(found.orphans).toEqual([]);
  });

  it("wants a person for an order of ours without an intent, and for a double", async () => {
    const { says, open } = scene();
    const floor = await open();
    says.current = [standing()];
    expect(() => refuseUnresolved(floor, { ...NOTHING, orphans: ["b1"] })).toThrow(
      "orders of ours are in no ledger",
    );
    const orphaned = await reconcileOrRefuse(floor, true);
    expect(orphaned.orphans).toEqual(["b1"]);
    await sendOurs(floor);
    says.current = [standing(), standing({ betId: "b2" })];
    const doubled = await reconcileOrRefuse(floor, false);
    expect(doubled.doubled).toEqual([ours.key]);
  });

  it("fails as a whole when the venue does not answer, after asking four times", async () => {
    const { says, open } = scene();
    const floor = await open();
    says.fails = true;
    await expect(reconcileOrRefuse(floor, true)).rejects.toThrow(
      "cannot reconcile, so nothing is sent: HTTP_503",
    );
  });

  it("takes what a dead process was sending for unknown", async () => {
    const { says, open, ledger } = scene();
    ledger.intend({
      at: NOON,
      kind: "intent",
      key: ours.key,
      body: JSON.stringify({ intent: ours, verdicts: [] }),
    });
    ledger.append([{ at: NOON, kind: "sending", key: ours.key, body: JSON.stringify({ customerRef: "r" }) }]);
    const floor = await open();
    expect(stageOf(floor)).toBe("SENT");
    await reconcileOrRefuse(floor, true);
    expect(stageOf(floor)).toBe("UNKNOWN");
    says.current = [standing()];
    await reconcileOrRefuse(floor, false);
    expect(stageOf(floor)).toBe("PART_MATCHED");
  });
});

const NOTHING: Reconciled = {
  kind: "reconciled",
  external: { orders: 0, riskMinor: 0 },
  orphans: [],
  doubled: [],
  impossible: [],
  disagreements: [],
  unknown: 0,
  changed: 0,
  skewMs: 0,
};

describe("opening a floor", () => {
  it("refuses another account than the one confirmed", async () => {
    await expect(scene().open("OTHER")).rejects.toThrow("the account is not the one confirmed, was ACCOUNT");
  });

  it("says a skewed clock and refuses one that tells no price's age", async () => {
    const { says, open, warnings } = scene();
    says.at = NOON + 2001;
    await open();
    expect(warnings).toEqual(["the venue's clock is 2.0 s from this machine's"]);
    says.at = NOON - 30_001;
    await expect(open()).rejects.toThrow("the venue's clock is -30.0 s from this machine's");
  });
});

describe("a stop", () => {
  it("holds until someone resumes, and stops a bet before it is written", async () => {
    const { open, ledger } = scene();
    const floor = await open();
    halt(ledger, NOON, "team news");
    expect(await sendOurs(floor)).toMatchObject({ kind: "denied", verdict: { control: "halt" } });
    expect(floor.book.bet(ours.key)).toBeNull();
    expect([...openBetBook(ledger).denials()]).toHaveLength(1);
    resume(ledger, NOON);
    expect(await sendOurs(floor)).toMatchObject({ kind: "sent" });
  });
});

describe("sharing out", () => {
  it("adds up exactly, the odd pence to the largest remainders", () => {
    // 10 by 1:1:1 is 3.33 each; by 2:1 of 5 it is 3.33 and 1.67.
    expect(shareOut(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(shareOut(5, [2, 1, 0])).toEqual([3, 2, 0]);
    expect(shareOut(7, [0, 0])).toEqual([0, 0]);
  });
});
