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

export async function open(rates: FaultRates = CALM, matches = 2): Promise<Opened> {
  return openPractice({
    rates,
    pacing: { wall: Date.now(), from: NOON, speed: SPEED },
    exchange: { seed: 7, startsAt: NOON, fixtures: madeUpFixtures(matches, NOON), balanceMinor: 1_000_000 },
  });
}

/** A token for each asking, by a login of its own: no session is shared with the venue. */
export function tokens({ folder }: Opened): StreamOptions["token"] {
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

export function stream(opened: Opened, told: Partial<StreamOptions> = {}): Stream {
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

export async function until(test: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (test()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never ${what}`);
}
