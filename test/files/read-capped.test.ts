import { mkdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readCapped, reading, unpack } from "../../src/files/read-capped.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();
const MIB = 1024 * 1024;

describe("unpack", () => {
  it("leaves what is not packed as it is", () => {
    const bytes = Buffer.from("Div,Date\n");
    expect(unpack(bytes, "E0.csv")).toBe(bytes);
    expect(unpack(new Uint8Array(0), "E0.csv")).toHaveLength(0);
  });

  // Zeros pack about 1,030 times: more than the 200 times allowed, which counts beyond 16 MiB only.
  it.each([
    [16 * MIB, null],
    [17 * MIB, /E0\.csv\.gz unpacks to more than its size allows, was \d+ bytes packed/],
  ])("opens %i bytes of zeros or names the bomb", (size, refused) => {
    const packed = gzipSync(Buffer.alloc(size));
    if (refused) expect(() => unpack(packed, "E0.csv.gz")).toThrow(refused);
    else expect(unpack(packed, "E0.csv.gz")).toHaveLength(size);
  });

  it("refuses every truncation of a packed file", () => {
    const packed = gzipSync("Div,Date,HomeTeam\n".repeat(50));
    for (let length = 2; length < packed.length; length++)
      expect(() => unpack(packed.subarray(0, length), "x.gz")).toThrow(
        /x\.gz is a damaged or truncated gzip file/,
      );
  });
});

describe("a path that cannot be read", () => {
  it("is the operator's problem, with its name", () => {
    mkdirSync(scratch("folder"));
    expect(() => readCapped(scratch("folder"))).toThrow(/folder is a folder, not a file/);
    expect(() => readCapped(scratch("gone"))).toThrow(/cannot read .*gone, was ENOENT/);
    const denied = Object.assign(new Error("no"), { code: "EACCES" });
    const refuse = (): never => {
      throw denied;
    };
    expect(() => reading("secret.csv", refuse)).toThrow("not allowed to read secret.csv");
  });

  it("is read when it can be", () => {
    writeFileSync(scratch("a.csv.gz"), gzipSync("one\n"));
    expect(Buffer.from(readCapped(scratch("a.csv.gz"))).toString()).toBe("one\n");
  });
});
