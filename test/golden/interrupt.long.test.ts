import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.js";
import { type Ended, SAMPLE, stored, workplace } from "./binary.js";

const place = workplace();
const FILES = [`${SAMPLE}/2223`, `${SAMPLE}/2324`];
const INGEST = ["ingest", "football-data", "--from", ...FILES];
const ROUNDS = Number(process.env.STATISTICO_KILL_ROUNDS ?? 2);
/** Results of the first so many of the four files. */
const WHOLE_FILES = [0, 240, 422, 662, 844];

const database = (at: string): string => place.path(`${at}/data/statistico.db`);

/** How many readings the archive of a folder has noted so far. */
function noted(at: string): number {
  const manifest = place.path(`${at}/data/raw/manifest.jsonl`);
  return existsSync(manifest) ? readFileSync(manifest, "utf8").split("\n").length - 1 : 0;
}

/** Ingest, and send a signal `afterMs` after the archive has noted `files` files. */
function cutShort(at: string, signal: NodeJS.Signals, files: number, afterMs: number): Promise<Ended> {
  let timer: NodeJS.Timeout | undefined;
  const ended = place.run(INGEST, {
    at,
    started: (kill) => {
      timer = setInterval(() => {
        if (noted(at) < files) return;
        clearInterval(timer);
        setTimeout(() => kill(signal), afterMs);
      }, 2);
    },
  });
  return ended.finally(() => clearInterval(timer));
}

let expected: string;

beforeAll(async () => {
  await place.run(INGEST, { at: "whole" });
  const { contentHash, counts } = await stored(database("whole"));
  expect(counts.results).toBe(WHOLE_FILES.at(-1));
  expected = contentHash;
});

/** Whole files and nothing between, and the same command again does the rest. */
async function expectMended(at: string): Promise<number> {
  const results = existsSync(database(at)) ? await wholeFiles(at) : 0;
  expect((await place.run(INGEST, { at })).code).toBe(0);
  expect((await stored(database(at))).contentHash).toBe(expected);
  return results;
}

async function wholeFiles(at: string): Promise<number> {
  const { problems, counts } = await stored(database(at));
  expect(problems).toEqual([]);
  expect(WHOLE_FILES).toContain(counts.results);
  return counts.results ?? 0;
}

describe("ingest cut short", () => {
  it("by SIGINT ends after the file at hand with 130, and can be taken up again", async () => {
    const ended = await cutShort("cut", "SIGINT", 1, 0);
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/interrupted: \d of 4 files done; the same command again does the rest\n$/);
    expect(await expectMended("cut")).toBeLessThan(844);
  });

  it(`by SIGKILL at a random moment leaves whole files, ${ROUNDS} times`, async () => {
    const rng = createRng(42);
    let killed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const at = `killed-${round}`;
      const { signal } = await cutShort(at, "SIGKILL", Math.floor(rng() * 4), rng() * 80);
      if (signal === "SIGKILL") killed++;
      await expectMended(at);
    }
    expect(killed).toBeGreaterThan(0);
  });

  it("by SIGTERM while it waits for standard input ends at once with 143", async () => {
    let timer: NodeJS.Timeout | undefined;
    const { code, stderr } = await place.run(["ingest", "football-data", "--from", "-"], {
      at: "waiting",
      input: "left open",
      started: (kill) => {
        timer = setInterval(() => {
          if (!existsSync(database("waiting"))) return;
          clearInterval(timer);
          kill("SIGTERM");
        }, 50);
      },
    });
    expect(code).toBe(143);
    expect(stderr).toBe("interrupted: 0 of 1 file done; the same command again does the rest\n");
  });
});
