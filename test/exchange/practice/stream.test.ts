import { describe, expect, it } from "vitest";
import { CALM } from "../../../src/exchange/practice/faults.js";
import { practiceHosts } from "../../../src/exchange/practice/state-folder.js";
import { open, stream, until } from "./streams.js";

describe("the stream", () => {
  it("shows what the API shows", async () => {
    const opened = await open();
    const found = stream(opened);
    await until(() => found.state() === "live" && found.books().length === 6, "live");
    const [{ marketId }] = found.books();
    await until(() => {
      const market = opened.running.exchange.markets.get(marketId);
      const [book] = found.books([marketId]);
      const prices = [...(market?.crowd.offers[0].back.keys() ?? [])].sort((a, b) => b - a).slice(0, 3);
      return book.runners[0].toBack.length === prices.length && !book.unreliable;
    }, "the same");
    const answer = await opened.venue.books([marketId]);
    const [book] = found.books([marketId]);
    if (answer.kind !== "ok") throw new Error(answer.code);
    expect(book).toMatchObject({ status: "OPEN", ladder: "CLASSIC", marketBaseRate: 5, betDelaySeconds: 0 });
    expect(book.runners.map(({ selectionId }) => selectionId)).toEqual(
      answer.value[0].runners.map(({ selectionId }) => selectionId),
    );
    found.close();
    expect(found.state()).toBe("ended");
  });

  it("tells of orders whole, as they change", async () => {
    const opened = await open();
    const orders: string[] = [];
    const found = stream(opened, {
      onOrders: (changed) => orders.push(...changed.map(({ orderRef }) => orderRef)),
    });
    await until(() => found.state() === "live", "live");
    const [book] = found.books();
    const [outcome] = await opened.venue.place({
      marketId: book.marketId,
      ladder: book.ladder,
      customerRef: "c",
      strategyRef: "s",
      marketVersion: null,
      orders: [
        {
          orderRef: "mine",
          selectionId: book.runners[0].selectionId,
          handicap: 0,
          side: "back",
          tick: 349,
          sizeMinor: 200,
          persistence: "lapse",
          fillOrKill: false,
        },
      ],
    });
    expect(outcome.kind).toBe("placed");
    await until(() => orders.includes("mine"), "told");
    expect([...found.orderFeed().orders.values()]).toMatchObject([
      { orderRef: "mine", remainingMinor: 200, executable: true },
    ]);
    found.close();
  });

  it("begins afresh when its clock is of another run", async () => {
    const opened = await open();
    const why: string[] = [];
    const found = stream(opened, { onState: (_, reason) => why.push(reason) });
    found.marketFeed().initialClk = "of another run";
    found.marketFeed().clk = "0";
    await until(() => found.state() === "live", "live");
    expect(why).toContain("INVALID_CLOCK");
    expect(found.connections()).toBe(2);
    found.close();
  });

  it("refuses a certificate of anybody else's", async () => {
    const [opened, other] = [await open(), await open()];
    const why: string[] = [];
    const { stream: place } = practiceHosts(opened.folder);
    const found = stream(opened, {
      profile: { stream: place, authority: practiceHosts(other.folder).authority },
      onState: (_, reason) => why.push(reason),
    });
    await until(() => why.length > 1, "refused");
    expect(found.state()).not.toBe("live");
    expect(why.some((reason) => /CERT|SIGNATURE|ISSUER|VERIFY/.test(reason))).toBe(true);
    found.close();
  });

  it("keeps the connection when too many markets are asked for", async () => {
    const opened = await open(CALM, 70);
    const why: string[] = [];
    const found = stream(opened, { orders: false, onState: (_, reason) => why.push(reason) });
    await until(() => why.includes("SUBSCRIPTION_LIMIT_EXCEEDED"), "refused");
    expect(found.connections()).toBe(1);
    found.close();
  });
});
