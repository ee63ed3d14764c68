import { mkdirSync, writeFileSync } from "node:fs";
import { PassThrough, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Input, inputsOf } from "../../src/ingest/inputs.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();
const NOTHING = Readable.from([]);

async function texts(inputs: readonly Input[]): Promise<string[]> {
  const read = await Promise.all(inputs.map((input) => input.read()));
  return read.map((bytes) => Buffer.from(bytes).toString());
}

describe("inputsOf", () => {
  it("takes a folder's season files in the order of their names, at any depth, and nothing else", async () => {
    mkdirSync(scratch("tree/b"), { recursive: true });
    writeFileSync(scratch("tree/b/E0.CSV"), "b");
    writeFileSync(scratch("tree/a.csv.gz"), gzipSync("a"));
    writeFileSync(scratch("tree/notes.txt"), "no");
    writeFileSync(scratch("tree/z.csv"), "z");
    const inputs = inputsOf([scratch("tree")], NOTHING);
    expect(inputs.map(({ path }) => path.slice(scratch("tree/").length))).toEqual([
      "a.csv.gz",
      "b/E0.CSV",
      "z.csv",
    ]);
    expect(await texts(inputs)).toEqual(["a", "b", "z"]);
  });

  it("takes a named file whatever it is called, and standard input packed or not", async () => {
    writeFileSync(scratch("odd.data"), "odd");
    const packed = Readable.from([gzipSync("packed").subarray(0, 5), gzipSync("packed").subarray(5)]);
    expect(await texts(inputsOf([scratch("odd.data"), "-"], packed))).toEqual(["odd", "packed"]);
  });

  it("refuses what is not there, and a folder without a file", () => {
    mkdirSync(scratch("bare"));
    expect(() => inputsOf([scratch("gone")], NOTHING)).toThrow(/no such file or folder, was .*gone/);
    expect(() => inputsOf([scratch("bare")], NOTHING)).toThrow(/no \.csv or \.csv\.gz file under .*bare/);
  });

  it("stops waiting for standard input when told to", async () => {
    const stop = new AbortController();
    const [input] = inputsOf(["-"], new PassThrough());
    const waiting = input.read(stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow(/abort/);
  });
});
