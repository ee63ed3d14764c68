import { invariant } from "../../core/assert.js";
import { type Minor, roundHalfEven } from "../../domain/money.js";
import type { MarketDefinition } from "../recorded/definition.js";
import { averageOf } from "./average.js";
import { toHundredths } from "./exact.js";
import type { SimulatedOrder } from "./order.js";

/**
 * How a bet on a runner ends. "dead-heat": one place shared by `winners`, so that
 * the stake is divided by them. Halves are for quarter lines, which the
 * exchange's definitions do not tell: they need the score.
 */
export type Ending =
  | { readonly kind: "won" | "lost" | "void" | "half-won" | "half-lost" }
  | { readonly kind: "dead-heat"; readonly winners: number }
  | { readonly kind: "unsettled"; readonly why: string };

/** An order's money. Unmatched orders and void bets make 0. */
export interface SettledOrder {
  readonly order: SimulatedOrder;
  readonly ending: Ending;
  readonly matchedMinor: Minor;
  /** Average price x 100, 0 when nothing is matched. */
  readonly averageHundredths: number;
  readonly profitMinor: Minor;
}

/** A market's money, before and after commission. */
export interface SettledMarket {
  readonly orders: readonly SettledOrder[];
  readonly grossMinor: Minor;
  /** On the market's net winnings, never on a loss, never against another market. */
  readonly commissionMinor: Minor;
  readonly netMinor: Minor;
  /** Whether the definition says how it ended: a file may stop before that. */
  readonly settled: boolean;
}

/**
 * Settle orders by a definition, the last one of the recording. A later, corrected definition settles them anew.
 *
 * `discount` in [0, 1): the customer's, off the market's base rate. Amounts are whole minor units, halves to even.
 */
export function settle(
  orders: readonly SimulatedOrder[],
  definition: MarketDefinition | null,
  discount = 0,
): SettledMarket {
  invariant(discount >= 0 && discount < 1, `a discount is in [0, 1), was ${discount}`);
  const settled = orders.map((order) => settleOrder(order, endingOf(definition, order)));
  const grossMinor = settled.reduce((sum, { profitMinor }) => sum + profitMinor, 0);
  const commissionMinor = commissionOf(grossMinor, definition?.baseRate ?? 0, discount);
  return {
    orders: settled,
    grossMinor,
    commissionMinor,
    netMinor: grossMinor - commissionMinor,
    settled: definition?.status === "CLOSED",
  };
}

/** Commission = winnings x rate x (1 - discount). `baseRate` in percent. */
export function commissionOf(grossMinor: Minor, baseRate: number, discount = 0): Minor {
  return grossMinor <= 0 ? 0 : roundHalfEven((grossMinor * baseRate * (1 - discount)) / 100);
}

/** How the order's runner ended, by the definition. */
export function endingOf(definition: MarketDefinition | null, { request }: SimulatedOrder): Ending {
  if (definition === null || definition.status !== "CLOSED")
    return { kind: "unsettled", why: "the market is not closed" };
  if (definition.ladderType === "LINE_RANGE")
    return { kind: "unsettled", why: "the result of a line is not in its definition" };
  if (definition.marketType === "EACH_WAY") return { kind: "unsettled", why: "each-way bets are two bets" };
  const runner = definition.runners.find(
    ({ selectionId, handicap }) => selectionId === request.selectionId && handicap === request.handicap,
  );
  if (runner?.status === "LOSER") return { kind: "lost" };
  if (runner?.status === "WINNER") return winOf(definition);
  if (runner?.status === "REMOVED" || runner?.status === "REMOVED_VACANT") return { kind: "void" };
  return { kind: "unsettled", why: `the runner is ${runner?.status ?? "missing"}` };
}

/**
 * More winners than there can be share: in a market with one winner only. With several places the definition does not
 * tell who shares the last of them.
 */
function winOf({ runners, numberOfWinners }: MarketDefinition): Ending {
  const winners = runners.filter(({ status }) => status === "WINNER").length;
  return numberOfWinners === 1 && winners > 1 ? { kind: "dead-heat", winners } : { kind: "won" };
}

/** The money of one order. */
export function settleOrder(order: SimulatedOrder, ending: Ending): SettledOrder {
  const { matchedMinor, hundredths } = averageOf(order.fills);
  const backMinor = backProfit(matchedMinor, hundredths, ending);
  const profitMinor = order.request.side === "BACK" ? backMinor : -backMinor;
  return {
    order,
    ending,
    matchedMinor,
    averageHundredths: hundredths,
    profitMinor: profitMinor === 0 ? 0 : profitMinor,
  };
}

/** What a back of `sizeMinor` at price `hundredths` / 100 makes. */
function backProfit(sizeMinor: Minor, hundredths: number, ending: Ending): Minor {
  const size = sizeMinor / 100;
  const odds = hundredths / 100 - 1;
  switch (ending.kind) {
    case "won":
      return toHundredths(size * odds);
    case "lost":
      return -sizeMinor;
    case "half-won":
      return toHundredths((size / 2) * odds);
    case "half-lost":
      return -toHundredths(size / 2);
    case "dead-heat":
      return toHundredths((size / ending.winners) * odds - (size * (ending.winners - 1)) / ending.winners);
    default:
      return 0;
  }
}
