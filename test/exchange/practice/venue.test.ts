import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPORT_CODES } from "../../../src/exchange/betfair/codes.js";
import { openPracticeVenue } from "../../../src/exchange/practice/open-venue.js";
import { stateFolder } from "../../../src/exchange/practice/state-folder.js";
import { firstBook, judged, request, value } from "./ask.js";
import { openPractice } from "./open.js";

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
