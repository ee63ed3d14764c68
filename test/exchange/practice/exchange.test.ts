import { describe, expect, it } from "vitest";
import { advance, apply, createExchange } from "../../../src/exchange/practice/exchange.js";
import { type Exchange, eventHash, exposureMinor } from "../../../src/exchange/practice/exchange-state.js";
import type { JournalEntry } from "../../../src/exchange/practice/journal.js";
import { listClearedOrders, listCurrentOrders } from "../../../src/exchange/practice/list-orders.js";
import { madeUpFixtures } from "../../../src/exchange/practice/made-up-fixtures.js";
import { currentPhase, type PracticeMarket, versionOf } from "../../../src/exchange/practice/market.js";
import { MINUTE, SUSPENSION_MS, scoreAt } from "../../../src/exchange/practice/match-script.js";
import type { Operation, PlaceOperation } from "../../../src/exchange/practice/operation.js";
import { replay } from "../../../src/exchange/practice/replay.js";
import type { Report } from "../../../src/exchange/practice/report.js";
import { NOON } from "./open.js";

const OPTIONS = { seed: 7, startsAt: NOON, fixtures: madeUpFixtures(1, NOON), balanceMinor: 1_000_000 };
const MATCH_ODDS = "1.200000000";
/** Long after the match. */
const EVENING = NOON + 6 * 60 * MINUTE;

function market(exchange: Exchange, id = MATCH_ODDS): PracticeMarket {
  const found = exchange.markets.get(id);
  if (found === undefined) throw new Error(`no market ${id}`);
  return found;
}

interface Told {
  readonly ref?: string;
  readonly price?: number;
  readonly size?: number;
  readonly side?: string;
  readonly runner?: number;
  readonly more?: object;
}

function place(at: number, told: Told = {}, request: Partial<PlaceOperation> = {}): PlaceOperation {
  const { ref = `r${at}`, price = 1.01, size = 10, side = "BACK", runner = 58805, more = {} } = told;
  return {
    kind: "place",
    at,
    marketId: MATCH_ODDS,
    customerRef: `c-${ref}`,
    strategyRef: "test",
    version: null,
    hiddenMs: 0,
    seen: null,
    instructions: [
      {
        orderType: "LIMIT",
        selectionId: runner,
        side,
        customerOrderRef: ref,
        limitOrder: { size, price, persistenceType: "LAPSE", ...more },
      },
    ],
    ...request,
  };
}

function did(exchange: Exchange, operation: Operation): Report {
  const reports: Report[] = [];
  apply(exchange, operation, (report) => reports.push(report));
  if (reports.length !== 1) throw new Error(`${reports.length} reports`);
  return reports[0];
}

const codes = (report: Report): unknown[] => [
  report.errorCode,
  ...(report.instructionReports ?? []).map((part) => ("errorCode" in part ? part.errorCode : "")),
];

describe("the practice exchange", () => {
  it("matches a back at the crowd's best price or better, and counts what it could lose", () => {
    const exchange = createExchange(OPTIONS);
    advance(exchange, NOON);
    const best = Math.max(...market(exchange).crowd.offers[2].back.keys());
    did(exchange, place(NOON + 1, { size: 5 }));
    const [bet] = exchange.bets.values();
    expect(bet.order.matchedMinor).toBe(500);
    expect(bet.order.fills[0].hundredths).toBe(Math.round(best * 100));
    expect(exposureMinor(exchange)).toBe(500);
  });

  it("refuses in the exchange's own words", () => {
    const exchange = createExchange(OPTIONS);
    const refused = (told: Told, request?: Partial<PlaceOperation>) =>
      codes(did(exchange, place(NOON + exchange.recent.size + 1, told, request)));
    expect(refused({ price: 2.01 })).toEqual(["BET_ACTION_ERROR", "INVALID_ODDS"]);
    expect(refused({ size: 0.5 })).toEqual(["BET_ACTION_ERROR", "INVALID_BET_SIZE"]);
    expect(refused({ runner: 1 })).toEqual(["BET_ACTION_ERROR", "INVALID_RUNNER"]);
    expect(refused({ ref: "a b" })).toEqual(["BET_ACTION_ERROR", "INVALID_CUSTOMER_ORDER_REF"]);
    expect(refused({ size: 10_001 })).toEqual(["INSUFFICIENT_FUNDS", "ERROR_IN_ORDER"]);
    expect(refused({}, { marketId: "1.1" })).toEqual(["INVALID_MARKET_ID"]);
    expect(refused({}, { version: 9e9 })).toEqual(["INVALID_MARKET_VERSION"]);
    expect(exchange.bets.size).toBe(0);
    expect(exposureMinor(exchange)).toBe(0);
  });

  it("places all instructions of a request or none", () => {
    const exchange = createExchange(OPTIONS);
    const good = place(NOON + 1, { ref: "good" });
    const bad = place(NOON + 1, { ref: "bad", price: 2.01 });
    const both = { ...good, instructions: [...good.instructions, ...bad.instructions] };
    expect(codes(did(exchange, both))).toEqual(["BET_ACTION_ERROR", "RELATED_ACTION_FAILED", "INVALID_ODDS"]);
    expect(exchange.bets.size).toBe(0);
  });

  it("takes the same customerRef within sixty seconds as the same request, and later as another", () => {
    const exchange = createExchange(OPTIONS);
    const at = NOON + 1;
    expect(did(exchange, place(at, { ref: "x" })).status).toBe("SUCCESS");
    expect(codes(did(exchange, place(at + 59_999, { ref: "x" })))).toEqual(["DUPLICATE_TRANSACTION"]);
    expect(did(exchange, place(at + 60_000, { ref: "x" })).status).toBe("SUCCESS");
    expect(exchange.bets.size).toBe(2);
  });

  it("hides a bet whose reply was lost until it shows itself", () => {
    const exchange = createExchange(OPTIONS);
    const at = NOON + 1;
    did(exchange, place(at, { ref: "late" }, { hiddenMs: 90_000 }));
    const listed = (now: number) => {
      advance(exchange, now);
      return listCurrentOrders(exchange, { customerOrderRefs: ["late"] }, now);
    };
    expect(listed(at + 89_999)).toEqual({ currentOrders: [], moreAvailable: false });
    expect(listed(at + 90_000)).toMatchObject({ currentOrders: [{ customerOrderRef: "late" }] });
  });

  it("stops betting at the kick-off and at goals; what rests there lapses", () => {
    const exchange = createExchange(OPTIONS);
    did(exchange, place(NOON + 1, { price: 1000, ref: "rests" }));
    did(exchange, place(NOON + 1, { price: 1000, ref: "stays", more: { persistenceType: "PERSIST" } }));
    const { kickOff } = OPTIONS.fixtures[0];
    expect(codes(did(exchange, place(kickOff + 1, {})))).toEqual(["MARKET_SUSPENDED"]);
    const [rests, stays] = exchange.bets.values();
    expect(rests.order).toMatchObject({ status: "EXECUTION_COMPLETE", lapsedMinor: 1000 });
    expect(stays.order).toMatchObject({ status: "EXECUTABLE", lapsedMinor: 0 });
  });

  it("lapses an order for a version that has passed", () => {
    const exchange = createExchange(OPTIONS);
    advance(exchange, NOON);
    const version = versionOf(market(exchange));
    const { kickOff } = OPTIONS.fixtures[0];
    const inPlay = kickOff + SUSPENSION_MS + 1;
    const reports: Report[] = [];
    apply(exchange, place(inPlay, { ref: "old" }, { version }), (report) => reports.push(report));
    advance(exchange, inPlay + 5000);
    expect(reports[0].status).toBe("SUCCESS");
    const [bet] = exchange.bets.values();
    expect(bet.order).toMatchObject({ matchedMinor: 0, lapsedMinor: 1000 });
  });

  it("lets a bet in play wait five seconds, and refuses it when betting stops meanwhile", () => {
    const exchange = createExchange(OPTIONS);
    const { goals } = market(exchange).script;
    const inPlay = OPTIONS.fixtures[0].kickOff + SUSPENSION_MS + 1;
    const reports: Report[] = [];
    const tell = (report: Report) => reports.push(report);
    apply(exchange, place(inPlay, { ref: "waits" }), tell);
    advance(exchange, inPlay + 4999);
    expect(reports).toEqual([]);
    advance(exchange, inPlay + 5000);
    expect(reports.map(({ status }) => status)).toEqual(["SUCCESS"]);
    expect(goals.length).toBeGreaterThan(0);
    apply(exchange, place(goals[0].at - 1000, { ref: "goal" }), tell);
    advance(exchange, goals[0].at + 10_000);
    expect(codes(reports[1])).toEqual(["BET_ACTION_ERROR", "MARKET_SUSPENDED"]);
  });

  it("settles by the score, with commission on the market's net winnings", () => {
    const exchange = createExchange(OPTIONS);
    advance(exchange, NOON);
    const { script, runnerIds } = market(exchange);
    const [home, away] = scoreAt(script, script.endsAt);
    const winner = home > away ? 0 : home < away ? 1 : 2;
    did(exchange, place(NOON + 1, { ref: "wins", runner: runnerIds[winner], size: 10 }));
    did(exchange, place(NOON + 2, { ref: "loses", runner: runnerIds[(winner + 1) % 3], size: 3 }));
    advance(exchange, EVENING);
    const [wins, loses] = exchange.bets.values();
    // 10 at the price it was matched, less the 3 that are lost; 5 % of what is left, halves to even.
    const won = Math.round(10 * 100 * (wins.order.fills[0].hundredths / 100 - 1));
    expect(wins.order.fills).toHaveLength(1);
    expect([wins.profitMinor, loses.profitMinor]).toEqual([won, -300]);
    const { profitMinor, commissionMinor } = exchange.settled.get(MATCH_ODDS) ?? {};
    expect(profitMinor).toBe(won - 300);
    expect(Math.abs((commissionMinor ?? 0) - Math.max(0, won - 300) * 0.05)).toBeLessThanOrEqual(0.5);
    expect(exchange.balanceMinor).toBe(1_000_000 + won - 300 - (commissionMinor ?? 0));
    const query = { betStatus: "SETTLED", groupBy: "MARKET" };
    expect(listClearedOrders(exchange, query, EVENING)).toMatchObject({
      clearedOrders: [{ profit: (won - 300) / 100, commission: (commissionMinor ?? 0) / 100, betCount: 2 }],
    });
    expect(listCurrentOrders(exchange, {}, EVENING)).toEqual({ currentOrders: [], moreAvailable: false });
  });

  it("cancels, moves and keeps orders", () => {
    const exchange = createExchange(OPTIONS);
    did(exchange, place(NOON + 1, { price: 1000 }));
    const [bet] = exchange.bets.values();
    const change = (kind: "cancel" | "replace" | "update", instruction: object): Report =>
      did(exchange, {
        kind,
        at: NOON + 2,
        marketId: MATCH_ODDS,
        customerRef: "",
        instructions: [{ betId: bet.betId, ...instruction }],
      });
    expect(change("cancel", { sizeReduction: 4 })).toMatchObject({
      instructionReports: [{ sizeCancelled: 4 }],
    });
    expect(change("update", { newPersistenceType: "PERSIST" }).status).toBe("SUCCESS");
    expect(change("replace", { newPrice: 990 })).toMatchObject({
      instructionReports: [
        {
          cancelInstructionReport: { sizeCancelled: 6 },
          placeInstructionReport: { orderStatus: "EXECUTABLE" },
        },
      ],
    });
    expect(codes(change("cancel", {}))).toEqual(["BET_ACTION_ERROR", "BET_TAKEN_OR_LAPSED"]);
    const [, moved] = exchange.bets.values();
    expect(moved.order.sizeMinor).toBe(600);
    expect(exposureMinor(exchange)).toBe(600);
  });

  it("closes every market with one winner and balances fills to orders", () => {
    const exchange = createExchange(OPTIONS);
    for (let i = 0; i < 120; i++) {
      const id = [...exchange.markets.keys()][i % 3];
      const runner = exchange.markets.get(id)?.runnerIds[i % 2] ?? 0;
      const told = {
        ref: `o${i}`,
        runner,
        side: i % 3 === 0 ? "LAY" : "BACK",
        price: i % 3 === 0 ? 1.5 : 3,
        size: 2 + (i % 7),
      };
      apply(exchange, place(NOON + 20_000 * i, told, { marketId: id }), () => {});
    }
    advance(exchange, EVENING);
    for (const one of exchange.markets.values()) {
      expect(currentPhase(one).status).toBe("CLOSED");
      expect(
        one.simulation.book.definition?.runners.filter(({ status }) => status === "WINNER"),
      ).toHaveLength(1);
      expect(one.open).toEqual([]);
    }
    expect(exchange.bets.size).toBeGreaterThan(60);
    for (const { order } of exchange.bets.values())
      expect(order.matchedMinor + order.lapsedMinor + order.cancelledMinor + order.voidedMinor).toBe(
        order.sizeMinor,
      );
  });
});

describe("a journal", () => {
  const HOUR = NOON + 35 * MINUTE;
  const operations = Array.from({ length: 40 }, (_, i) =>
    place(NOON + 1 + 45_000 * i, { ref: `j${i}`, price: i % 2 === 0 ? 1.01 : 1000, size: 2 + i }),
  );
  const entries: JournalEntry[] = [{ kind: "opened", version: 1, options: OPTIONS }, ...operations];

  it("brings the same exchange back, however often time was looked at", () => {
    const exchange = createExchange(OPTIONS);
    for (const operation of operations) {
      for (let at = operation.at - 44_000; at < operation.at; at += 7000) advance(exchange, at);
      apply(exchange, operation, () => {});
    }
    advance(exchange, HOUR);
    const again = replay(entries, HOUR);
    expect(eventHash(again)).toBe(eventHash(exchange));
    expect(again.balanceMinor).toBe(exchange.balanceMinor);
    expect([...again.bets.keys()]).toEqual([...exchange.bets.keys()]);
  });

  it("of another seed is another exchange", () => {
    const other = replay(
      [{ kind: "opened", version: 1, options: { ...OPTIONS, seed: 8 } }, ...operations],
      HOUR,
    );
    expect(eventHash(other)).not.toBe(eventHash(replay(entries, HOUR)));
  });
});
