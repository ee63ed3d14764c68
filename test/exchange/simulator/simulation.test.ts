import { describe, expect, it } from "vitest";
import type { SimulationOptions } from "../../../src/exchange/simulator/options.js";
import type {
  CloseRequest,
  LimitRequest,
  OrderRequest,
  SimulatedOrder,
} from "../../../src/exchange/simulator/order.js";
import { cancelOrder, placeOrder, replaceOrder, updateOrder } from "../../../src/exchange/simulator/send.js";
import { settle } from "../../../src/exchange/simulator/settle.js";
import { openSimulation, step } from "../../../src/exchange/simulator/simulation.js";
import type { Simulation } from "../../../src/exchange/simulator/state.js";
import { closing, limit, runners, START, scripted, type Update } from "./market.js";

const back = (price: number, size: number, id = 1) => ({ id, atb: [[price, size]] });
const lay = (price: number, size: number, id = 1) => ({ id, atl: [[price, size]] });
const traded = (price: number, size: number, id = 1) => ({ id, trd: [[price, size]] });

/** Send orders after the first update, go through the rest, return the orders. */
function run(
  requests: readonly OrderRequest[],
  updates: readonly Update[],
  options: Partial<SimulationOptions> = {},
  after: (simulation: Simulation, at: number) => void = () => {},
): SimulatedOrder[] {
  const simulation = openSimulation(scripted(...updates), options);
  for (let first = true; step(simulation); first = false) {
    if (first) for (const request of requests) placeOrder(simulation, request);
    after(simulation, simulation.book.publishTime - START);
  }
  for (const order of simulation.orders) {
    const { sizeMinor, matchedMinor, cancelledMinor, lapsedMinor, voidedMinor } = order;
    expect(matchedMinor + cancelledMinor + lapsedMinor + voidedMinor).toBe(sizeMinor);
    expect(order.fills.reduce((sum, fill) => sum + fill.sizeMinor, 0)).toBe(matchedMinor);
  }
  return simulation.orders;
}

const one = (request: OrderRequest, updates: readonly Update[], options: Partial<SimulationOptions> = {}) =>
  run([request], updates, options)[0];

const fillsOf = ({ fills }: SimulatedOrder) =>
  fills.map(({ at, hundredths, sizeMinor }) => [at - START, hundredths, sizeMinor]);

describe("latency and delay", () => {
  it("executes on the first book after the due time, as it stood before the update that shows it is due", () => {
    const order = one(limit(), [
      { at: 50, rc: [back(3, 5)] },
      { at: 120, rc: [back(3, 7)] }, // not later than 120 ms
      { at: 121, rc: [back(3, 100)] },
      { at: 200, rc: [] },
    ]);
    expect(order.placedAt).toBe(START + 121);
    expect(fillsOf(order)).toEqual([[120, 300, 700]]);
  });

  it("waits for the bet delay that held when it was sent", () => {
    const updates = [
      { at: 10, definition: { inPlay: true, betDelay: 5 }, rc: [back(3, 50)] },
      { at: 20, rc: [] },
      { at: 5000, definition: { inPlay: true, betDelay: 0 } },
      { at: 5130, rc: [] },
      { at: 5131, rc: [] },
    ];
    const placed: (number | null)[] = [];
    const simulation = openSimulation(scripted(...updates));
    while (step(simulation)) {
      if (simulation.book.publishTime === START + 10) placeOrder(simulation, limit());
      placed.push(simulation.orders[0]?.placedAt ?? null);
    }
    expect(placed).toEqual([null, null, null, null, null, START + 5131]);
  });

  it("refuses where the market is not open or the runner is removed when the order arrives", () => {
    const suspended = one(limit(), [
      { at: 50, definition: { status: "SUSPENDED" } },
      { at: 200, rc: [] },
    ]);
    expect(suspended).toMatchObject({
      status: "REFUSED",
      reason: "MARKET_NOT_OPEN_FOR_BETTING",
      voidedMinor: 1000,
    });
    const removed = one(limit(), [
      { at: 50, definition: { runners: runners({ status: "REMOVED" }) } },
      { at: 200, rc: [] },
    ]);
    expect(removed).toMatchObject({ status: "REFUSED", reason: "RUNNER_REMOVED" });
  });

  it("lapses what was sent and never arrives", () => {
    expect(one(limit(), [{ at: 60, rc: [] }])).toMatchObject({
      reason: "RECORDING_ENDED",
      lapsedMinor: 1000,
    });
  });
});

describe("requests no exchange takes", () => {
  it.each([
    [{ selectionId: 9 }, "INVALID_RUNNER"],
    [{ handicap: -0.5 }, "INVALID_RUNNER"],
    [{ price: 3.01 }, "INVALID_ODDS"],
    [{ price: 1 }, "INVALID_ODDS"],
    [{ price: Number.NaN }, "INVALID_ODDS"],
    [{ sizeMinor: 99 }, "INVALID_BET_SIZE"],
    [{ sizeMinor: 10.5 }, "INVALID_BET_SIZE"],
    [{ sizeMinor: Number.NaN }, "INVALID_BET_SIZE"],
    [{ minFillMinor: 500 }, "INVALID_MIN_FILL_SIZE"],
    [{ fillOrKill: true, minFillMinor: 1001 }, "INVALID_MIN_FILL_SIZE"],
  ] as [Partial<LimitRequest>, string][])("%o: %s", (change, reason) => {
    expect(one(limit(change), [{ at: 200, rc: [] }])).toMatchObject({
      status: "REFUSED",
      reason,
      placedAt: null,
    });
  });

  it("takes a small stake whose payout is large enough: 0.10 at 100 pays 10", () => {
    expect(one(limit({ price: 100, sizeMinor: 10 }), [{ at: 200, rc: [] }]).status).not.toBe("REFUSED");
  });
});

describe("taking what is there", () => {
  it("walks the ladder from the best price to the order's own, and queues the rest", () => {
    const order = one(limit(), [
      {
        at: 10,
        rc: [
          {
            id: 1,
            atb: [
              [3.2, 2],
              [3.1, 3],
              [3, 1.5],
              [2.9, 50],
            ],
          },
        ],
      },
      { at: 200, rc: [traded(3, 4)] },
      { at: 300, rc: [] },
    ]);
    // 2 + 3 + 1.5 taken; then half of 4 is ours at 3, nobody being in front.
    expect(fillsOf(order)).toEqual([
      [10, 320, 200],
      [10, 310, 300],
      [10, 300, 150],
      [200, 300, 200],
    ]);
  });

  it("mirrors it for a lay", () => {
    const order = one(limit({ side: "LAY" }), [
      {
        at: 10,
        rc: [
          {
            id: 1,
            atl: [
              [2.9, 2],
              [3, 3],
              [3.1, 50],
            ],
          },
        ],
      },
      { at: 200, rc: [traded(2.98, 4)] },
    ]);
    expect(fillsOf(order)).toEqual([
      [10, 290, 200],
      [10, 300, 300],
      [200, 300, 200],
    ]);
  });

  it("gives the same offer to one of two orders only, until the recording shows it gone", () => {
    const two = [limit(), limit()];
    const updates = [
      { at: 10, rc: [back(3, 10)] },
      { at: 200, rc: [] },
    ];
    expect(run(two, updates).map(({ matchedMinor }) => matchedMinor)).toEqual([1000, 0]);
    expect(run(two, updates, { takeOnce: false }).map(({ matchedMinor }) => matchedMinor)).toEqual([
      1000, 1000,
    ]);
    const renewed = [
      ...updates,
      { at: 300, rc: [back(3, 0)] },
      { at: 400, rc: [back(3, 6)] },
      { at: 600, rc: [] },
    ];
    const orders = run([limit()], renewed, {}, (simulation, at) => {
      if (at === 400) placeOrder(simulation, limit());
    });
    expect(orders.map(({ matchedMinor }) => matchedMinor)).toEqual([1000, 600]);
  });

  it("never lets two orders of ours fill each other", () => {
    const both = [limit(), limit({ side: "LAY" })];
    expect(
      run(both, [
        { at: 200, rc: [] },
        { at: 300, rc: [] },
      ]).map(({ matchedMinor }) => matchedMinor),
    ).toEqual([0, 0]);
  });
});

describe("the queue", () => {
  const standing = { at: 10, rc: [lay(3, 8)] };

  it("is run down by half of what trades at the price or better, then the order is filled", () => {
    const order = one(limit(), [
      standing,
      { at: 200, rc: [] },
      { at: 300, rc: [traded(3, 10)] },
      { at: 400, rc: [traded(3.1, 12)] },
    ]);
    // In front 8: 5 of it, then 3 of 6; 3 are ours, at our price.
    expect(fillsOf(order)).toEqual([[400, 300, 300]]);
  });

  it("ignores what trades at a worse price", () => {
    expect(
      one(limit(), [
        { at: 200, rc: [] },
        { at: 300, rc: [traded(2.9, 100)] },
      ]).matchedMinor,
    ).toBe(0);
  });

  it("uses a traded amount once: the lower back first, older first at one price", () => {
    const orders = run(
      [limit({ price: 3.1 }), limit({ price: 3 }), limit({ price: 3 })],
      [
        { at: 200, rc: [] },
        { at: 300, rc: [traded(3.1, 24)] },
      ],
    );
    expect(orders.map(({ matchedMinor }) => matchedMinor)).toEqual([0, 1000, 200]);
  });

  it("gives volume shown with the first book to nobody, and nothing again when an image repeats it", () => {
    const order = one(limit(), [
      { at: 10, rc: [traded(3, 500)] },
      { at: 200, rc: [] },
      { at: 300, img: true, rc: [traded(3, 500)] },
      { at: 400, img: true, rc: [traded(3, 504)] },
    ]);
    expect(fillsOf(order)).toEqual([[400, 300, 200]]);
  });

  it("moves on with cancellations in front only when asked to, and back with newcomers only when asked to", () => {
    const matched = (queue: SimulationOptions["queue"]) =>
      one(
        limit(),
        [
          standing,
          { at: 200, rc: [] },
          { at: 300, rc: [lay(3, 2)] },
          { at: 350, rc: [lay(3, 9)] },
          { at: 400, rc: [traded(3, 20)] },
        ],
        { queue },
      ).matchedMinor;
    // In front at the trade of 20, half of it ours: optimistic 2, peer 8, pessimistic 9.
    expect([matched("pessimistic"), matched("peer"), matched("optimistic")]).toEqual([100, 200, 800]);
  });

  it("X2: a back at 1.01 with nothing to back waits behind what stands there", () => {
    const order = one(limit({ price: 1.01 }), [
      { at: 10, rc: [lay(1.01, 8035.93)] },
      { at: 200, rc: [] },
      { at: 300, rc: [traded(1.01, 100)] },
    ]);
    expect(order.matchedMinor).toBe(0);
    expect(order.ahead).toBeCloseTo(8035.93 - 50, 9);
  });

  it("X8: a second bet at one price moves up too", () => {
    const orders = run(
      [limit(), limit()],
      [standing, { at: 200, rc: [] }, { at: 300, rc: [traded(3, 16)] }, { at: 400, rc: [traded(3, 76)] }],
    );
    // 8 in front of both as one copy of the volume goes by; then half of 60: 10 for the first, 12 after 8 for the second.
    expect(orders.map(({ matchedMinor }) => matchedMinor)).toEqual([1000, 1000]);
  });
});

describe("fill or kill", () => {
  const offers = {
    at: 10,
    rc: [
      {
        id: 1,
        atb: [
          [3.2, 4],
          [3, 3],
          [2.8, 50],
        ],
      },
    ],
  };
  const kill = (change: Partial<LimitRequest>) =>
    one(limit({ fillOrKill: true, ...change }), [offers, { at: 200, rc: [traded(3, 900)] }]);

  it("X8: is never filled beyond what is offered", () => {
    const order = one(limit({ fillOrKill: true, sizeMinor: 47_700, minFillMinor: 100 }), [
      { at: 10, rc: [back(3, 99)] },
      { at: 200, rc: [traded(3, 5000)] },
    ]);
    expect(order).toMatchObject({ matchedMinor: 9900, lapsedMinor: 37_800, status: "EXECUTION_COMPLETE" });
  });

  it("expires unfilled when the whole cannot be had", () => {
    expect(kill({ price: 3.05 })).toMatchObject({
      status: "EXPIRED",
      matchedMinor: 0,
      lapsedMinor: 1000,
      reason: "FILL_OR_KILL",
    });
  });

  it("takes single parts at worse prices as long as the average holds", () => {
    // 4 at 3.2, 3 at 3, 3 at 2.8: average 3.02.
    expect(fillsOf(kill({ price: 3 }))).toEqual([
      [10, 320, 400],
      [10, 300, 300],
      [10, 280, 300],
    ]);
  });

  it("stops where the average would fall below the price, if that is enough", () => {
    // 4 at 3.2 and 3 at 3 leave 4 x 0.15 - 3 x 0.05 = 0.45, which pays for 1.80 at 2.8.
    expect(kill({ price: 3.05, minFillMinor: 800 })).toMatchObject({ matchedMinor: 880, lapsedMinor: 120 });
    expect(kill({ price: 3.05, minFillMinor: 881 }).status).toBe("EXPIRED");
  });
});

describe("suspension, version and persistence", () => {
  const suspend = { at: 300, definition: { status: "SUSPENDED", version: 2 } };
  const turn = { at: 400, definition: { inPlay: true, version: 3 } };
  const after = { at: 500, rc: [traded(3, 30)] };

  it("lapses when the version moves while suspended, before anything of that update is filled", () => {
    const order = one(limit(), [{ at: 200, rc: [] }, { ...suspend, rc: [traded(3, 50)] }, turn, after]);
    expect(order).toMatchObject({ matchedMinor: 0, lapsedMinor: 1000, reason: "MARKET_SUSPENDED" });
  });

  it("outlives a suspension without a new version, and a new version without a suspension", () => {
    const same = { at: 300, definition: { status: "SUSPENDED" } };
    const open = { at: 400, definition: { version: 2 } };
    expect(one(limit(), [{ at: 200, rc: [] }, same, open, after]).matchedMinor).toBe(1000);
  });

  it("PERSIST stays through the turn in play", () => {
    const order = one(limit({ persistence: "PERSIST" }), [{ at: 200, rc: [] }, suspend, turn, after]);
    expect(order.matchedMinor).toBe(1000);
  });

  it("LAPSE can be made to lapse at a turn in play without a suspension", () => {
    const updates = [{ at: 200, rc: [] }, turn, after];
    expect(one(limit(), updates).matchedMinor).toBe(1000);
    expect(one(limit(), updates, { lapseInPlay: true })).toMatchObject({
      lapsedMinor: 1000,
      reason: "TURNED_IN_PLAY",
    });
  });

  it("an order for an older version is not placed", () => {
    const updates = [
      { at: 50, definition: { version: 2 } },
      { at: 200, rc: [] },
    ];
    expect(one(limit({ marketVersion: 1 }), updates)).toMatchObject({
      status: "REFUSED",
      reason: "MARKET_VERSION",
    });
    expect(one(limit({ marketVersion: 2 }), updates).status).not.toBe("REFUSED");
  });
});

describe("cancelling, updating and replacing", () => {
  const wait = [200, 300, 471, 500, 700, 1000].map((at) => ({ at, rc: [] as object[] }));

  it("takes out the unmatched part, or a part of it, after 170 ms", () => {
    const cancelled = (size?: number) =>
      run([limit()], wait, {}, (simulation, at) => {
        if (at === 300) cancelOrder(simulation, simulation.orders[0], size);
      })[0];
    expect(cancelled()).toMatchObject({
      cancelledMinor: 1000,
      status: "EXECUTION_COMPLETE",
      reason: "CANCELLED",
    });
    expect(cancelled(400)).toMatchObject({ cancelledMinor: 400, lapsedMinor: 600 });
    expect(cancelled(5000).cancelledMinor).toBe(1000);
  });

  it("waits with a cancellation while the market is not open", () => {
    const updates = [
      { at: 200, rc: [] },
      { at: 400, definition: { status: "SUSPENDED" } },
      { at: 600, rc: [] },
      { at: 700, definition: {} },
      { at: 800, rc: [traded(3, 4)] },
      { at: 900, rc: [traded(3, 40)] },
    ];
    const [order] = run([limit()], updates, {}, (simulation, at) => {
      if (at === 200) cancelOrder(simulation, simulation.orders[0]);
    });
    expect(order).toMatchObject({ matchedMinor: 0, cancelledMinor: 1000 });
  });

  it("changes the persistence", () => {
    const updates = [
      ...wait.slice(0, 4),
      { at: 600, definition: { status: "SUSPENDED", version: 2 } },
      { at: 700, definition: { version: 3 } },
      { at: 800, rc: [traded(3, 30)] },
    ];
    const [order] = run([limit()], updates, {}, (simulation, at) => {
      if (at === 200) updateOrder(simulation, simulation.orders[0], "PERSIST");
    });
    expect(order).toMatchObject({ persistence: "PERSIST", matchedMinor: 1000 });
  });

  it("replaces by cancelling and placing what that freed as a new order", () => {
    const [old, next] = run([limit()], [{ at: 150, rc: [traded(3, 4)] }, ...wait], {}, (simulation, at) => {
      if (at === 200) replaceOrder(simulation, simulation.orders[0], 2.9);
    });
    expect(old).toMatchObject({ matchedMinor: 200, cancelledMinor: 800 });
    expect(next).toMatchObject({ sizeMinor: 800, placedAt: START + 500, lapsedMinor: 800 });
  });

  it("places nothing when there is nothing left to replace", () => {
    const [, next] = run([limit()], [{ at: 150, rc: [traded(3, 40)] }, ...wait], {}, (simulation, at) => {
      if (at === 200) replaceOrder(simulation, simulation.orders[0], 2.9);
    });
    expect(next).toMatchObject({ status: "REFUSED", reason: "CANCELLED", matchedMinor: 0 });
  });
});

describe("removed runners", () => {
  const remove = (percent: number) => ({
    at: 300,
    definition: { version: 2, runners: runners({}, { status: "REMOVED", adjustmentFactor: percent }) },
  });
  const matched = { at: 10, rc: [back(3, 50), back(5, 50, 2)] };

  it("X8: voids their orders, matched or not, and makes no profit with them", () => {
    const orders = run(
      [limit({ selectionId: 2, price: 5 })],
      [matched, { at: 200, rc: [] }, remove(20), closing(900, {}, { status: "REMOVED" }, {})],
    );
    expect(orders[0]).toMatchObject({
      voidedMinor: 1000,
      matchedMinor: 0,
      fills: [],
      reason: "RUNNER_REMOVED",
    });
  });

  it("reduces the matched prices of the others from 2.5 % on, never below 1.01", () => {
    const hundredths = (percent: number, price = 3) =>
      one(limit({ price }), [{ at: 10, rc: [back(price, 50)] }, { at: 200, rc: [] }, remove(percent)])
        .fills[0].hundredths;
    expect(hundredths(2.49)).toBe(300);
    expect(hundredths(2.5)).toBe(292); // 3 x 0.975 = 2.925, halves to even
    expect(hundredths(20)).toBe(240);
    expect(hundredths(60, 1.5)).toBe(101);
  });

  it("does not touch what is matched after it", () => {
    const gone = {
      at: 5,
      definition: { version: 2, runners: runners({}, { status: "REMOVED", adjustmentFactor: 20 }) },
    };
    const orders = run(
      [],
      [gone, matched, { at: 200, rc: [] }, { ...gone, at: 300 }],
      {},
      (simulation, at) => {
        if (at === 10) placeOrder(simulation, limit());
      },
    );
    expect(orders[0].fills[0].hundredths).toBe(300);
  });

  it("happens once, however often the definition repeats it", () => {
    const again = { ...remove(20), at: 400 };
    expect(one(limit(), [matched, { at: 200, rc: [] }, remove(20), again]).fills[0].hundredths).toBe(240);
  });
});

describe("the starting price", () => {
  const start = (bsp: unknown) => ({
    at: 400,
    definition: { inPlay: true, bspReconciled: true, version: 2, runners: runners({ bsp }) },
  });
  const close = (side: "BACK" | "LAY", price?: number): CloseRequest => ({
    type: price === undefined ? "MARKET_ON_CLOSE" : "LIMIT_ON_CLOSE",
    selectionId: 1,
    handicap: 0,
    side,
    liabilityMinor: 1200,
    ...(price === undefined ? {} : { price }),
  });
  const at = (request: OrderRequest, bsp: unknown, ...more: Update[]) =>
    one(request, [{ at: 200, rc: [] }, start(bsp), ...more]);

  it("matches a back with its stake and a lay with its liability", () => {
    expect(at(close("BACK"), 4)).toMatchObject({ matchedMinor: 1200, status: "EXECUTION_COMPLETE" });
    expect(at(close("LAY"), 4)).toMatchObject({ matchedMinor: 400 }); // 12 / (4 - 1)
  });

  it("keeps to the limit of LIMIT_ON_CLOSE", () => {
    expect(at(close("BACK", 4), 4).matchedMinor).toBe(1200);
    expect(at(close("BACK", 4.1), 4)).toMatchObject({ matchedMinor: 0, reason: "STARTING_PRICE_LIMIT" });
    expect(at(close("LAY", 3.95), 4)).toMatchObject({ matchedMinor: 0, reason: "STARTING_PRICE_LIMIT" });
  });

  it("takes what is left of a limit order with persistence MARKET_ON_CLOSE", () => {
    const request = limit({ persistence: "MARKET_ON_CLOSE" });
    const updates = [{ at: 200, rc: [] }, { at: 250, rc: [traded(3, 8)] }, start(4)];
    expect(fillsOf(one(request, updates))).toEqual([
      [250, 300, 400],
      [400, 400, 600],
    ]);
    // A lay of 10 at 3 has 20 at risk: at 5 that is 5.00; 4.00 at 3 is below the minimum liability of 10.
    expect(one({ ...request, side: "LAY" }, [{ at: 200, rc: [] }, start(5)])).toMatchObject({
      matchedMinor: 500,
      cancelledMinor: 500,
    });
    expect(one({ ...request, side: "LAY", sizeMinor: 400 }, [{ at: 200, rc: [] }, start(5)])).toMatchObject({
      lapsedMinor: 400,
      reason: "STARTING_PRICE_LIABILITY",
    });
  });

  it("X8: a starting price of NaN matches nothing", () => {
    expect(at(close("BACK"), "NaN", closing(900, { bsp: "NaN", status: "LOSER" }))).toMatchObject({
      matchedMinor: 0,
      reason: "NO_STARTING_PRICE",
    });
  });

  it("refuses small liabilities, and orders once the market is in play or has no starting price", () => {
    expect(at({ ...close("LAY"), liabilityMinor: 999 }, 4)).toMatchObject({ reason: "INVALID_BET_SIZE" });
    for (const definition of [{ inPlay: true }, { bspMarket: false }, { bspReconciled: true }])
      expect(
        one(close("BACK"), [
          { at: 50, definition },
          { at: 200, rc: [] },
        ]),
      ).toMatchObject({ reason: "MARKET_NOT_OPEN_FOR_BSP_BETTING" });
  });

  it("reduces the liability of lays with a withdrawal: the others keep their share of the book", () => {
    const removal = {
      at: 300,
      definition: { version: 2, runners: runners({}, { status: "REMOVED", adjustmentFactor: 14 }) },
    };
    // 12 x (1 - 14 / (100 - 30)) = 9.60, at 4: 3.20.
    expect(one(close("LAY"), [{ at: 200, rc: [] }, removal, start(4)]).matchedMinor).toBe(320);
  });
});

describe("limits on what a market can lose", () => {
  it("X1: counts orders that are on their way", () => {
    const orders = run(
      Array.from({ length: 6 }, () => limit()),
      [{ at: 200, rc: [] }],
      { maxLossMinor: 1000 },
    );
    expect(orders.map(({ reason }) => reason)).toEqual([
      "RECORDING_ENDED",
      ...Array(5).fill("EXPOSURE_LIMIT"),
    ]);
  });

  it("lets a lay through that only takes risk away", () => {
    const orders = run(
      [limit()],
      [
        { at: 10, rc: [back(3, 10)] },
        { at: 200, rc: [] },
        { at: 300, rc: [] },
      ],
      { maxLossMinor: 1000 },
      (simulation, at) => {
        if (at === 200) placeOrder(simulation, limit({ side: "LAY", price: 2.9, sizeMinor: 1000 }));
      },
    );
    expect(orders[1].reason).toBe("RECORDING_ENDED");
  });
});

describe("settlement", () => {
  const won = [
    { at: 10, rc: [back(3, 50), back(5, 50, 2)] },
    { at: 200, rc: [] },
  ];
  const settled = (requests: OrderRequest[], statuses: object[], definition: object = {}, discount = 0) => {
    const simulation = openSimulation(
      scripted(...won, {
        ...closing(900, ...statuses),
        definition: { ...closing(900, ...statuses).definition, ...definition },
      }),
    );
    for (let first = true; step(simulation); first = false)
      if (first) for (const request of requests) placeOrder(simulation, request);
    return settle(simulation.orders, simulation.book.definition, discount);
  };
  const first = { status: "WINNER" };
  const lost = { status: "LOSER" };

  it("pays winners, takes losers, and charges the market's own base rate on the net winnings", () => {
    const both = [limit(), limit({ selectionId: 2, price: 5, sizeMinor: 500 })];
    // 10 x 2 - 5 = 15; 5 % of it is 0.75.
    expect(settled(both, [first, lost, lost])).toMatchObject({
      grossMinor: 1500,
      commissionMinor: 75,
      netMinor: 1425,
      settled: true,
    });
    expect(settled(both, [lost, lost, first])).toMatchObject({
      grossMinor: -1500,
      commissionMinor: 0,
      netMinor: -1500,
    });
  });

  it("X7: follows the rate of the file and the customer's discount", () => {
    expect(settled([limit()], [first, lost, lost], { marketBaseRate: 7 }).commissionMinor).toBe(140);
    expect(settled([limit()], [first, lost, lost], { marketBaseRate: 7 }, 0.2).commissionMinor).toBe(112);
  });

  it("divides a dead heat in a market with one winner, and pays in full where there are several places", () => {
    // Half the stake wins 2 each, half loses: 10 - 5.
    expect(settled([limit()], [first, first, lost]).grossMinor).toBe(500);
    expect(settled([limit()], [first, first, first]).grossMinor).toBe(0);
    expect(settled([limit()], [first, first, lost], { numberOfWinners: 2 }).grossMinor).toBe(2000);
  });

  it("leaves to others what a definition does not tell: each-way bets", () => {
    const kinds = (definition: object) =>
      settled([limit()], [first, lost, lost], definition).orders.map(({ ending }) => ending.kind);
    expect(kinds({ marketType: "EACH_WAY" })).toEqual(["unsettled"]);
    expect(kinds({ marketType: "PLACE" })).toEqual(["won"]);
  });

  it("does not settle a market whose file stops before it closes", () => {
    const simulation = openSimulation(scripted(...won));
    for (let one = true; step(simulation); one = false) if (one) placeOrder(simulation, limit());
    const { settled: closed, grossMinor, orders } = settle(simulation.orders, simulation.book.definition);
    expect({ closed, grossMinor }).toEqual({ closed: false, grossMinor: 0 });
    expect(orders[0]).toMatchObject({ matchedMinor: 1000, ending: { kind: "unsettled" } });
  });
});
