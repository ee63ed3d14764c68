import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { BINARY, SAMPLE, workplace } from "./binary.js";

const place = workplace();
const COLUMNS = 72;

interface Shown {
  readonly code: number | null;
  readonly screen: string;
}

/** Run a line in a terminal of its own, 72 columns wide; `typed` is called with a keyboard. */
function terminal(line: string, typed: (type: (keys: string) => void) => void = () => {}): Promise<Shown> {
  const child = spawn("script", ["-qfec", `stty cols ${COLUMNS}; ${line}`, "/dev/null"], {
    cwd: place.path("."),
    env: { PATH: process.env.PATH ?? "", HOME: place.path("home"), TERM: "xterm", S: BINARY },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  typed((keys) => child.stdin.write(keys));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, screen: Buffer.concat(chunks).toString("utf8") }));
  });
}

const ownTerminal = spawnSync("script", ["-qfec", "true", "/dev/null"]).status === 0;

describe.skipIf(!ownTerminal)("in a terminal", () => {
  let ingested: Shown;

  beforeAll(async () => {
    ingested = await terminal(`"$S" ingest football-data --from ${SAMPLE}/2223 ${SAMPLE}/2324`);
  });

  it("ingest shows how far it is, and what changed last", () => {
    expect(ingested.code).toBe(0);
    expect(ingested.screen).toMatch(/ingest [1-4]\/4, /);
    const words = stripVTControlCharacters(ingested.screen).trimEnd().split(/\r?\n/);
    expect(words.at(-1)).toBe("844 fixtures in 4 files: 844 new, 0 changed, 0 same, 0 quarantined");
  });

  it("tables fit, with headings that stand out, and paths keep their ends", async () => {
    const { screen } = await terminal(`"$S" ingest football-data --from ${SAMPLE}/2223 -q`);
    expect(screen).toContain("\u001b[1mfile");
    const lines = stripVTControlCharacters(screen).split(/\r?\n/);
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([]);
    expect(screen).toMatch(/…\S*SIM1\.csv/);
  });

  it("nothing moves and nothing is coloured where the terminal is dumb", async () => {
    const { screen } = await terminal(`TERM=dumb "$S" ingest football-data --from ${SAMPLE}/2223`);
    expect(screen).not.toContain("\u001b");
    expect(screen).toContain("0 new, 0 changed, 422 same");
  });

  it("Ctrl-C is answered at once, in words", async () => {
    let timer: NodeJS.Timeout | undefined;
    const { code, screen } = await terminal(`"$S" ingest football-data --from - --db waiting.db`, (type) => {
      timer = setInterval(() => {
        if (!existsSync(place.path("waiting.db"))) return;
        clearInterval(timer);
        type("\u0003");
      }, 100);
    });
    clearInterval(timer);
    expect(code).toBe(130);
    expect(screen).toContain("interrupted: 0 of 1 file done; the same command again does the rest");
  });
});
