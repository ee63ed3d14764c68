import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallReply } from "../../../src/exchange/betfair/caller.js";
import { API_CODES, REPORT_CODES } from "../../../src/exchange/betfair/codes.js";
import { placeOutcomes, placeParams } from "../../../src/exchange/betfair/place.js";
import { requestFault } from "../../../src/exchange/betfair/refs.js";
import { decodeReply } from "../../../src/exchange/betfair/rpc.js";
import type { OrderInstruction, PlaceRequest } from "../../../src/exchange/venue.js";

const ORDER: OrderInstruction = {
  orderRef: "o-1",
  selectionId: 47972,
  handicap: 0,
  side: "back",
  tick: 107, // CLASSIC: 1.01 + 99 x 0.01 = 2.00 is tick 99, then steps of 0.02: 2.16
  sizeMinor: 1234,
  persistence: "lapse",
  fillOrKill: false,
};
const REQUEST: PlaceRequest = {
  marketId: "1.23",
  ladder: "CLASSIC",
  customerRef: "c-1",
  strategyRef: "demo",
  marketVersion: 7,
  orders: [ORDER],
};
const PLACED = {
  status: "SUCCESS",
  instruction: { customerOrderRef: "o-1" },
  betId: "31",
  placedDate: "2026-03-07T15:00:00.000Z",
  averagePriceMatched: 2.18,
  sizeMatched: 2.5,
  orderStatus: "EXECUTABLE",
};

const report = (told: object): CallReply => ({
  kind: "result",
  result: { customerRef: "c-1", marketId: "1.23", ...told },
});
const outcome = (reply: CallReply) => placeOutcomes(REQUEST, reply)[0];
const failure = (code: string, own?: string, status = "FAILURE") =>
  outcome(
    report({
      status,
      errorCode: code,
      instructionReports: own === undefined ? [] : [{ status: "FAILURE", errorCode: own }],
    }),
  );

describe("a placing on the wire", () => {
  it("has the prices of the ladder and money with two decimals", () => {
    expect(placeParams({ ...REQUEST, orders: [{ ...ORDER, side: "lay", fillOrKill: true }] })).toEqual({
      marketId: "1.23",
      customerRef: "c-1",
      customerStrategyRef: "demo",
      marketVersion: { version: 7 },
      async: false,
      instructions: [
        {
          orderType: "LIMIT",
          selectionId: 47972,
          handicap: 0,
          side: "LAY",
          customerOrderRef: "o-1",
          limitOrder: { size: 12.34, price: 2.16, persistenceType: "LAPSE", timeInForce: "FILL_OR_KILL" },
        },
      ],
    });
  });

  it.each([
    [{ customerRef: "x".repeat(33) }, "INVALID_CUSTOMER_REF"],
    [{ customerRef: "a b" }, "INVALID_CUSTOMER_REF"],
    [{ customerRef: "" }, "INVALID_CUSTOMER_REF"],
    [{ strategyRef: "x".repeat(16) }, "INVALID_STRATEGY_REF"],
    [{ orders: [] }, "NO_INSTRUCTIONS"],
    [{ orders: [{ ...ORDER, orderRef: "é" }] }, "INVALID_CUSTOMER_ORDER_REF"],
    [{ orders: [ORDER, ORDER] }, "REPEATED_ORDER_REF"],
    [{ orders: [{ ...ORDER, sizeMinor: 0.5 }] }, "INVALID_BET_SIZE"],
  ])("is refused here for %j", (told, code) => {
    expect(requestFault({ ...REQUEST, ...told })).toBe(code);
  });

  it("takes every character of the venue's alphabet", () => {
    expect(requestFault({ ...REQUEST, customerRef: "Az09-._+*:;~" })).toBeNull();
  });
});

describe("what became of a placing", () => {
  it("is placed with what the venue says", () => {
    expect(outcome(report({ status: "SUCCESS", instructionReports: [PLACED] }))).toEqual({
      kind: "placed",
      betId: "31",
      placedAt: Date.UTC(2026, 2, 7, 15),
      status: "EXECUTABLE",
      matchedMinor: 250,
      averagePrice: 2.18,
    });
  });

  it.each(Object.entries(REPORT_CODES))("%s of the whole request is %s", (code, kind) => {
    expect(failure(code, "ERROR_IN_ORDER")).toMatchObject({ kind, code });
    expect(failure(code)).toMatchObject({ kind, code });
  });

  it("follows the order's own code in a request that was carried out in part", () => {
    expect(failure("BET_ACTION_ERROR", "INVALID_ODDS")).toMatchObject({
      kind: "rejected",
      code: "INVALID_ODDS",
    });
    const partial = (own: string) => failure("PROCESSED_WITH_ERRORS", own, "PROCESSED_WITH_ERRORS").kind;
    expect(partial("INVALID_ODDS")).toBe("rejected");
    expect(partial("BET_IN_PROGRESS")).toBe("unknown");
    expect(partial("ERROR_IN_ORDER")).toBe("unknown");
  });

  it("is in doubt with the whole, whatever the order's own code", () => {
    expect(failure("ERROR_IN_MATCHER", "INVALID_ODDS").kind).toBe("unknown");
    expect(failure("DUPLICATE_TRANSACTION", "INVALID_ODDS").kind).toBe("look-first");
  });

  it("is unknown for a report of another market, request or order, or none", () => {
    const parts = { status: "SUCCESS", instructionReports: [PLACED] };
    expect(outcome(report({ ...parts, marketId: "1.24" })).kind).toBe("unknown");
    expect(outcome(report({ ...parts, customerRef: "c-2" })).kind).toBe("unknown");
    const other = { ...PLACED, instruction: { customerOrderRef: "o-2" } };
    expect(outcome(report({ status: "SUCCESS", instructionReports: [other] })).kind).toBe("unknown");
    expect(outcome(report({ status: "SUCCESS", instructionReports: [] })).kind).toBe("unknown");
    expect(outcome(report({ status: "TIMEOUT" })).kind).toBe("unknown");
  });

  it("is not sent when the connection was never made, and unknown when it was lost", () => {
    const fate = (reply: Parameters<typeof decodeReply>[0]) => outcome(decodeReply(reply, 1)).kind;
    expect(fate({ kind: "not-sent", code: "ECONNREFUSED", detail: "" })).toBe("not-sent");
    expect(fate({ kind: "lost", code: "ECONNRESET", detail: "" })).toBe("unknown");
    const error = (code: string) =>
      JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        error: { code: -32099, message: "ANGX-0003", data: { APINGException: { errorCode: code } } },
      });
    expect(fate({ kind: "reply", status: 200, body: error("INVALID_INPUT_DATA") })).toBe("rejected");
    expect(fate({ kind: "reply", status: 400, body: error("INVALID_INPUT_DATA") })).toBe("rejected");
    expect(fate({ kind: "reply", status: 503, body: error("INVALID_INPUT_DATA") })).toBe("unknown");
    expect(fate({ kind: "reply", status: 429, body: "" })).toBe("unknown");
    expect(fate({ kind: "reply", status: 403, body: "<html>blocked</html>" })).toBe("unknown");
    expect(fate({ kind: "reply", status: 302, body: "" })).toBe("unknown");
    for (const [code, { place }] of Object.entries(API_CODES))
      expect(fate({ kind: "reply", status: 200, body: error(code) })).toBe(place);
  });

  // The rule of exchange.md 7.4: silence, trouble and garbage never mean that nothing stands there.
  it("is never concluded from garbage", () => {
    const whole = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      result: { status: "FAILURE", errorCode: "INVALID_ODDS", marketId: "1.23" },
    });
    const cut = fc.nat(whole.length - 1).map((n) => whole.slice(0, n));
    fc.assert(
      fc.property(
        fc.oneof(cut, fc.string(), fc.json(), fc.constant("<html></html>")),
        fc.integer({ min: 200, max: 599 }),
        (body, status) => {
          const [{ kind }] = placeOutcomes(REQUEST, decodeReply({ kind: "reply", status, body }, 1));
          expect(kind).toBe("unknown");
        },
      ),
      { seed: 42, numRuns: 500 },
    );
  });
});
