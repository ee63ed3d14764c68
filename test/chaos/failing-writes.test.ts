import { describe, expect, it } from "vitest";
import { StatisticoError } from "../../src/core/errors.js";
import { openBetBook } from "../../src/trader/bet-book.js";
import { offer } from "../../src/trader/offer.js";
import { reconcile } from "../../src/trader/reconcile.js";
import { openLedger } from "../../src/warehouse/ledger/open.js";
import { NOON } from "../trader/bets.js";
import { judge, violations } from "./judge.js";
import { ModelVenue, STORM } from "./model-venue.js";
import { floorOf, proposal, truthOf, watchLedger } from "./storm.js";
import { VirtualClock } from "./virtual-clock.js";

const CALM = {
  ...STORM,
  requestLost: 0,
  replyLost: 0,
  replyLate: 0,
  replyGarbled: 0,
  errorAfterApply: 0,
  rejected: 0,
  queryFails: 0,
  queryStale: 0,
  resettled: 0,
};
const WRITES = 9;

describe("a disk that refuses the k-th write", () => {
  it("never lets a bet out without its intent, and nothing is lost by it", async () => {
    let [placed, refused] = [0, 0];
    for (let k = 1; k <= WRITES; k++) {
      const { verdict, orders, sentBare, failed } = await refusing(k);
      expect([k, violations(verdict), sentBare]).toEqual([k, 0, 0]);
      placed += orders;
      refused += failed;
    }
    expect(refused).toBe(WRITES);
    expect(placed).toBeGreaterThan(WRITES);
  });
});

/** Offer four bets while the k-th write of the ledger fails, start anew on a disk that works, and judge. */
async function refusing(k: number) {
  const clock = new VirtualClock(NOON);
  const venue = new ModelVenue(clock, CALM, k);
  const ledger = openLedger(":memory:", { mode: "practice", clock, synchronous: "NORMAL" });
  let writes = 0;
  let [sentBare, failed] = [0, 0];
  const watched = watchLedger(ledger, () => {
    // The watch is asked before and after each write: only before can a disk refuse it.
    writes += 1;
    if (writes !== 2 * k - 1) return;
    failed += 1;
    throw new StatisticoError("failed", "disk full", "df -h .");
  });
  venue.onPoint = (point) => {
    if (point !== "before-apply") return;
    const kinds = [...ledger.entries()].map(({ kind }) => kind);
    const count = (kind: string): number => kinds.filter((each) => each === kind).length;
    if (count("sending") <= venue.orders.length && count("intent") <= venue.orders.length) sentBare += 1;
  };
  const options = { seed: k, intents: 4 };
  const work = async (): Promise<void> => {
    for (let number = 0; number < 8; number++) {
      const floor = floorOf(watched, venue, clock, options);
      const use = { intended: 0, availableMinor: 1e9, externalMinor: 0 };
      await offer(floor, proposal(number, clock), use).catch((error) => {
        if (!(error instanceof StatisticoError)) throw error;
      });
    }
    await clock.sleep(5 * 3_600_000);
    for (let rounds = 0; rounds < 3; rounds++)
      await reconcile(floorOf(ledger, venue, clock, options), { start: true });
  };
  await clock.until(work());
  const bets = [...openBetBook(ledger).bets()];
  return {
    verdict: judge(bets, truthOf(venue), venue.trueProfitMinor()),
    orders: venue.orders.length,
    sentBare,
    failed,
  };
}
