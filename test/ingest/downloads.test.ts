import { describe, expect, it } from "vitest";
import { readAhead } from "../../src/ingest/downloads.js";
import type { Input } from "../../src/ingest/inputs.js";

/** Inputs that tell when their reading begins; those of `broken` fail. */
function made(count: number, begun: number[], broken: readonly number[] = []): Input[] {
  return Array.from({ length: count }, (_, at) => ({
    path: String(at),
    read: async () => {
      begun.push(at);
      if (broken.includes(at)) throw new Error(`broken ${at}`);
      return Uint8Array.of(at);
    },
  }));
}

describe("reading ahead", () => {
  it("keeps the order and never more than its width on the way", async () => {
    const begun: number[] = [];
    const read: number[] = [];
    for (const input of readAhead(made(7, begun), 3)) {
      read.push((await input.read())[0] ?? -1);
      expect(begun.length - read.length).toBeLessThan(3);
    }
    expect(read).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(begun).toEqual(read);
  });

  it("fails for the input that failed, when its turn comes, and for no other", async () => {
    const failed: string[] = [];
    for (const input of readAhead(made(5, [], [1, 3]), 4))
      await input.read().catch(() => failed.push(input.path));
    expect(failed).toEqual(["1", "3"]);
  });

  it("takes in what is added while it reads", async () => {
    const inputs = made(2, []);
    const paths: string[] = [];
    for (const input of readAhead(inputs, 4)) {
      if (paths.length === 1) inputs.push({ path: "next page", read: async () => Uint8Array.of(9) });
      await input.read();
      paths.push(input.path);
    }
    expect(paths).toEqual(["0", "1", "next page"]);
  });
});
