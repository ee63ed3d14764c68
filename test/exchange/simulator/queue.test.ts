import { describe, expect, it } from "vitest";
import { bestLayTick } from "../../../src/exchange/recorded/book.js";
import { recordingsOf } from "../../../src/exchange/recorded/mcm.js";
import type { MarketRecording } from "../../../src/exchange/recorded/recording.js";
import type { QueueMode } from "../../../src/exchange/simulator/options.js";
import { placeOrder } from "../../../src/exchange/simulator/send.js";
import { openSimulation, step } from "../../../src/exchange/simulator/simulation.js";
import { sharedAvailable } from "../../support/shared.js";
import { readSample } from "../recorded/samples.js";

const EVERY = 700;
/** Updates that an order is given. */
const PATIENCE = 2000;

/** What the same orders match under a queue mode: each on its own, so that none takes another's volume. */
function matched(recording: MarketRecording, queue: QueueMode, count: number): number[] {
  return Array.from({ length: count }, (_, which) => matchedAlone(recording, queue, which));
}

function matchedAlone(recording: MarketRecording, queue: QueueMode, which: number): number {
  const simulation = openSimulation(recording, { queue });
  const { book } = simulation;
  for (let updates = 0; step(simulation); updates++) {
    if (updates > 1100 + which * EVERY + PATIENCE) break;
    if (updates !== 1100 + which * EVERY) continue;
    const runner = book.runners[which % book.runners.length];
    const tick = bestLayTick(runner);
    if (tick < 0) return 0;
    const { selectionId, handicap } = runner;
    placeOrder(simulation, {
      type: "LIMIT",
      selectionId,
      handicap,
      side: "BACK",
      price: book.ladder.price(tick),
      sizeMinor: 5000,
      persistence: "LAPSE",
    });
  }
  return simulation.orders[0]?.matchedMinor ?? 0;
}

describe.skipIf(!sharedAvailable)("queue modes on a real market", () => {
  it("never fill less from pessimistic over peer to optimistic, and differ", () => {
    const [recording] = recordingsOf(readSample("flumine/1.200806927.gz"));
    const modes = (["pessimistic", "peer", "optimistic"] as const).map((queue) =>
      matched(recording, queue, 24),
    );
    const [pessimistic, peer, optimistic] = modes;
    peer.forEach((size, i) => {
      expect(pessimistic[i], `order ${i}`).toBeLessThanOrEqual(size);
      expect(size, `order ${i}`).toBeLessThanOrEqual(optimistic[i]);
    });
    const [least, middle, most] = modes.map((sizes) => sizes.reduce((a, b) => a + b));
    expect(least).toBeLessThan(middle);
    expect(middle).toBeLessThan(most);
  });
});
