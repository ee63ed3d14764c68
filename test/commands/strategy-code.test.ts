import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadCode } from "../../src/commands/shared/strategy-code.js";
import { readFiledStrategy, readStrategies } from "../../src/commands/shared/strategy-file.js";
import { decide } from "../../src/strategy/decide.js";
import { SHORT } from "../strategy/example.js";
import { viewOf } from "../strategy/views.js";
import { scratchFolder } from "../support/scratch.js";

const path = scratchFolder();
let files = 0;

/** A strategy file with its code beside it; `keys` go into the strategy. */
function filed(code: string, keys = "", name = "my.mjs") {
  const folder = `case-${files++}`;
  mkdirSync(path(folder));
  writeFileSync(path(`${folder}/${name}`), code);
  writeFileSync(path(`${folder}/s.yaml`), `${SHORT}strategy: ./${name}\n${keys}`);
  return readFiledStrategy(path(`${folder}/s.yaml`));
}

const HOME = `export const apiVersion = 1;
export const decide = () => [{ market: "MATCH_ODDS", runner: "HOME", stake: 5, probability: 0.6, because: "a, b" }];
`;

describe("loadCode", () => {
  it("picks by code, at the program's prices and within its limits", async () => {
    const { strategy, picker } = await loadCode(filed(HOME, "limits: { perBet: 4 }\n"), true);
    const [bet, ...rest] = decide(strategy, viewOf(), picker);
    expect(rest).toEqual([]);
    // Its own 0.6 at 2.20: 32%; 5.00 asked for, 4.00 allowed.
    expect(bet).toMatchObject({ runner: "HOME", price: 2.2, probability: 0.6, stakeMinor: 400 });
    expect(bet?.edge).toBeCloseTo(0.32, 12);
    expect(bet?.because).toContain("a b; stake of the code cut by perBet");
  });

  it("reads TypeScript where something here can", async () => {
    const code = `export const apiVersion: number = 1;
export function decide(view: { readonly asOf: number }): readonly object[] {
  return view.asOf > 0 ? [] : [];
}
`;
    const { picker } = await loadCode(filed(code, "", "my.ts"), true);
    expect(picker?.(viewOf())).toEqual([]);
  });

  it("hands out a view that cannot be written to", async () => {
    const code = `export const apiVersion = 1;
export const decide = (view) => { view.books[0].runners[0].chance = null; return []; };`;
    const { picker } = await loadCode(filed(code), true);
    expect(() => picker?.(viewOf())).toThrow(/my\.mjs failed at Ash v Birch: Cannot assign to read only/);
  });

  it.each([
    ["without leave", HOME, "", false, /code is not allowed, was \.\/my\.mjs/],
    ["for another contract", "export const apiVersion = 2;", "", true, /must export apiVersion 1, was 2/],
    [
      "without decide",
      "export const apiVersion = 1;",
      "",
      true,
      /must export a function decide, was undefined/,
    ],
    ["that is no code", "export const", "", true, /cannot load/],
    [
      "that is not the one pinned",
      HOME,
      `codeHash: "${"0".repeat(64)}"\n`,
      true,
      /is not the code that .* was written for/,
    ],
  ] as const)("refuses code %s", async (_, code, keys, allowed, message) => {
    await expect(loadCode(filed(code, keys), allowed)).rejects.toThrow(message);
  });

  it.each([
    ["null", /decide must return a list of picks, was null/],
    ['[{ market: "MATCH_ODS", runner: "HOME" }]', /picks\[0\]\.market must be one of MATCH_ODDS/],
    [
      '[{ market: "MATCH_ODDS", runner: "OVER" }]',
      /picks\[0\]\.runner must be one of HOME, DRAW, AWAY, was OVER/,
    ],
    ['[{ market: "MATCH_ODDS", runner: "HOME", stake: Infinity }]', /picks\[0\]\.stake must be a number/],
    [
      '[{ market: "MATCH_ODDS", runner: "HOME", probability: NaN }]',
      /picks\[0\]\.probability must be a number/,
    ],
    [
      '[{ market: "MATCH_ODDS", runner: "HOME", prize: 3 }]',
      /picks\[0\] has a key that means nothing, was prize/,
    ],
  ] as const)("refuses the answer %s", async (answer, message) => {
    const { picker } = await loadCode(
      filed(`export const apiVersion = 1;\nexport const decide = () => (${answer});`),
      true,
    );
    expect(() => picker?.(viewOf())).toThrow(message);
  });

  it("refuses a link that leads out of the strategy's folder", async () => {
    const { file, strategy } = filed(HOME);
    writeFileSync(path("outside.mjs"), HOME);
    symlinkSync(path("outside.mjs"), file.replace("s.yaml", "link.mjs"));
    const linked = { ...strategy, code: { path: "./link.mjs", hash: null } };
    await expect(loadCode({ file, strategy: linked }, true)).rejects.toThrow(/must lie below the folder of/);
    const missing = { ...strategy, code: { path: "./none.mjs", hash: null } };
    await expect(loadCode({ file, strategy: missing }, true)).rejects.toThrow(/no code beside/);
  });
});

describe("a folder of strategies", () => {
  it("is read in the order of its names, and one of them is chosen by its own", () => {
    mkdirSync(path("many"));
    for (const name of ["b", "a"])
      writeFileSync(path(`many/${name}.yaml`), SHORT.replace("name: short", `name: ${name}`));
    writeFileSync(path("many/notes.txt"), "no strategy");
    expect(readStrategies(path("many")).map(({ strategy }) => strategy.name)).toEqual(["a", "b"]);
    expect(readFiledStrategy(`${path("many")}#b`).strategy.name).toBe("b");
    expect(() => readFiledStrategy(path("many"))).toThrow(/holds several strategies: a, b$/);
    expect(() => readFiledStrategy(`${path("many")}#c`)).toThrow(/holds no strategy of that name, was c$/);
  });
});
