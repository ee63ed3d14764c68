import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeFailure, writeWhole } from "../../src/files/write-whole.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();

describe("writeWhole", () => {
  it("replaces a file and makes missing folders, private where the file is", () => {
    writeWhole(scratch("open/answer.csv"), "one");
    writeWhole(scratch("open/answer.csv"), "two");
    expect(readFileSync(scratch("open/answer.csv"), "utf8")).toBe("two");
    writeWhole(scratch("private/keys"), new Uint8Array([1, 2]), 0o600);
    expect(statSync(scratch("private")).mode & 0o777).toBe(0o700);
    expect(statSync(scratch("private/keys")).mode & 0o777).toBe(0o600);
  });

  it("leaves nothing beside the file, whether it could be written or not", () => {
    mkdirSync(scratch("taken/answer"), { recursive: true });
    writeFileSync(scratch("taken/answer/kept"), "");
    expect(() => writeWhole(scratch("taken/answer"), "text")).toThrow(/cannot write .*answer, was E/);
    expect(readdirSync(scratch("taken"))).toEqual(["answer"]);
    expect(readdirSync(scratch("open"))).toEqual(["answer.csv"]);
  });

  it.each([
    ["ENOSPC", "disk full while writing a.csv"],
    ["EDQUOT", "disk full while writing a.csv"],
    ["EFBIG", "disk full while writing a.csv"],
    ["EROFS", "not allowed to write a.csv"],
    ["EIO", "cannot write a.csv, was EIO"],
  ])("says %s in words", (code, words) => {
    expect(writeFailure("a.csv", Object.assign(new Error(code), { code })).message).toBe(words);
  });
});
