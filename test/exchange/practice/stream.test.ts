import { describe, expect, it } from "vitest";
import { createRng } from "../../../src/core/rng.js";
import { readCredentials } from "../../../src/exchange/betfair/credentials.js";
import { login } from "../../../src/exchange/betfair/login.js";
import { originsOf } from "../../../src/exchange/betfair/profile.js";
import type { TokenReply } from "../../../src/exchange/betfair/session.js";
import { openStream, type Stream, type StreamOptions } from "../../../src/exchange/betfair/stream/stream.js";
import { undiciTransport } from "../../../src/exchange/betfair/undici-transport.js";
import { CALM, type FaultRates } from "../../../src/exchange/practice/faults.js";
import { madeUpFixtures } from "../../../src/exchange/practice/made-up-fixtures.js";
import { practiceHosts, stateFolder } from "../../../src/exchange/practice/state-folder.js";
import { NOON, type Opened, openPractice } from "./open.js";

const SPEED = 100;

async function open(rates: FaultRates = CALM, matches = 2): Promise<Opened> {
  return openPractice({
    rates,
    pacing: { wall: Date.now(), from: NOON, speed: SPEED },
    exchange: { seed: 7, startsAt: NOON, fixtures: madeUpFixtures(matches, NOON), balanceMinor: 1_000_000 },
  });
}

/** A token for each asking, by a login of its own: no session is shared with the venue. */
function tokens({ folder }: Opened): StreamOptions["token"] {
  const credentials = readCredentials(stateFolder(folder).credentials);
  const profile = practiceHosts(folder);
  const transport = undiciTransport({
    origins: originsOf(profile),
    authority: profile.authority,
    certificate: credentials.certificate,
    certOrigin: profile.api,
  });
  return async (): Promise<TokenReply> => {
    const reply = await login(transport, profile, credentials);
    return reply.kind === "denied" ? { kind: "unauthorised", code: reply.code, detail: "" } : reply;
  };
}

function stream(opened: Opened, told: Partial<StreamOptions> = {}): Stream {
  return openStream({
    profile: practiceHosts(opened.folder),
    appKey: readCredentials(stateFolder(opened.folder).credentials).appKey,
    token: tokens(opened),
    marketIds: [...opened.running.exchange.markets.keys()],
    orders: true,
    rng: createRng(1),
    heartbeatMs: 500,
    pauseMs: 20,
    ...told,
  });
}

async function until(test: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (test()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never ${what}`);
}

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

  it("is taken up again where it broke, and calls its books unreliable meanwhile", async () => {
    const opened = await open({ ...CALM, stream: { "stream-reset": 0.2 } });
    const found = stream(opened);
    const seen = { broken: 0, unreliable: 0 };
    await until(() => found.state() === "live", "live");
    const first = found.marketFeed();
    await until(() => {
      if (found.state() !== "live" && found.books().length > 0) {
        seen.broken += 1;
        if (found.books().every(({ unreliable }) => unreliable)) seen.unreliable += 1;
      }
      return found.connections() >= 4 && found.state() === "live";
    }, "live again");
    // The same feed went on: nothing was begun afresh.
    expect(found.marketFeed()).toBe(first);
    expect(seen.broken).toBeGreaterThan(0);
    expect(seen.unreliable).toBe(seen.broken);
    found.close();
  });

  it("finds out that a connection is half open within two heartbeats", async () => {
    const opened = await open({ ...CALM, stream: { "stream-half-open": 0.05 } });
    const why: string[] = [];
    const found = stream(opened, { onState: (_, reason) => why.push(reason) });
    await until(() => why.includes("SILENCE"), "silent");
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
