import { chmodSync, writeFileSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { type KeyHome, readKey } from "../../../../src/ingest/sources/http/key-file.js";
import { scratchFolder } from "../../../support/scratch.js";

const scratch = scratchFolder();
const CANARY = "canary-4f1d9a7be2";

function keyFile(name: string, text: string, mode: number): string {
  writeFileSync(scratch(name), text);
  chmodSync(scratch(name), mode);
  return scratch(name);
}

describe("a key", () => {
  it("is read from a file for the owner alone, or from the variable that is named", () => {
    const file = keyFile("key", `${CANARY}\n`, 0o600);
    expect(readKey("feed", { keyFile: file }, {})?.reveal()).toBe(CANARY);
    expect(readKey("feed", { keyEnv: "FEED_KEY" }, { FEED_KEY: CANARY })?.reveal()).toBe(CANARY);
    expect(readKey("feed", {}, { FEED_KEY: CANARY })).toBeNull();
  });

  it.each([0o604, 0o640, 0o660, 0o601])("is refused from a file of mode %o, without being read", (mode) => {
    const file = keyFile(`loose-${mode}`, CANARY, mode);
    const read = () => readKey("feed", { keyFile: file }, {});
    expect(read).toThrow(`may be read by others than its owner, was mode 0${mode.toString(8)}`);
    expect(read).toThrow(expect.objectContaining({ kind: "usage", hint: `chmod 600 ${file}` }));
  });

  it.each<readonly [string, KeyHome, Readonly<Record<string, string>>]>([
    ["an empty file", { keyFile: "empty" }, {}],
    ["two lines", { keyFile: "two" }, {}],
    ["a variable that is not set", { keyEnv: "FEED_KEY" }, {}],
    ["a file and a variable at once", { keyFile: "empty", keyEnv: "FEED_KEY" }, { FEED_KEY: CANARY }],
  ])("is refused from %s, and never quoted", (_, home, env) => {
    keyFile("empty", "\n", 0o600);
    keyFile("two", `${CANARY}\n${CANARY}`, 0o600);
    const told = home.keyFile === undefined ? home : { ...home, keyFile: scratch(home.keyFile) };
    try {
      readKey("feed", told, env);
      expect.unreachable();
    } catch (error) {
      expect(inspect(error)).not.toContain(CANARY);
      expect(error).toMatchObject({ kind: "usage" });
    }
  });

  it("is in nothing that a program prints", () => {
    const secret = readKey("feed", { keyEnv: "FEED_KEY" }, { FEED_KEY: CANARY });
    expect(
      `${JSON.stringify(secret)} ${inspect(secret, { depth: 9, showHidden: true })} ${secret}`,
    ).not.toContain(CANARY);
  });
});
