import { toDecimal } from "../../domain/money.js";
import { averageOf } from "../simulator/average.js";
import type { OrderReason, SimulatedOrder } from "../simulator/order.js";
import type { Bet } from "./bet.js";
import { iso } from "./definition-json.js";

/** One instruction of a request, as it came. */
export type Instruction = Readonly<Record<string, unknown>>;

/** The report of an operation on orders, as the exchange writes it. */
export interface Report {
  customerRef?: string;
  status: "SUCCESS" | "FAILURE" | "PROCESSED_WITH_ERRORS" | "TIMEOUT";
  errorCode?: string;
  marketId?: string;
  instructionReports?: object[];
}

export function failure(
  marketId: string,
  customerRef: string,
  errorCode: string,
  parts: object[] = [],
): Report {
  return {
    ...(customerRef === "" ? {} : { customerRef }),
    status: "FAILURE",
    errorCode,
    marketId,
    instructionReports: parts,
  };
}

export function failedPart(instruction: Instruction, errorCode: string): object {
  return { status: "FAILURE", errorCode, instruction };
}

export function placedPart(instruction: Instruction, bet: Bet): object {
  const { matchedMinor, hundredths } = averageOf(bet.order.fills);
  return {
    status: "SUCCESS",
    instruction,
    betId: bet.betId,
    placedDate: iso(bet.placedAt),
    averagePriceMatched: hundredths / 100,
    sizeMatched: toDecimal(matchedMinor),
    orderStatus: bet.order.status,
  };
}

/** The exchange's code for a refusal of the simulator. */
export function codeOf(order: SimulatedOrder, suspended: boolean): string {
  const reason: OrderReason = order.reason ?? "MARKET_CLOSED";
  if (reason === "MARKET_NOT_OPEN_FOR_BETTING") return suspended ? "MARKET_SUSPENDED" : reason;
  return reason === "EXPOSURE_LIMIT" ? "LOSS_LIMIT_EXCEEDED" : reason;
}
