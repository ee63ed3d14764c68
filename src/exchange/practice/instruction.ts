import { toMinor } from "../../domain/money.js";
import type { OrderRequest, Persistence } from "../simulator/order.js";
import type { Instruction } from "./report.js";

/** An instruction that can be tried, or why it cannot. */
export type ReadInstruction =
  | { readonly kind: "order"; readonly request: OrderRequest; readonly orderRef: string }
  | { readonly kind: "invalid"; readonly code: string };

const REF = /^[A-Za-z0-9\-._+*:;~]{0,32}$/;
const PERSISTENCES: readonly Persistence[] = ["LAPSE", "PERSIST", "MARKET_ON_CLOSE"];

/** Source: placeOrders, PlaceInstruction. */
export function readInstruction(
  instruction: Instruction,
  marketVersion: number | undefined,
): ReadInstruction {
  const { orderType, side, customerOrderRef = "" } = instruction;
  const selectionId = Number(instruction.selectionId);
  const handicap = Number(instruction.handicap ?? 0);
  if (typeof customerOrderRef !== "string" || !REF.test(customerOrderRef))
    return { kind: "invalid", code: "INVALID_CUSTOMER_ORDER_REF" };
  if (!Number.isSafeInteger(selectionId)) return { kind: "invalid", code: "INVALID_RUNNER" };
  if (side !== "BACK" && side !== "LAY") return { kind: "invalid", code: "INVALID_BACK_LAY_COMBINATION" };
  const common = {
    selectionId,
    handicap,
    side,
    ...(marketVersion === undefined ? {} : { marketVersion }),
  } as const;
  const request =
    orderType === "LIMIT" ? readLimit(instruction.limitOrder, common) : readOnClose(instruction, common);
  return typeof request === "string"
    ? { kind: "invalid", code: request }
    : { kind: "order", request, orderRef: customerOrderRef };
}

type Common = Pick<OrderRequest, "selectionId" | "handicap" | "side" | "marketVersion">;

function readLimit(json: unknown, common: Common): OrderRequest | string {
  if (typeof json !== "object" || json === null) return "INVALID_ORDER";
  const { size, price, persistenceType = "LAPSE", timeInForce, minFillSize } = json as Instruction;
  const persistence = PERSISTENCES.find((word) => word === persistenceType);
  if (persistence === undefined) return "INVALID_PERSISTENCE_TYPE";
  if (timeInForce !== undefined && timeInForce !== "FILL_OR_KILL") return "TIME_IN_FORCE_CONFLICT";
  if (timeInForce !== undefined && persistence !== "LAPSE") return "TIME_IN_FORCE_CONFLICT";
  if (minFillSize !== undefined && timeInForce === undefined) return "INVALID_MIN_FILL_SIZE";
  const sizeMinor = pennies(size);
  if (sizeMinor < 0) return "INVALID_BET_SIZE";
  if (typeof price !== "number") return "INVALID_ODDS";
  return {
    type: "LIMIT",
    ...common,
    price,
    sizeMinor,
    persistence,
    ...(timeInForce === undefined ? {} : { fillOrKill: true }),
    ...(minFillSize === undefined ? {} : { minFillMinor: pennies(minFillSize) }),
  };
}

function readOnClose(instruction: Instruction, common: Common): OrderRequest | string {
  const { orderType } = instruction;
  if (orderType !== "LIMIT_ON_CLOSE" && orderType !== "MARKET_ON_CLOSE") return "INVALID_ORDER";
  const json =
    orderType === "LIMIT_ON_CLOSE" ? instruction.limitOnCloseOrder : instruction.marketOnCloseOrder;
  if (typeof json !== "object" || json === null) return "INVALID_ORDER";
  const { liability, price } = json as Instruction;
  const liabilityMinor = pennies(liability);
  if (liabilityMinor < 0) return "INVALID_BET_SIZE";
  if (orderType === "LIMIT_ON_CLOSE" && typeof price !== "number") return "INVALID_ODDS";
  return { type: orderType, ...common, liabilityMinor, ...(typeof price === "number" ? { price } : {}) };
}

/** Minor units of an amount > 0 with at most two decimals; -1 for anything else. */
function pennies(amount: unknown): number {
  if (typeof amount !== "number" || !(amount > 0) || amount > 1e9) return -1;
  const minor = toMinor(amount);
  return Math.abs(minor - amount * 100) < 1e-6 ? minor : -1;
}
