import { describe, expect, it } from "vitest";
import { decodeText, decodeWindows1252 } from "../../../src/ingest/parse/decode.js";
import { lineText, splitLines } from "../../../src/ingest/parse/lines.js";

describe("decodeText", () => {
  it("takes a byte-order mark off", () => {
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x44, 0x69, 0x76))).toBe("Div");
  });

  it("reads strict UTF-8 before it falls back to windows-1252", () => {
    expect(decodeText(new TextEncoder().encode("Preußen Münster"))).toBe("Preußen Münster");
    expect(decodeText(Uint8Array.of(0x4d, 0xfc, 0x6e))).toBe("Mün");
    expect(decodeText(Uint8Array.of(0x67, 0x92, 0x73))).toBe("g’s");
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0xfc))).toBe("ü");
  });

  it("keeps a mark in the middle, for the header to drop", () => {
    expect(decodeText(new TextEncoder().encode("a\n\ufeffDiv"))).toBe("a\n\ufeffDiv");
  });
});

describe("decodeWindows1252", () => {
  it("knows the 27 characters that latin-1 does not", () => {
    // https://en.wikipedia.org/wiki/Windows-1252: euro, low quotes, dashes, ligatures; five bytes are unassigned.
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index);
    const text = decodeWindows1252(bytes);
    expect(text).toHaveLength(32);
    expect([text[0], text[0x12], text[0x13], text[0x19], text[0x1f]]).toEqual(["€", "’", "“", "™", "Ÿ"]);
    expect([0x01, 0x0d, 0x0f, 0x10, 0x1d].map((at) => text.charCodeAt(at))).toEqual([
      0x81, 0x8d, 0x8f, 0x90, 0x9d,
    ]);
  });

  it("is latin-1 elsewhere, and works across its chunks", () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index % 2 ? 0xe9 : 0x41));
    expect(decodeWindows1252(bytes)).toBe("Aé".repeat(10_000));
  });
});

describe("splitLines", () => {
  it.each([
    ["a\nb\n", ["a", "b"]],
    ["a\r\nb\r\n", ["a", "b"]],
    ["a\rb\r", ["a", "b"]],
    ["a\r\nb\rc\nd", ["a", "b", "c", "d"]],
    ["a\n\n", ["a", ""]],
    ["\n", [""]],
    ["", []],
  ])("splits %j", (text, expected) => {
    const lines = splitLines(text);
    expect(lines.starts.map((_, index) => lineText(lines, index))).toEqual(expected);
  });
});
