import { describe, expect, it } from "vitest";
import { CALM, type FaultRates } from "../../../src/exchange/practice/faults.js";
import type { PlaceOutcome } from "../../../src/exchange/venue.js";
import { firstBook, judged, request, value } from "./ask.js";
import { NOON, openPractice } from "./open.js";

const always = (fault: string): FaultRates => ({ ...CALM, order: { [fault]: 1 } });

describe("a fault of the practice exchange", () => {
  const spoiled: [string, PlaceOutcome["kind"], number][] = [
    ["reset-before", "unknown", 0],
    ["503-before", "unknown", 0],
    ["429-before", "unknown", 0],
    ["reset-after", "unknown", 1],
    ["500-after", "unknown", 1],
    ["truncated", "unknown", 1],
    ["garbage", "unknown", 1],
    ["html", "unknown", 1],
    ["wrong-id", "unknown", 1],
    ["errors-report", "unknown", 1],
    ["silence-after", "unknown", 1],
    ["session-kill", "placed", 1],
    ["maintenance", "unknown", 0],
  ];
  it.each(spoiled)("%s leaves the client with %s, and %i bets stand", async (fault, kind, bets) => {
    const opened = await openPractice({
      rates: always(fault),
      pacing: { wall: Date.now(), from: NOON, speed: 50 },
    });
    const [outcome] = await opened.venue.place(request(await firstBook(opened.venue), "one"));
    // A session that ends once more with every order is not to be had again by logging in.
    if (fault === "session-kill") expect(["placed", "rejected"]).toContain(outcome.kind);
    else expect([outcome.kind, opened.running.exchange.bets.size]).toEqual([kind, bets]);
  });

  it("finds by its reference what a lost reply has hidden, no sooner than it shows itself", async () => {
    const speed = 200;
    const opened = await openPractice({
      rates: always("reset-after"),
      pacing: { wall: Date.now(), from: NOON, speed },
    });
    const { venue, clock, running } = opened;
    await venue.place(request(await firstBook(venue), "lost"));
    const [bet] = running.exchange.bets.values();
    await clock.sleep(125_000);
    expect(value(await venue.currentOrders({ orderRefs: ["lost"] }))).toMatchObject([{ betId: bet.betId }]);
    expect(bet.visibleAt).toBeGreaterThan(bet.placedAt);
    expect(judged(opened, [])).toMatchObject({ orphan: 1, faults: 1 });
  });
});
