import { describe, expect, it } from "vitest";
import { createLineCutter, cutLines, endLines } from "../../../src/exchange/recorded/lines.js";

describe("lines out of chunks", () => {
  const cut = (chunks: Uint8Array[], longest?: number) => {
    const lines: (string | null)[] = [];
    const cutter = createLineCutter((line) => lines.push(line), longest);
    for (const chunk of chunks) cutLines(cutter, chunk);
    endLines(cutter);
    return lines;
  };

  it("are the same however the bytes are cut, characters of several bytes included", () => {
    const bytes = Buffer.from("één\n\nтри\nlast");
    const expected = ["één", "", "три", "last"];
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(cut(chunks)).toEqual(expected);
    }
  });

  it("leave out one that is too long to hold, and go on after it", () => {
    expect(cut([Buffer.from("ab\ncd"), Buffer.from("efgh"), Buffer.from("ij\nk\n")], 5)).toEqual([
      "ab",
      null,
      "k",
    ]);
  });
});
