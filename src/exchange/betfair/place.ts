import type { LadderType } from "../../domain/ladder.js";
import { CLASSIC, FINEST } from "../../domain/ladder.js";
import { toDecimal } from "../../domain/money.js";
import type { OrderInstruction, Persistence, PlaceOutcome, PlaceRequest } from "../venue.js";
import type { CallReply } from "./caller.js";
import { placeVerdict } from "./codes.js";
import {
  instantOf,
  type Json,
  moneyOf,
  objectOf,
  oneOf,
  optionalList,
  optionalNumber,
  optionalText,
  ShapeError,
  textOf,
} from "./json.js";

const PERSISTENCE: Readonly<Record<Persistence, string>> = {
  lapse: "LAPSE",
  persist: "PERSIST",
  "market-on-close": "MARKET_ON_CLOSE",
};
export const ORDER_STATUSES = ["EXECUTABLE", "EXECUTION_COMPLETE", "EXPIRED", "PENDING"] as const;

/** Parameters of placeOrders. Prices are those of the ladder, money has two decimals. Source: placeOrders. */
export function placeParams(request: PlaceRequest): Json {
  const { marketId, customerRef, strategyRef, marketVersion, ladder, orders } = request;
  return {
    marketId,
    instructions: orders.map((order) => instructionOf(order, ladder)),
    customerRef,
    customerStrategyRef: strategyRef,
    ...(marketVersion === null ? {} : { marketVersion: { version: marketVersion } }),
    async: false,
  };
}

function instructionOf(order: OrderInstruction, ladder: LadderType): Json {
  return {
    orderType: "LIMIT",
    selectionId: order.selectionId,
    handicap: order.handicap,
    side: order.side === "back" ? "BACK" : "LAY",
    customerOrderRef: order.orderRef,
    limitOrder: {
      size: toDecimal(order.sizeMinor),
      price: (ladder === "CLASSIC" ? CLASSIC : FINEST).price(order.tick),
      persistenceType: PERSISTENCE[order.persistence],
      ...(order.fillOrKill ? { timeInForce: "FILL_OR_KILL" } : {}),
    },
  };
}

/** Whether every tick is on the ladder; prices of lines are not placed. */
export function onLadder({ ladder, orders }: PlaceRequest): boolean {
  if (ladder === "LINE_RANGE") return false;
  const { ticks } = ladder === "CLASSIC" ? CLASSIC : FINEST;
  return orders.every(({ tick }) => Number.isInteger(tick) && tick >= 0 && tick < ticks);
}

/** What became of each order of a request, whatever came back for it. */
export function placeOutcomes(request: PlaceRequest, reply: CallReply): PlaceOutcome[] {
  if (reply.kind === "result") return readReport(request, reply.result);
  return all(request, outcomeOf(reply));
}

function outcomeOf(reply: Exclude<CallReply, { kind: "result" }>): PlaceOutcome {
  const { code, detail } = reply;
  if (reply.kind === "error") return { kind: placeVerdict(code), code, detail };
  return { kind: reply.kind === "silence" ? "unknown" : "not-sent", code, detail };
}

function readReport(request: PlaceRequest, result: unknown): PlaceOutcome[] {
  try {
    const report = objectOf(result, "report");
    if (optionalText(report, "marketId") !== request.marketId && report.marketId !== undefined)
      return all(request, unknown("WRONG_REPORT", "the report is of another market"));
    if (report.customerRef !== undefined && report.customerRef !== request.customerRef)
      return all(request, unknown("WRONG_REPORT", "the report is of another request"));
    const status = textOf(report, "status");
    const code = optionalText(report, "errorCode") || (status === "SUCCESS" ? "" : status);
    const parts = optionalList(report.instructionReports, "instructionReports");
    return request.orders.map((order, i) => readPart(order, parts[i], status, code));
  } catch (error) {
    if (error instanceof ShapeError) return all(request, unknown("UNREADABLE_REPLY", error.message));
    throw error;
  }
}

function readPart(order: OrderInstruction, part: unknown, status: string, code: string): PlaceOutcome {
  try {
    if (part === undefined) return withoutPart(status, code);
    const json = objectOf(part, "instructionReport");
    if (!echoes(json, order)) return unknown("WRONG_REPORT", "the report is of another order");
    if (textOf(json, "status") === "SUCCESS" && optionalText(json, "betId") !== "") return placed(json);
    return refused(status, code, optionalText(json, "errorCode"));
  } catch (error) {
    if (error instanceof ShapeError) return unknown("UNREADABLE_REPLY", error.message);
    throw error;
  }
}

/** A report of success owes a part to each order. */
function withoutPart(status: string, code: string): PlaceOutcome {
  if (status === "FAILURE" && code !== "") return { kind: placeVerdict(code), code, detail: "" };
  return unknown(code === "" ? "UNREADABLE_REPLY" : code, "the report says nothing of this order");
}

/** An instruction that comes back must be the one that was sent; a venue may leave it out. */
function echoes({ instruction }: Json, order: OrderInstruction): boolean {
  if (instruction === undefined || instruction === null) return true;
  const ref = objectOf(instruction, "instruction").customerOrderRef;
  return ref === undefined || ref === null || ref === order.orderRef;
}

/** These say only that the reason stands in the report. */
const SEE_REPORT = ["", "ERROR_IN_ORDER", "RELATED_ACTION_FAILED"];

/**
 * A failure has a code for the request and one for the order. An order's own decides when the request was carried out
 * in part; when the whole is in doubt, so is every order.
 */
function refused(status: string, code: string, own: string): PlaceOutcome {
  const partial =
    status === "PROCESSED_WITH_ERRORS" || code === "PROCESSED_WITH_ERRORS" || code === "BET_ACTION_ERROR";
  if (!SEE_REPORT.includes(own)) {
    const whole = partial || code === "" ? "rejected" : placeVerdict(code);
    const kind = whole === "rejected" ? placeVerdict(own) : whole;
    return { kind, code: own, detail: code === own ? "" : code };
  }
  const shown = code === "" ? own || status : code;
  const kind = code === "BET_ACTION_ERROR" && own === "" ? "unknown" : placeVerdict(shown);
  return { kind, code: shown, detail: own };
}

function placed(json: Json): PlaceOutcome {
  const matchedMinor = moneyOf(json, "sizeMatched", 0);
  // An asynchronous placing has no status yet.
  const status = json.orderStatus === undefined ? "PENDING" : oneOf(json, "orderStatus", ORDER_STATUSES);
  const average = optionalNumber(json, "averagePriceMatched", 0);
  return {
    kind: "placed",
    betId: textOf(json, "betId"),
    placedAt: instantOf(json, "placedDate"),
    status,
    matchedMinor,
    averagePrice: matchedMinor > 0 && average > 0 ? average : null,
  };
}

function unknown(code: string, detail: string): PlaceOutcome {
  return { kind: "unknown", code, detail };
}

function all(request: PlaceRequest, outcome: PlaceOutcome): PlaceOutcome[] {
  return request.orders.map(() => outcome);
}
