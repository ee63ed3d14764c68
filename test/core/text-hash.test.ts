import { describe, expect, it } from "vitest";
import { textHash } from "../../src/core/text.js";

describe("textHash", () => {
  // Source: the FNV reference test suite, 32-bit FNV-1a of "", "a" and "foobar".
  it.each([
    ["", 0x811c9dc5],
    ["a", 0xe40c292c],
    ["foobar", 0xbf9cf968],
  ])("of %j is the published value", (text, expected) => expect(textHash(text)).toBe(expected));
});
