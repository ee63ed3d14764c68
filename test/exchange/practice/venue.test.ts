import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPORT_CODES } from "../../../src/exchange/betfair/codes.js";
import { audit, type LedgerBet } from "../../../src/exchange/practice/audit.js";
import { CALM, type FaultRates } from "../../../src/exchange/practice/faults.js";
import { readJournal } from "../../../src/exchange/practice/journal.js";
import { openPracticeVenue } from "../../../src/exchange/practice/open-venue.js";
import { stateFolder } from "../../../src/exchange/practice/state-folder.js";
import type {
  PlaceOutcome,
  PlaceRequest,
  Venue,
  VenueAnswer,
  VenueBook,
} from "../../../src/exchange/venue.js";
import { NOON, type Opened, openPractice } from "./open.js";

function value<T>(answer: VenueAnswer<T>): T {
  if (answer.kind !== "ok") throw new Error(JSON.stringify(answer));
  return answer.value;
}

async function firstBook(venue: Venue): Promise<VenueBook> {
  const markets = value(
    await venue.catalogue({ marketTypes: ["MATCH_ODDS"], from: NOON, to: NOON + 86_400_000 }),
  );
  return value(await venue.books([markets[0].marketId]))[0];
}

function request(book: VenueBook, ref: string, told: Partial<PlaceRequest> = {}): PlaceRequest {
  const { selectionId, toBack } = book.runners[0];
  const order = {
    orderRef: ref,
    selectionId,
    handicap: 0,
    side: "back",
    tick: toBack[0].tick,
    sizeMinor: 200,
    persistence: "lapse",
    fillOrKill: false,
  } as const;
  return {
    marketId: book.marketId,
    ladder: book.ladder,
    customerRef: `c-${ref}`,
    strategyRef: "test",
    marketVersion: book.version,
    orders: [order],
    ...told,
  };
}

const judged = ({ folder, clock }: Opened, bets: readonly LedgerBet[]) =>
  audit(readJournal(stateFolder(folder).journal), bets, clock.now());

const always = (fault: string): FaultRates => ({ ...CALM, order: { [fault]: 1 } });

describe("the practice exchange over TLS", () => {
  it("answers everything a trader asks", async () => {
    const { venue } = await openPractice();
    expect(value(await venue.open())).toEqual({ name: "practice", currency: "GBP", discount: 0 });
    expect(value(await venue.funds())).toEqual({ availableMinor: 1_000_000, exposureMinor: 0 });
    const book = await firstBook(venue);
    expect(book).toMatchObject({ status: "OPEN", inPlay: false, ladder: "CLASSIC", marketBaseRate: 5 });
    const [runner] = book.runners;
    expect(runner.toBack[0].tick).toBeLessThan(runner.toLay[0].tick);
    const [taken] = await venue.place(request(book, "taken"));
    expect(taken).toMatchObject({ kind: "placed", status: "EXECUTION_COMPLETE", matchedMinor: 200 });
    const resting = request(book, "rests");
    const high = { ...resting, orders: [{ ...resting.orders[0], tick: 349 }] };
    const [rests] = await venue.place(high);
    expect(rests).toMatchObject({
      kind: "placed",
      status: "EXECUTABLE",
      matchedMinor: 0,
      averagePrice: null,
    });
    expect(value(await venue.currentOrders({})).map(({ orderRef }) => orderRef)).toEqual(["taken", "rests"]);
    expect(value(await venue.funds())).toEqual({ availableMinor: 999_600, exposureMinor: 400 });
    const betId = rests.kind === "placed" ? rests.betId : "";
    expect(value(await venue.cancel(book.marketId, [betId, "1"]))).toEqual([
      { betId, cancelledMinor: 200, code: "" },
      { betId: "1", cancelledMinor: null, code: "INVALID_BET_ID" },
    ]);
    expect(value(await venue.clearedOrders({ orderRefs: ["rests"] }))).toMatchObject([
      { betId, status: "CANCELLED", sizeCancelledMinor: 200, profitMinor: 0 },
    ]);
    expect(value(await venue.heartbeat(0))).toBe("NONE");
    expect(await venue.heartbeat(5)).toMatchObject({ kind: "refused", code: "INVALID_INPUT_DATA" });
    await expect(venue.cancel(book.marketId, [])).rejects.toThrow("names its market and its bets");
  });

  it("lets a second run use the first one's session, and a restarted exchange be logged in to once", async () => {
    const first = await openPractice();
    await first.venue.open();
    const again = openPracticeVenue(first.folder).venue;
    value(await again.open());
    expect(judged(first, []).logins).toBe(1);
    expect(statSync(join(first.folder, "session.json")).mode & 0o777).toBe(0o600);
    await first.running.close();
    const second = await openPractice({ folder: first.folder });
    expect(second.running.resumed).toBe(true);
    await Promise.all(Array.from({ length: 9 }, () => second.venue.funds()));
    expect(judged(second, [])).toMatchObject({ logins: 2, restarts: 1 });
    await again.close();
  });

  it("says each of all error codes once, and the client understands every one", async () => {
    const opened = await openPractice({ allErrors: true });
    const book = await firstBook(opened.venue);
    const found: [string, string][] = [];
    for (let i = 0; i < Object.keys(REPORT_CODES).length; i++) {
      const [outcome] = await opened.venue.place(request(book, `e${i}`));
      found.push(["code" in outcome ? outcome.code : "", outcome.kind]);
    }
    expect(found).toEqual(Object.entries(REPORT_CODES));
    expect(judged(opened, []).codes).toBe("40/40");
    expect((await opened.venue.place(request(book, "then")))[0].kind).toBe("placed");
  });

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

  it("goes to no host but its own, and trusts no certificate but of its authority", async () => {
    const { folder } = await openPractice();
    const other = await openPractice();
    copyFileSync(stateFolder(other.folder).authority, stateFolder(folder).authority);
    const { venue } = openPracticeVenue(folder);
    expect(await venue.open()).toMatchObject({ kind: "failed" });
    expect((await venue.place(request({ ...(await firstBook(other.venue)) }, "x")))[0].kind).toBe("not-sent");
    await venue.close();
  });
});
