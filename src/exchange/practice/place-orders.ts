import type { Instant } from "../../core/clock.js";
import { executeDue } from "../simulator/execute.js";
import type { SimulatedOrder } from "../simulator/order.js";
import { placeOrder } from "../simulator/send.js";
import type { Action } from "../simulator/state.js";
import type { Bet } from "./bet.js";
import { betDelayOf } from "./definition-json.js";
import { type Exchange, exposureMinor } from "./exchange-state.js";
import { marketExposure } from "./exposure.js";
import { readInstruction } from "./instruction.js";
import { currentPhase, type PracticeMarket, versionOf } from "./market.js";
import type { PlaceOperation } from "./operation.js";
import { codeOf, failedPart, failure, type Instruction, placedPart, type Report } from "./report.js";
import { tellBet } from "./settle-bets.js";

const SAME_REQUEST_MS = 60_000;
const MOST_INSTRUCTIONS = 200;
const ANY_TIME = Number.MAX_SAFE_INTEGER;

/** An order that has passed every check and waits to be executed. */
interface Sent {
  readonly instruction: Instruction;
  readonly order: SimulatedOrder;
  readonly orderRef: string;
}

/** placeOrders: all instructions of a request, or none. Source: Betfair API-NG, placeOrders. */
export function placeOrders(exchange: Exchange, op: PlaceOperation, done: (report: Report) => void): void {
  const market = exchange.markets.get(op.marketId);
  const refusal = refusalOf(exchange, op, market);
  if (refusal !== null || market === undefined) {
    done(failure(op.marketId, op.customerRef, refusal ?? "INVALID_MARKET_ID"));
    return;
  }
  const { simulation } = market;
  const waiting = simulation.actions;
  simulation.actions = [];
  const sent = trySend(exchange, market, op);
  const actions = simulation.actions;
  simulation.actions = waiting;
  if ("status" in sent) {
    done(sent);
    return;
  }
  const delayMs = betDelayOf(market) * 1000;
  const execute = (at: Instant): void => done(executeOrders(exchange, market, op, sent, actions, at));
  if (delayMs === 0) execute(op.at);
  else {
    market.waiting.push(...sent.map(({ order }) => order));
    market.exposureMinor = marketExposure(market);
    market.delayed.push({ dueAt: op.at + delayMs, run: () => execute(op.at + delayMs) });
  }
}

function refusalOf(
  exchange: Exchange,
  op: PlaceOperation,
  market: PracticeMarket | undefined,
): string | null {
  if (op.customerRef !== "" && repeats(exchange, op)) return "DUPLICATE_TRANSACTION";
  if (market === undefined) return "INVALID_MARKET_ID";
  if (op.instructions.length > MOST_INSTRUCTIONS) return "TOO_MANY_INSTRUCTIONS";
  if (op.instructions.length === 0) return "NO_ACTION_REQUIRED";
  if (op.version !== null && op.version > versionOf(market)) return "INVALID_MARKET_VERSION";
  const { status } = currentPhase(market);
  if (status === "SUSPENDED") return "MARKET_SUSPENDED";
  return status === "OPEN" ? null : "MARKET_NOT_OPEN_FOR_BETTING";
}

/** Whether the same reference came within a minute: then it is the same request, whatever is in it. */
function repeats({ recent }: Exchange, { customerRef, at }: PlaceOperation): boolean {
  const before = recent.get(customerRef);
  if (before !== undefined && at - before < SAME_REQUEST_MS) return true;
  // In the order of their times: the first that is young enough ends the search.
  for (const [ref, then] of recent) {
    if (at - then < SAME_REQUEST_MS) break;
    recent.delete(ref);
  }
  recent.set(customerRef, at);
  return false;
}

/** The orders as the simulator has taken them, not yet executed; or the report of why there are none. */
function trySend(exchange: Exchange, market: PracticeMarket, op: PlaceOperation): Sent[] | Report {
  const read = op.instructions.map((instruction) => readInstruction(instruction, op.version ?? undefined));
  const codes: (string | null)[] = read.map((part) => (part.kind === "invalid" ? part.code : null));
  const { simulation } = market;
  const sent: Sent[] = [];
  const sound = (): boolean => !codes.some((code) => code !== null);
  if (sound()) {
    read.forEach((part, i) => {
      if (part.kind !== "order") return;
      const order = placeOrder(simulation, part.request);
      if (order.status === "REFUSED") codes[i] = codeOf(order, false);
      sent.push({ instruction: op.instructions[i], order, orderRef: part.orderRef });
    });
  }
  if (sound()) {
    if (affordable(exchange, market, sent)) return sent;
    takeBack(market, sent);
    const parts = op.instructions.map((instruction) => failedPart(instruction, "ERROR_IN_ORDER"));
    return failure(op.marketId, op.customerRef, "INSUFFICIENT_FUNDS", parts);
  }
  takeBack(market, sent);
  const parts = op.instructions.map((one, i) => failedPart(one, codes[i] ?? "RELATED_ACTION_FAILED"));
  return failure(op.marketId, op.customerRef, "BET_ACTION_ERROR", parts);
}

function affordable(exchange: Exchange, market: PracticeMarket, sent: readonly Sent[]): boolean {
  const wouldBe = marketExposure(
    market,
    sent.map(({ order }) => order),
  );
  return exposureMinor(exchange) - market.exposureMinor + wouldBe <= exchange.balanceMinor;
}

/** Orders that are not to be: out of the simulation, so that nothing counts them. */
function takeBack(market: PracticeMarket, sent: readonly Sent[]): void {
  const { simulation } = market;
  simulation.orders.length -= sent.length;
  simulation.actions = [];
}

function executeOrders(
  exchange: Exchange,
  market: PracticeMarket,
  op: PlaceOperation,
  sent: readonly Sent[],
  actions: readonly Action[],
  at: Instant,
): Report {
  const { simulation } = market;
  const waiting = simulation.actions;
  simulation.actions = [...actions];
  executeDue(simulation, ANY_TIME);
  simulation.actions = waiting;
  const parts = sent.map((one) => partOf(exchange, market, op, one, at));
  market.waiting = market.waiting.filter((order) => !sent.some((one) => one.order === order));
  market.exposureMinor = marketExposure(market);
  const failed = parts.filter((part) => "errorCode" in part).length;
  const { marketId, customerRef } = op;
  if (failed === parts.length) return failure(marketId, customerRef, "BET_ACTION_ERROR", parts);
  return {
    ...(customerRef === "" ? {} : { customerRef }),
    status: failed === 0 ? "SUCCESS" : "PROCESSED_WITH_ERRORS",
    ...(failed === 0 ? {} : { errorCode: "PROCESSED_WITH_ERRORS" }),
    marketId,
    instructionReports: parts,
  };
}

function partOf(
  exchange: Exchange,
  market: PracticeMarket,
  op: PlaceOperation,
  { instruction, order, orderRef }: Sent,
  at: Instant,
): object {
  if (order.reason === "MARKET_VERSION") lapseWhole(order);
  if (order.status === "REFUSED")
    return failedPart(instruction, codeOf(order, currentPhase(market).status === "SUSPENDED"));
  const bet: Bet = {
    betId: String(++exchange.lastBet),
    marketId: op.marketId,
    order,
    placedAt: at,
    orderRef,
    strategyRef: op.strategyRef,
    visibleAt: at + op.hiddenMs,
    matchedAt: order.fills.length > 0 ? at : null,
    endedAt: null,
    settledAt: null,
    profitMinor: 0,
    told: "",
  };
  exchange.bets.set(bet.betId, bet);
  market.bets.push(bet);
  tellBet(exchange, bet, at);
  if (bet.endedAt === null) market.open.push(bet);
  exchange.listeners.bets(market, [bet], at);
  return placedPart(instruction, bet);
}

/** An order for a version that has passed is taken and lapses. Source: placeOrders, MarketVersion. */
function lapseWhole(order: SimulatedOrder): void {
  order.status = "EXECUTION_COMPLETE";
  order.voidedMinor = 0;
  order.lapsedMinor = order.sizeMinor;
}
