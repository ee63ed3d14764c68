import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

describe("the library", () => {
  it('is what `import ... from "statistico"` gives, types beside it', async () => {
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(manifest.exports["."]).toEqual({ types: "./dist/types/index.d.ts", import: "./dist/index.js" });
    expect(readFileSync(new URL("../dist/types/index.d.ts", import.meta.url), "utf8")).toContain("fitGoals");
    // Resolved by the package's own name, as a researcher's program would.
    const name = "statistico";
    const library: typeof import("../src/index.js") = await import(/* @vite-ignore */ name);
    // Independent Poisson: P(home) + P(draw) + P(away) = 1; and equal rates are symmetric.
    const { HOME, DRAW, AWAY } = library.priceEverything({ homeRate: 1.3, awayRate: 1.3, rho: 0 }).markets
      .MATCH_ODDS;
    expect(HOME).toBeCloseTo(AWAY, 14);
    expect(HOME + DRAW + AWAY).toBeCloseTo(1, 11);
  });

  it("says the version of package.json", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(readFileSync(new URL("../dist/cli.cjs", import.meta.url), "utf8")).toContain(version);
  });
});
