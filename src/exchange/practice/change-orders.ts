import { toDecimal, toMinor } from "../../domain/money.js";
import { executeDue } from "../simulator/execute.js";
import { finish } from "../simulator/lapse.js";
import { remainingMinor, type SimulatedOrder } from "../simulator/order.js";
import { placeOrder } from "../simulator/send.js";
import type { Bet } from "./bet.js";
import { iso } from "./definition-json.js";
import type { Exchange } from "./exchange-state.js";
import { marketExposure } from "./exposure.js";
import { currentPhase, type PracticeMarket } from "./market.js";
import type { ChangeOperation } from "./operation.js";
import { codeOf, failedPart, failure, type Instruction, placedPart, type Report } from "./report.js";
import { tellBet } from "./settle-bets.js";

const MOST_INSTRUCTIONS = 60;
const PERSISTENCES = ["LAPSE", "PERSIST", "MARKET_ON_CLOSE"] as const;

/** cancelOrders, replaceOrders, updateOrders. */
export function changeOrders(exchange: Exchange, op: ChangeOperation): Report {
  const instructions = op.instructions.length > 0 ? op.instructions : everything(exchange, op);
  if (instructions.length > MOST_INSTRUCTIONS && op.instructions.length > 0)
    return failure(op.marketId, op.customerRef, "TOO_MANY_INSTRUCTIONS");
  if (op.marketId !== "" && !exchange.markets.has(op.marketId))
    return failure(op.marketId, op.customerRef, "INVALID_MARKET_ID");
  const ids = instructions.map(({ betId }) => betId);
  if (new Set(ids).size !== ids.length) return failure(op.marketId, op.customerRef, "DUPLICATE_BETIDS");
  const parts = instructions.map((instruction) => changeOne(exchange, op, instruction));
  const failed = parts.filter((part) => part.status === "FAILURE").length;
  if (parts.length > 0 && failed === parts.length)
    return failure(op.marketId, op.customerRef, "BET_ACTION_ERROR", parts);
  return {
    ...(op.customerRef === "" ? {} : { customerRef: op.customerRef }),
    status: failed === 0 ? "SUCCESS" : "PROCESSED_WITH_ERRORS",
    ...(failed === 0 ? {} : { errorCode: "PROCESSED_WITH_ERRORS" }),
    ...(op.marketId === "" ? {} : { marketId: op.marketId }),
    instructionReports: parts,
  };
}

/** A cancellation that names no bets means all of the market, and without a market all of the account. */
function everything({ markets }: Exchange, { kind, marketId }: ChangeOperation): Instruction[] {
  if (kind !== "cancel") return [];
  return [...markets.values()]
    .filter((market) => marketId === "" || market.marketId === marketId)
    .flatMap(({ open }) => open.map(({ betId }) => ({ betId })));
}

type Part = { readonly status: string; readonly [field: string]: unknown };

function changeOne(exchange: Exchange, op: ChangeOperation, instruction: Instruction): Part {
  const fail = (code: string): Part => ({ ...failedPart(instruction, code), status: "FAILURE" });
  const bet = exchange.bets.get(String(instruction.betId));
  if (bet === undefined || (op.marketId !== "" && bet.marketId !== op.marketId))
    return fail("INVALID_BET_ID");
  const market = exchange.markets.get(bet.marketId);
  if (market === undefined) return fail("INVALID_BET_ID");
  if (bet.order.status !== "EXECUTABLE") return fail("BET_TAKEN_OR_LAPSED");
  const code =
    op.kind === "cancel"
      ? cancelOne(exchange, op, bet, instruction)
      : op.kind === "update"
        ? updateOne(exchange, op, bet, instruction)
        : replaceOne(exchange, op, market, bet, instruction);
  market.open = market.open.filter(({ endedAt }) => endedAt === null);
  market.exposureMinor = marketExposure(market);
  exchange.listeners.bets(market, [bet], op.at);
  return typeof code === "string" ? fail(code) : code;
}

function cancelOne(
  exchange: Exchange,
  op: ChangeOperation,
  bet: Bet,
  instruction: Instruction,
): Part | string {
  const { sizeReduction } = instruction;
  if (sizeReduction !== undefined && sizeReduction !== null && !(Number(sizeReduction) > 0))
    return "INVALID_BET_SIZE";
  const most = sizeReduction ? toMinor(Number(sizeReduction)) : Number.POSITIVE_INFINITY;
  const freed = cancelRest(bet.order, most);
  tellBet(exchange, bet, op.at);
  return { status: "SUCCESS", instruction, sizeCancelled: toDecimal(freed), cancelledDate: iso(op.at) };
}

/** A cancellation reaches the exchange while the market is suspended, too. Returns what was freed. */
function cancelRest(order: SimulatedOrder, most: number): number {
  const freed = Math.min(most, remainingMinor(order));
  order.cancelledMinor += freed;
  if (remainingMinor(order) === 0) finish(order, "CANCELLED");
  return freed;
}

function updateOne(
  exchange: Exchange,
  op: ChangeOperation,
  bet: Bet,
  instruction: Instruction,
): Part | string {
  const wanted = PERSISTENCES.find((word) => word === instruction.newPersistenceType);
  if (wanted === undefined) return "INVALID_PERSISTENCE_TYPE";
  bet.order.persistence = wanted;
  tellBet(exchange, bet, op.at);
  return { status: "SUCCESS", instruction };
}

/** Cancelled, then placed anew under another number; the second half may fail after the first is done. */
function replaceOne(
  exchange: Exchange,
  op: ChangeOperation,
  market: PracticeMarket,
  bet: Bet,
  instruction: Instruction,
): Part | string {
  const { request } = bet.order;
  if (request.type !== "LIMIT") return "INVALID_PRICE_EDIT";
  const price = Number(instruction.newPrice);
  const freed = cancelRest(bet.order, Number.POSITIVE_INFINITY);
  tellBet(exchange, bet, op.at);
  const cancelled = {
    status: "SUCCESS",
    instruction: { betId: bet.betId },
    sizeCancelled: toDecimal(freed),
    cancelledDate: iso(op.at),
  };
  const { simulation } = market;
  const waiting = simulation.actions;
  simulation.actions = [];
  const order = placeOrder(simulation, { ...request, price, sizeMinor: freed });
  executeDue(simulation, Number.MAX_SAFE_INTEGER);
  simulation.actions = waiting;
  const again = {
    selectionId: request.selectionId,
    limitOrder: { size: toDecimal(freed), price, persistenceType: request.persistence },
    orderType: "LIMIT",
    side: request.side,
  };
  if (order.status === "REFUSED") {
    const code = codeOf(order, currentPhase(market).status === "SUSPENDED");
    const part = { cancelInstructionReport: cancelled, placeInstructionReport: failedPart(again, code) };
    return { ...part, status: "FAILURE", errorCode: "CANCELLED_NOT_PLACED" };
  }
  const next: Bet = {
    ...bet,
    betId: String(++exchange.lastBet),
    order,
    placedAt: op.at,
    visibleAt: op.at,
    matchedAt: order.fills.length > 0 ? op.at : null,
    endedAt: null,
    told: "",
  };
  exchange.bets.set(next.betId, next);
  market.bets.push(next);
  tellBet(exchange, next, op.at);
  if (next.endedAt === null) market.open.push(next);
  exchange.listeners.bets(market, [next], op.at);
  return {
    cancelInstructionReport: cancelled,
    placeInstructionReport: placedPart(again, next),
    status: "SUCCESS",
  };
}
