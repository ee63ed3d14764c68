import { describe, expect, it } from "vitest";
import { CALM } from "../../../src/exchange/practice/faults.js";
import { open, stream, until } from "./streams.js";

describe("a stream that breaks", () => {
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
});
