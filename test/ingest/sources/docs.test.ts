import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sourcesSchema } from "../../../src/config/sources.js";
import { FEED_RULES } from "../../../src/ingest/parse/feed/rule.js";
import { FEEDS } from "../../../src/ingest/sources/feeds.js";

const page = (name: string): string =>
  readFileSync(new URL(`../../../docs/sources/${name}.md`, import.meta.url), "utf8");

describe("the pages about sources", () => {
  it("name every rule", () => {
    const rules = page("rules");
    expect(Object.keys(FEED_RULES).filter((rule) => !rules.includes(`\`${rule}\``))).toEqual([]);
  });

  it("are there for every source, and the overview leads to them", () => {
    for (const { name } of FEEDS) {
      expect(page(name).length).toBeGreaterThan(200);
      expect(page("README")).toContain(`(${name}.md)`);
    }
  });

  it("and the settings know the same sources", () => {
    const names = FEEDS.map(({ name }) => name).sort();
    const settings = Object.keys(sourcesSchema.shape).filter(
      (name) => !["football-data", "mapped"].includes(name),
    );
    expect(settings.sort()).toEqual(names);
  });
});
