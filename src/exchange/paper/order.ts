import type { Instant } from "../../core/clock.js";
import type { LadderType } from "../../domain/ladder.js";
import { type Minor, roundHalfEven } from "../../domain/money.js";
import type { Side } from "../venue.js";

/** An order on paper, as it was taken. */
export interface PaperOrder {
  readonly betId: string;
  readonly marketId: string;
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  readonly ladder: LadderType;
  readonly tick: number;
  readonly sizeMinor: Minor;
  readonly orderRef: string;
  readonly strategyRef: string;
  readonly customerRef: string;
  readonly placedAt: Instant;
  /** From then on nothing more is matched. */
  readonly startsAt: Instant;
  /** Share of the market's net winnings that is kept. */
  readonly commission: number;
}

/** Something that happened to an order, a line of the file. */
export type PaperLine =
  | { readonly kind: "order"; readonly order: PaperOrder }
  | {
      readonly kind: "fill";
      readonly betId: string;
      readonly tick: number;
      readonly price: number;
      readonly sizeMinor: Minor;
    }
  | {
      readonly kind: "gone";
      readonly betId: string;
      readonly as: "lapsed" | "cancelled";
      readonly sizeMinor: Minor;
    };

export interface PaperState {
  readonly order: PaperOrder;
  readonly fills: readonly { readonly price: number; readonly sizeMinor: Minor }[];
  readonly lapsedMinor: Minor;
  readonly cancelledMinor: Minor;
}

/** What a line makes of the orders. */
export function applyLine(orders: Map<string, PaperState>, line: PaperLine): void {
  if (line.kind === "order") {
    orders.set(line.order.betId, { order: line.order, fills: [], lapsedMinor: 0, cancelledMinor: 0 });
    return;
  }
  const known = orders.get(line.betId);
  if (!known) return;
  const { price, sizeMinor } = line.kind === "fill" ? line : { price: 0, sizeMinor: line.sizeMinor };
  if (line.kind === "fill")
    orders.set(line.betId, { ...known, fills: [...known.fills, { price, sizeMinor }] });
  else {
    const part = line.as === "lapsed" ? "lapsedMinor" : "cancelledMinor";
    orders.set(line.betId, { ...known, [part]: known[part] + sizeMinor });
  }
}

export function matchedMinor({ fills }: PaperState): Minor {
  return fills.reduce((sum, fill) => sum + fill.sizeMinor, 0);
}

export function remainingMinor(state: PaperState): Minor {
  return state.order.sizeMinor - matchedMinor(state) - state.lapsedMinor - state.cancelledMinor;
}

/** Mean of the fills by size, to four decimals; null while there is none. */
export function averagePrice(state: PaperState): number | null {
  const matched = matchedMinor(state);
  if (matched === 0) return null;
  const sum = state.fills.reduce((total, { price, sizeMinor }) => total + price * sizeMinor, 0);
  return roundHalfEven((sum / matched) * 10_000) / 10_000;
}
