import { describe, expect, it } from "vitest";
import type { Reject } from "../../../src/warehouse/port.js";
import { file, RECEIVED, record } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

function reject(line: number, told: Partial<Reject> = {}): Reject {
  return {
    line,
    column: "B365H",
    rule: "price-not-numeric",
    text: "was x",
    raw: "E0,x",
    scope: "cell",
    ...told,
  };
}

const row = reject(3, { column: "", rule: "date-unreadable", scope: "row" });
const rejects = [reject(2), row];

export function quarantineContract(open: OpenWarehouse): void {
  describe("quarantine", () => {
    it("keeps what is needed to find and judge an entry, and counts rows and cells apart", async () => {
      const warehouse = await open();
      const spoilt = file([record()], { rejects });
      const outcome = await warehouse.writeFile(spoilt);
      expect(outcome).toMatchObject({ rows: 2, new: 1, quarantined: 1, quarantinedCells: 1 });
      const { sha256 } = spoilt.raw;
      const common = { sha256, path: "E0.csv", status: "open", firstSeen: RECEIVED };
      expect(await warehouse.quarantine()).toEqual([
        { id: 1, ...rejects[0], ...common },
        { id: 2, ...row, ...common },
      ]);
    });

    it("is found by id, rule, path and status", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()], { rejects }));
      await warehouse.writeFile(file([], { rejects: [reject(5)], raw: { path: "E1.csv" } }));
      const lines = async (query: Parameters<typeof warehouse.quarantine>[0]): Promise<number[]> =>
        (await warehouse.quarantine(query)).map(({ line }) => line);
      expect(await lines({ rule: "price-not-numeric" })).toEqual([2, 5]);
      expect(await lines({ path: "E0.csv" })).toEqual([2, 3]);
      expect(await lines({ id: 2 })).toEqual([3]);
      expect(await lines({ limit: 1 })).toEqual([2]);
      expect(await warehouse.setQuarantineStatus([2, 99], "dropped")).toBe(1);
      expect(await lines({ status: "dropped" })).toEqual([3]);
      expect(await lines({ status: "open" })).toEqual([2, 5]);
    });

    it("resolves what another reading of the same bytes can use, and keeps a person's word", async () => {
      const warehouse = await open();
      const raw = { sha256: "a".repeat(64) };
      await warehouse.writeFile(file([record()], { rejects: [...rejects, reject(9)], raw }));
      await warehouse.setQuarantineStatus([1], "dropped");
      const better = file([record(), record({ line: 3, home: "Hull" })], {
        rejects: [reject(2), reject(7)],
        raw: { ...raw, reading: "2" },
      });
      await warehouse.writeFile(better);
      const entries = await warehouse.quarantine();
      expect(entries.map(({ line, status }) => [line, status])).toEqual([
        [2, "dropped"],
        [3, "resolved"],
        [9, "resolved"],
        [7, "open"],
      ]);
    });
  });
}
