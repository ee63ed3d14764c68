import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "../../../src/ingest/parse/rule.js";

const page = readFileSync(new URL("../../../docs/data-quirks.md", import.meta.url), "utf8");

/** Rules of the page's table with their scope: `| a, b | scope | ...`. */
function documented(): Record<string, string> {
  const rows = page.split("\n").flatMap((line) => {
    const match = /^\| (`[^|]+`) \| (file|row|cell|warning) \|/.exec(line);
    return match ? [...match[1].matchAll(/`([^`]+)`/g)].map(([, rule]) => [rule, match[2]]) : [];
  });
  return Object.fromEntries(rows);
}

describe("docs/data-quirks.md", () => {
  it("explains every rule with its scope, and no other", () => {
    expect(documented()).toEqual(RULES);
  });

  it("answers for all forty quirks", () => {
    const numbers = page.split("\n").flatMap((line) => {
      const match = /^\| ([\d, ]+) \|/.exec(line);
      return match ? match[1].split(",").map(Number) : [];
    });
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });
});
