import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openArchive, sha256Of } from "../../src/ingest/archive.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();
const bytes = (text: string): Uint8Array => Buffer.from(text);

function arrival(path: string, receivedAt: number, reading = "football-data@1") {
  return { source: "football-data", path, receivedAt, reading };
}

describe("an archive", () => {
  it("gives back what it was given, by content, in order of arrival", () => {
    const folder = scratch("order");
    const archive = openArchive(folder);
    const [b, a] = [
      archive.put(bytes("b"), arrival("b.csv", 1)),
      archive.put(bytes("a"), arrival("a.csv", 2)),
    ];
    // sha256 of "b", from coreutils' sha256sum.
    expect(b.sha256).toBe("3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d");
    expect(Buffer.from(archive.read(a.sha256)).toString()).toBe("a");
    expect(openArchive(folder).entries()).toEqual([b, a]);
  });

  it("keeps the first arrival of the same bytes, and another entry for another reading", () => {
    const archive = openArchive(scratch("first"));
    const first = archive.put(bytes("x"), arrival("x.csv", 1));
    expect(archive.put(bytes("x"), arrival("copy.csv", 2))).toBe(first);
    const part = archive.put(bytes("x"), arrival("x.csv", 3, "football-data@1 leagues=E0"));
    expect(archive.entries()).toEqual([first, part]);
    expect(readdirSync(scratch(`first/${first.sha256.slice(0, 2)}`))).toHaveLength(1);
  });

  it("leaves out the line a crash cut short, and lets it swallow nothing that follows", () => {
    const folder = scratch("torn");
    const first = openArchive(folder).put(bytes("1"), arrival("1.csv", 1));
    appendFileSync(`${folder}/manifest.jsonl`, '{"sha256":"ab');
    const again = openArchive(folder);
    expect(again.entries()).toEqual([first]);
    const second = again.put(bytes("2"), arrival("2.csv", 2));
    expect(openArchive(folder).entries()).toEqual([first, second]);
  });

  it.each(["null", "7", "[]", '{"sha256":"../../../etc/passwd"}'])(
    "takes no entry from the line %s",
    (line) => {
      const folder = scratch(`odd-${sha256Of(line).slice(0, 8)}`);
      const first = openArchive(folder).put(bytes("1"), arrival("1.csv", 1));
      appendFileSync(`${folder}/manifest.jsonl`, `${line}\n`);
      expect(openArchive(folder).entries()).toEqual([first]);
    },
  );

  it("refuses kept bytes that changed or are gone", () => {
    const folder = scratch("changed");
    const archive = openArchive(folder);
    const { sha256 } = archive.put(bytes("true"), arrival("t.csv", 1));
    const path = `${folder}/${sha256.slice(0, 2)}/${sha256}.gz`;
    for (const spoilt of [gzipSync("false"), readFileSync(path).subarray(0, 9), bytes("no gzip")]) {
      writeFileSync(path, spoilt);
      expect(() => archive.read(sha256)).toThrow(/archived file .* no longer matches its sha256/);
    }
    expect(() => archive.read("0".repeat(64))).toThrow(/the archive lacks 0000/);
  });

  it("is its owner's alone", () => {
    const folder = scratch("private");
    const { sha256 } = openArchive(folder).put(bytes("p"), arrival("p.csv", 1));
    const mode = (name: string): number => statSync(`${folder}${name}`).mode & 0o777;
    expect([mode(""), mode(`/${sha256.slice(0, 2)}`)]).toEqual([0o700, 0o700]);
    expect([mode("/manifest.jsonl"), mode(`/${sha256.slice(0, 2)}/${sha256}.gz`)]).toEqual([0o600, 0o600]);
  });
});
