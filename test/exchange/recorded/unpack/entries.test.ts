import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isStatisticoError } from "../../../../src/core/errors.js";
import { entriesOf } from "../../../../src/exchange/recorded/unpack/entries.js";
import { LIMITS, type Limits, openBudget } from "../../../../src/exchange/recorded/unpack/limits.js";
import { walkFiles } from "../../../../src/exchange/recorded/unpack/walk.js";
import { tarHeader, tarMember } from "../../../support/tar.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "unpack-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Seen {
  readonly name: string;
  readonly text?: string;
  readonly why?: string;
}

/** Every entry of a file: its bytes as text, or why it was refused; a failure while reading counts as refused. */
async function read(name: string, limits: Partial<Limits> = {}): Promise<Seen[]> {
  const seen: Seen[] = [];
  const prefix = `${folder}/`;
  for await (const entry of entriesOf(join(folder, name), openBudget({ ...LIMITS, ...limits }))) {
    const short = entry.name.replace(prefix, "");
    if (entry.kind === "refused") seen.push({ name: short, why: entry.why.replaceAll(prefix, "") });
    else seen.push({ name: short, ...(await outcome(entry.chunks)) });
  }
  return seen;
}

async function outcome(chunks: AsyncIterable<Uint8Array>): Promise<{ text: string } | { why: string }> {
  const parts: Uint8Array[] = [];
  try {
    for await (const chunk of chunks) parts.push(chunk);
  } catch (error) {
    if (!isStatisticoError(error)) throw error;
    return { why: error.message.replaceAll(`${folder}/`, "") };
  }
  return { text: Buffer.concat(parts).toString("latin1") };
}

const write = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes);

const tar = (...members: Buffer[]) => Buffer.concat([...members, Buffer.alloc(1024)]);
const bzip2 = (bytes: Uint8Array | string) =>
  spawnSync("bzip2", ["-c"], { input: bytes, maxBuffer: 1e9 }).stdout;

describe("entries of a file", () => {
  it("reads plain, gzip and bz2 alike, whatever their name", async () => {
    write("a", "one\n");
    write("b", gzipSync("one\n"));
    write("c.gz", bzip2("one\n"));
    for (const name of ["a", "b", "c.gz"]) expect(await read(name)).toEqual([{ name, text: "one\n" }]);
  });

  it("reads a tar of packed files, and a tar that is packed itself", async () => {
    const plain = tar(
      tarHeader("2022/", 0, "5"),
      tarMember("2022/1.1.bz2", bzip2("one\n")),
      tarMember("2022/1.2", "two\n"),
    );
    const expected = (name: string) => [
      { name: `${name}!2022/1.1.bz2`, text: "one\n" },
      { name: `${name}!2022/1.2`, text: "two\n" },
    ];
    write("m.tar", plain);
    write("m.tar.gz", gzipSync(plain));
    write("m.tar.bz2", bzip2(plain));
    for (const name of ["m.tar", "m.tar.gz", "m.tar.bz2"]) expect(await read(name)).toEqual(expected(name));
  });

  it("reads what the system's tar writes, long names included", async () => {
    const long = `${"deep/".repeat(40)}1.23`;
    mkdirSync(join(folder, "tree", "deep/".repeat(40)), { recursive: true });
    writeFileSync(join(folder, "tree", long), "one\n");
    for (const format of ["gnu", "pax", "ustar"]) {
      spawnSync("tar", [`--format=${format}`, "-cf", `../${format}.tar`, long], {
        cwd: join(folder, "tree"),
      });
      expect(await read(`${format}.tar`)).toEqual([{ name: `${format}.tar!${long}`, text: "one\n" }]);
    }
  });

  it("goes on after a member nobody read", async () => {
    write(
      "skip.tar",
      tar(
        tarMember("1.1", "x".repeat(5000)),
        tarMember("1.2", bzip2("y".repeat(5000))),
        tarMember("1.3", "z"),
      ),
    );
    const names: string[] = [];
    for await (const entry of entriesOf(join(folder, "skip.tar"), openBudget()))
      names.push(entry.name.slice(-3));
    expect(names).toEqual(["1.1", "1.2", "1.3"]);
  });

  it("gives an empty file as a file with nothing in it", async () => {
    write("empty.bz2", "");
    expect(await read("empty.bz2")).toEqual([{ name: "empty.bz2", text: "" }]);
  });
});

describe("what is refused, by name", () => {
  it("links, devices and names that leave the folder", async () => {
    write(
      "hostile.tar",
      tar(
        tarMember("../../etc/cron.d/x", "x"),
        tarMember("/etc/passwd", "x"),
        tarMember("a/../../b", "x"),
        tarMember("C:\\x", "x"),
        tarMember("link", "", "2"),
        tarMember("hard", "", "1"),
        tarMember("device", "", "3"),
        tarMember("good", "ok"),
      ),
    );
    expect((await read("hostile.tar")).map(({ why, text }) => why ?? text)).toEqual([
      "name leaves the folder",
      "absolute name",
      "name leaves the folder",
      "absolute name",
      "link",
      "link",
      "not a file",
      "ok",
    ]);
  });

  it("a tar cut short, after what stands before the cut", async () => {
    const whole = tar(tarMember("1.1", "one\n"), tarMember("1.2", "y".repeat(2000)));
    write("cut.tar", whole.subarray(0, 1800));
    expect(await read("cut.tar")).toEqual([
      { name: "cut.tar!1.1", text: "one\n" },
      { name: "cut.tar!1.2", why: "cut.tar is a damaged or truncated tar file" },
      { name: "cut.tar", why: "cut.tar is a damaged or truncated tar file" },
    ]);
  });

  it("a damaged file in a tar alone", async () => {
    write("half.tar", tar(tarMember("1.1.bz2", bzip2("one\n").subarray(0, 30)), tarMember("1.2", "two\n")));
    const [broken, whole] = await read("half.tar");
    expect(broken.why).toBe("half.tar!1.1.bz2 is a damaged or truncated bz2 file");
    expect(whole.text).toBe("two\n");
  });

  it("zip and xz", async () => {
    write("a.zip", Buffer.from("504b030414000000", "hex"));
    write("a.xz", Buffer.from("fd377a585a000004", "hex"));
    expect((await read("a.zip"))[0].why).toBe("a zip archive is not read: unpack it first");
    expect((await read("a.xz"))[0].why).toBe("a xz archive is not read: unpack it first");
  });

  it("archives too deep in archives", async () => {
    write("deep.gz", gzipSync(gzipSync(gzipSync(gzipSync("x")))));
    expect((await read("deep.gz"))[0].why).toBe("archives lie more than 3 deep");
  });
});

describe("bombs", () => {
  const zeros = Buffer.alloc(3 * 1024 * 1024);
  const small = { smallBytes: 1024 * 1024 };
  const stopped = async (name: string, limits: Partial<Limits> = {}) => (await read(name, limits))[0]?.why;

  it("are stopped at 200 times their size beyond a small size, in every packing", async () => {
    write("bomb.bz2", bzip2(zeros));
    write("bomb.gz", gzipSync(zeros));
    write("bomb.tar.bz2", bzip2(tar(tarMember("x", zeros))));
    for (const name of ["bomb.bz2", "bomb.gz"])
      expect(await stopped(name, small)).toContain(`${name} unpacks to more than 200 times its size`);
    expect(await stopped("bomb.tar.bz2", small)).toContain(
      "bomb.tar.bz2 unpacks to more than 200 times its size",
    );
  });

  it("are stopped at the size of one file, of the run, and at the number of files", async () => {
    write("large", "x".repeat(3000));
    expect(await stopped("large", { entryBytes: 2000 })).toContain("more than 2000 bytes");
    write("many.tar", tar(...Array.from({ length: 8 }, (_, i) => tarMember(`1.${i}`, "x".repeat(500)))));
    await expect(read("many.tar", { entries: 5 })).rejects.toThrow("more than 5 files in one run");
    expect((await read("many.tar", { entryBytes: 600 })).length).toBe(8);
    await expect(read("many.tar", { totalBytes: 1700 })).rejects.toThrow("more than 1700 bytes in one run");
  });
});

describe("walking folders", () => {
  it("takes files by name at every level and refuses links", () => {
    mkdirSync(join(folder, "walk", "b"), { recursive: true });
    for (const name of ["walk/c", "walk/a", "walk/b/x"]) write(name, "x");
    symlinkSync("/etc", join(folder, "walk", "link"));
    const found = [...walkFiles([join(folder, "walk")])].map((file) => ({
      name: file.path.replace(`${folder}/walk/`, ""),
      kind: file.kind,
    }));
    expect(found).toEqual([
      { name: "a", kind: "file" },
      { name: "b/x", kind: "file" },
      { name: "c", kind: "file" },
      { name: "link", kind: "refused" },
    ]);
  });

  it("says which path does not exist", () => {
    expect(() => [...walkFiles([join(folder, "nowhere")])]).toThrow("no such file, was");
  });
});
