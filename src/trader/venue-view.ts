import type { Instant } from "../core/clock.js";
import type { Minor } from "../domain/money.js";
import type { ClearedOrder, Venue, VenueAnswer, VenueOrder } from "../exchange/venue.js";
import { riskMinor } from "./exposure.js";
import type { OrderFacts } from "./order-facts.js";
import type { TraderClock } from "./trader-clock.js";

/** Everything that stands at the venue, and what has ended there since an instant. */
export interface VenueView {
  readonly current: readonly VenueOrder[];
  readonly cleared: readonly ClearedOrder[];
  /** The venue's clock less ours when it answered. */
  readonly skewMs: number;
}

export type ViewAnswer =
  | { readonly kind: "ok"; readonly view: VenueView }
  | { readonly kind: "failed" | "refused" | "unauthorised"; readonly code: string; readonly detail: string };

/** Current orders before cleared ones: what ends between the two questions is found by the second. */
export async function viewVenue(
  venue: Venue,
  query: { readonly settledFrom?: Instant; readonly orderRefs?: readonly string[] },
  clock: TraderClock,
): Promise<ViewAnswer> {
  const { orderRefs } = query;
  const current = await patientAnswer(clock, () => venue.currentOrders({ orderRefs }));
  if (current.kind !== "ok") return current;
  const skewMs = current.at - clock.now();
  const cleared = await patientAnswer(clock, () => venue.clearedOrders(query));
  return cleared.kind === "ok"
    ? { kind: "ok", view: { current: current.value, cleared: cleared.value, skewMs } }
    : cleared;
}

/** How long to wait before a question is put again. Looking changes nothing, so it may be repeated; placing may not. */
const WAITS_MS = [500, 1000, 2000];

/** Ask until there is an answer, or it has been asked often enough. A refusal is an answer. */
export async function patientAnswer<T>(
  clock: Pick<TraderClock, "sleep">,
  ask: () => Promise<VenueAnswer<T>>,
): Promise<VenueAnswer<T>> {
  for (const waitMs of WAITS_MS) {
    const answer = await guardedAnswer(ask);
    if (answer.kind !== "failed") return answer;
    await clock.sleep(waitMs);
  }
  return guardedAnswer(ask);
}

/** A venue that throws has not answered. */
async function guardedAnswer<T>(ask: () => Promise<VenueAnswer<T>>): Promise<VenueAnswer<T>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === "InvariantError") throw error;
    return {
      kind: "failed",
      code: "EXCEPTION",
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

export function factsOf(order: VenueOrder): OrderFacts {
  const { betId, placedAt, sizeMinor, matchedMinor, averagePrice, remainingMinor } = order;
  const { lapsedMinor, cancelledMinor, voidedMinor } = order;
  return {
    betId,
    placedAt,
    sizeMinor,
    matchedMinor,
    averagePrice: matchedMinor > 0 ? averagePrice : null,
    remainingMinor,
    lapsedMinor,
    cancelledMinor,
    voidedMinor,
  };
}

/** What an order of another hand can lose: its price may be off our ladder, its money is the account's all the same. */
export function externalRiskMinor(order: VenueOrder): Minor {
  const matched = riskMinor(order.side, order.matchedMinor, order.averagePrice ?? order.price);
  return matched + riskMinor(order.side, order.remainingMinor, order.price);
}
