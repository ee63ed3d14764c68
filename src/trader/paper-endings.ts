import type { Clock } from "../core/clock.js";
import { DAY_MS } from "../core/day.js";
import type { PlayedMatch } from "../domain/fixture.js";
import { averagePrice, matchedMinor, type PaperState } from "../exchange/paper/order.js";
import type { PaperEnding } from "../exchange/paper/venue.js";
import { grossProfitMinor, type Outcome, settleRunner } from "../strategy/settlement.js";
import type { Warehouse } from "../warehouse/port.js";
import type { BetIntent } from "./bet.js";
import type { BetBook } from "./bet-book.js";

/** Stakes come back so long after the start of a match that has no result. As in a backtest, but by the clock. */
const VOID_AFTER_MS = 7 * DAY_MS;

/**
 * Endings of orders on paper from the results in the warehouse, the last correction of each: the same settlement as a
 * backtest's. The ledger says what an order was about.
 */
export function paperEndings(
  warehouse: Pick<Warehouse, "matches">,
  book: () => BetBook,
  clock: Clock,
): (orders: readonly PaperState[]) => Promise<ReadonlyMap<string, PaperEnding>> {
  return async (orders) => {
    const pairs = orders.flatMap((state) => {
      const bet = book().byOrderRef(state.order.orderRef);
      return bet ? [{ state, intent: bet.intent }] : [];
    });
    const ids = [...new Set(pairs.map(({ intent }) => intent.fixtureId))];
    const matches = ids.length > 0 ? await warehouse.matches({ ids, asOf: clock.now() }) : [];
    const results = new Map(matches.map((match) => [match.fixture.id, match]));
    const now = clock.now();
    return new Map(
      pairs.flatMap(({ state, intent }) => {
        const ending = endingOf(state, intent, results.get(intent.fixtureId), now);
        return ending ? [[state.order.betId, ending] as const] : [];
      }),
    );
  };
}

function endingOf(
  state: PaperState,
  { market, runner, line, startsAt }: BetIntent,
  match: PlayedMatch | undefined,
  now: number,
): PaperEnding | null {
  if (!match) {
    const voidAt = startsAt + VOID_AFTER_MS;
    return now >= voidAt ? { settledAt: voidAt, profitMinor: 0, voided: true } : null;
  }
  const { homeGoals, awayGoals, knownAt } = match.result;
  if (now < Math.max(knownAt, startsAt)) return null;
  const outcome: Outcome = settleRunner(market, runner, line, homeGoals, awayGoals);
  const side = state.order.side === "back" ? "BACK" : "LAY";
  const profitMinor = grossProfitMinor(side, matchedMinor(state), averagePrice(state) ?? 1, outcome);
  return { settledAt: Math.max(knownAt, startsAt), profitMinor, voided: false };
}
