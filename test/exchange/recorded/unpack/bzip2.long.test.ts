import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../../src/core/rng.js";
import { type Bunzip2, ownBunzip2, systemBunzip2 } from "../../../../src/exchange/recorded/unpack/bunzip2.js";
import { decodeBzip2 } from "../../../../src/exchange/recorded/unpack/bzip2-decode.js";
import { sharedAvailable, sharedPath } from "../../../support/shared.js";

const system = spawnSync("bzip2", ["--help"], { stdio: "ignore" }).status === 0;
const pack = (bytes: Uint8Array, level = 9) =>
  spawnSync("bzip2", [`-${level}`, "-c"], { input: bytes }).stdout;

/** "hello hello hello\n" as bzip2 1.0.8 packs it: needs no bzip2 on the machine that tests. */
const HELLO = Buffer.from(
  "425a6839314159265359e5b5f3090000045100001040000244a00021b5180c029069c2a30bb9229c284872daf98480",
  "hex",
);

function decode(packed: Uint8Array): { bytes: Buffer; damage: string | null } {
  const parts: Uint8Array[] = [];
  for (const step of decodeBzip2(packed)) {
    if (step.kind === "damaged") return { bytes: Buffer.concat(parts), damage: step.reason };
    parts.push(step.bytes);
  }
  return { bytes: Buffer.concat(parts), damage: null };
}

async function collect(bunzip2: Bunzip2, packed: Uint8Array, step = 1000): Promise<Buffer> {
  async function* pieces() {
    for (let at = 0; at < packed.length; at += step) yield packed.subarray(at, at + step);
  }
  const parts: Uint8Array[] = [];
  for await (const chunk of bunzip2(pieces(), "x.bz2")) parts.push(chunk);
  return Buffer.concat(parts);
}

function noise(length: number, letters: number): Uint8Array {
  const rng = createRng(42, letters);
  return Uint8Array.from({ length }, () => Math.floor(rng() * letters));
}

describe("our bz2 decoder", () => {
  it("decodes a known stream", () => {
    expect(decode(HELLO)).toEqual({ bytes: Buffer.from("hello hello hello\n"), damage: null });
  });

  it("decodes several streams in one file and leaves out garbage after them", () => {
    const bytes = decode(Buffer.concat([HELLO, HELLO, Buffer.from("garbage")]));
    expect(bytes).toEqual({ bytes: Buffer.from("hello hello hello\n".repeat(2)), damage: null });
  });

  it("reports every cut", () => {
    for (let length = 0; length < HELLO.length; length++)
      expect(decode(HELLO.subarray(0, length)).damage, `first ${length} bytes`).not.toBeNull();
  });

  it("neither throws nor accepts other bytes when one bit is turned", () => {
    fc.assert(
      fc.property(fc.nat(HELLO.length * 8 - 1), (bit) => {
        const turned = Buffer.from(HELLO);
        turned[bit >> 3] ^= 1 << (bit & 7);
        const { bytes, damage } = decode(turned);
        if (damage === null) expect(bytes.toString()).toBe("hello hello hello\n");
      }),
      { seed: 42, numRuns: 150 },
    );
  });

  it("refuses what is no bz2 at all", () => {
    expect(decode(Buffer.from("not packed")).damage).toBe("no bz2 header");
  });
});

describe.skipIf(!system)("our bz2 decoder beside the system's", () => {
  const samples: [string, Uint8Array, number][] = [
    ["nothing", new Uint8Array(0), 9],
    ["one byte", Uint8Array.of(7), 9],
    ["runs of every length about 4 and 259", Uint8Array.from(runs()), 1],
    ["two letters", noise(50_000, 2), 1],
    ["every byte", noise(50_000, 256), 1],
    ["several blocks", noise(250_000, 6), 1],
    ["zeros", new Uint8Array(1_000_000), 1],
  ];
  it.each(samples)("gives back %s", (_, bytes, level) => {
    const { bytes: ours, damage } = decode(pack(bytes, level));
    expect(damage).toBeNull();
    expect(ours.equals(bytes)).toBe(true);
  });

  it.skipIf(!sharedAvailable)("gives the same bytes for a market file", async () => {
    const packed = readFileSync(sharedPath("data", "betfair-stream", "nautilus_trader", "1-206064380.bz2"));
    const [ours, theirs] = [await collect(ownBunzip2, packed), await collect(systemBunzip2, packed)];
    expect(ours.length).toBe(4_184_954); // bzip2 -dc | wc -c
    expect(ours.equals(theirs)).toBe(true);
  });

  it("says alike what is damaged", async () => {
    for (const bunzip2 of [ownBunzip2, systemBunzip2])
      for (const packed of [HELLO.subarray(0, 30), Buffer.from("BZh9nonsense"), Buffer.alloc(0)])
        await expect(collect(bunzip2, packed)).rejects.toThrow("x.bz2 is a damaged or truncated bz2 file");
  });
});

function* runs(): Generator<number> {
  for (const length of [1, 2, 3, 4, 5, 6, 8, 254, 255, 256, 258, 259, 260, 261, 600]) {
    for (let i = 0; i < length; i++) yield 65;
    yield length & 0xff;
  }
}
