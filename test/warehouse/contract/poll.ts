import { describe, expect, it } from "vitest";
import type { PollRecord } from "../../../src/warehouse/port.js";
import type { OpenWarehouse } from "../contract.js";

const STORED: PollRecord = { outcome: "stored", prices: 12, detail: "", notBefore: null };
const FAILED: PollRecord = { outcome: "failed", prices: 0, detail: "HTTP 503", notBefore: 9000 };

export function pollContract(open: OpenWarehouse): void {
  describe("a poll", () => {
    it("counts from its start, and as a failure until it says what came of it", async () => {
      const warehouse = await open();
      await warehouse.beginPoll({ source: "a", request: "E0", at: 1000 });
      expect(await warehouse.pollStates()).toMatchObject([
        { source: "a", request: "E0", lastPoll: 1000, lastSuccess: null, failures: 1, notBefore: null },
      ]);
      expect(await warehouse.pollCount("a", 1000)).toBe(1);
      expect(await warehouse.pollCount("a", 1001)).toBe(0);
      expect(await warehouse.pollCount("b", 0)).toBe(0);
    });

    it("that succeeds ends the failures before it", async () => {
      const warehouse = await open();
      const send = async (at: number, record: PollRecord) =>
        warehouse.endPoll(await warehouse.beginPoll({ source: "a", request: "E0", at }), record);
      await send(1000, STORED);
      await send(2000, FAILED);
      await send(3000, FAILED);
      const failing = { lastPoll: 3000, lastSuccess: 1000, failures: 2, detail: "HTTP 503", notBefore: 9000 };
      expect(await warehouse.pollStates()).toEqual([{ source: "a", request: "E0", ...failing }]);
      await send(4000, { ...STORED, outcome: "unchanged" });
      const well = { lastPoll: 4000, lastSuccess: 4000, failures: 0, detail: "", notBefore: null };
      expect(await warehouse.pollStates()).toEqual([{ source: "a", request: "E0", ...well }]);
      expect(await warehouse.pollCount("a", 0)).toBe(4);
    });

    it("is kept apart by source and request, in their order", async () => {
      const warehouse = await open();
      for (const [source, request] of [
        ["b", "E0"],
        ["a", "E1"],
        ["a", "E0"],
      ] as const)
        await warehouse.beginPoll({ source, request, at: 1000 });
      const states = await warehouse.pollStates();
      expect(states.map(({ source, request }) => [source, request])).toEqual([
        ["a", "E0"],
        ["a", "E1"],
        ["b", "E0"],
      ]);
    });

    it("is forgotten when it is old", async () => {
      const warehouse = await open();
      for (const at of [1000, 2000]) await warehouse.beginPoll({ source: "a", request: "E0", at });
      await warehouse.beginPoll({ source: "a", request: "E1", at: 1500 });
      expect(await warehouse.forgetPolls(2000)).toBe(2);
      expect(await warehouse.pollStates()).toMatchObject([{ request: "E0", lastPoll: 2000 }]);
      expect(await warehouse.pollCount("a", 0)).toBe(1);
    });
  });
}
