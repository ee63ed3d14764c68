import { describe, expect, it } from "vitest";
import { file, record, seasonRecords } from "../../support/records.js";
import type { OpenWarehouse } from "../contract.js";

const limits = { limit: 100, timeoutMs: 10_000 };

export function healthContract(open: OpenWarehouse): void {
  describe("health", () => {
    it("finds nothing wrong with what was written through the port", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file(seasonRecords()));
      await warehouse.contentHash();
      expect(await warehouse.check()).toEqual([]);
    });
  });

  describe("a person's query", () => {
    it("answers with columns and rows", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      const answer = await warehouse.query("SELECT 1 AS one, 'a' AS letter, NULL AS unknown", limits);
      expect(answer).toEqual({
        columns: ["one", "letter", "unknown"],
        rows: [[1, "a", null]],
        truncated: false,
      });
    });

    it("stops at the limit and says so", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file(seasonRecords()));
      const answer = await warehouse.query("SELECT id FROM fixture ORDER BY id", { ...limits, limit: 3 });
      expect(answer).toEqual({ columns: ["id"], rows: [[1], [2], [3]], truncated: true });
    });

    it("cannot write", async () => {
      const warehouse = await open();
      await warehouse.writeFile(file([record()]));
      for (const sql of [
        "DELETE FROM price",
        "DELETE FROM fixture RETURNING id",
        "DROP TABLE price",
        "SELECT 1; DROP TABLE price",
      ])
        await expect(warehouse.query(sql, limits)).rejects.toMatchObject({
          name: "StatisticoError",
          kind: "usage",
        });
      expect(await warehouse.counts()).toMatchObject({ fixtures: 1 });
    });

    it("is told what is wrong with it", async () => {
      const warehouse = await open();
      await expect(warehouse.query("SELEC 1", limits)).rejects.toMatchObject({
        kind: "usage",
        message: /syntax error/,
      });
    });

    it("is stopped in time", async () => {
      const warehouse = await open();
      const endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
      await expect(warehouse.query(endless, { limit: 1, timeoutMs: 200 })).rejects.toMatchObject({
        kind: "failed",
        message: "the query was stopped after 200 ms",
      });
    });
  });
}
