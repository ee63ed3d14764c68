import { existsSync, readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type ConsoleOptions, createConsole, wantsColor } from "../../src/report/console.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();
const QUIET: ConsoleOptions = { quiet: false, verbose: false, color: true, output: undefined };

/** A console over two streams in memory; `said` is what each has got so far. */
function made(options: Partial<ConsoleOptions> = {}, terminal: { columns?: number } | null = null) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const clearLine = (): void => void stderr.write("<cleared>");
  const look = terminal ? { isTTY: true, cursorTo() {}, moveCursor() {}, clearLine, ...terminal } : {};
  const console = createConsole(
    { ...QUIET, ...options },
    { stdout: Object.assign(stdout, look), stderr: Object.assign(stderr, look), env: { TERM: "xterm" } },
  );
  const said = () => ({ stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") });
  return { console, said };
}

describe("wantsColor", () => {
  // no-color.org: any value but an empty one; force-color.org: any value but 0.
  it.each([
    [true, true, {}, true],
    [false, true, {}, false],
    [true, false, {}, false],
    [true, true, { NO_COLOR: "1" }, false],
    [true, true, { NO_COLOR: "" }, true],
    [true, true, { TERM: "dumb" }, false],
    [false, true, { FORCE_COLOR: "1" }, true],
    [false, true, { FORCE_COLOR: "0" }, false],
    [true, true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    [true, false, { FORCE_COLOR: "1" }, false],
  ])("terminal %s, asked %s, %j: %s", (isTty, asked, env, wanted) => {
    expect(wantsColor(isTty, asked, env)).toBe(wanted);
  });
});

describe("a console", () => {
  it("keeps the answer and the words apart", () => {
    const { console, said } = made();
    console.write("answer\n");
    console.say("380 fixtures");
    console.detail("only when asked for");
    console.warn("look");
    expect(said()).toEqual({ stdout: "answer\n", stderr: "380 fixtures\nlook\n" });
  });

  it("says less when quiet and more when verbose", () => {
    const [quiet, verbose] = [made({ quiet: true }), made({ verbose: true })];
    for (const { console } of [quiet, verbose]) {
      console.say("message");
      console.detail("detail");
      console.warn("warning");
    }
    expect(quiet.said().stderr).toBe("warning\n");
    expect(verbose.said().stderr).toBe("message\ndetail\nwarning\n");
  });

  it("lets nothing through that a terminal would obey", () => {
    const { console, said } = made();
    console.warn("club \u001b]0;x\u0007\u001b[2J\u202e");
    expect(said().stderr).toBe("club ]0;x[2J\n");
  });

  it("knows a width on a terminal only", () => {
    expect(made({}, { columns: 72 }).console.width).toBe(72);
    expect(made({}, {}).console.width).toBe(80);
    expect(made().console.width).toBeNull();
    expect(made({ output: "answer.txt" }, { columns: 72 }).console.width).toBeNull();
  });

  it("writes a file when all is said, and none for an answer that never came", async () => {
    const path = scratch("answer.txt");
    const { console, said } = made({ output: path });
    console.write("one\n");
    console.write("two\n");
    expect(existsSync(path)).toBe(false);
    await console.drain();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
    expect(said().stdout).toBe("");
    await made({ output: scratch("never.txt") }).console.drain();
    expect(existsSync(scratch("never.txt"))).toBe(false);
  });

  it("moves nothing where there is no terminal", async () => {
    const { console, said } = made();
    const progress = console.progress("reading", 3);
    await progress.shown;
    progress.update(1, "E0.csv");
    progress.stop();
    expect(said().stderr).toBe("");
  });

  it("takes its progress off a terminal's screen, also when a command could not", async () => {
    const { console, said } = made({ color: false }, { columns: 60 });
    await console.progress("reading", 3).shown;
    expect(said().stderr).toContain("reading");
    console.still();
    expect(said().stderr).toContain("<cleared>");
  });
});
