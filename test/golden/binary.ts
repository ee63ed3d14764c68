import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { scratchFolder } from "../support/scratch.js";

export const BINARY = fileURLToPath(new URL("../../bin/statistico", import.meta.url));

/** The project's own sample season files: two simulated divisions. */
export const SAMPLE = fileURLToPath(new URL("../../fixtures/sample", import.meta.url));

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; nothing at all unless told, and what never says a word when "left open". */
  readonly input?: string | Uint8Array;
  /** Folder of the project to run in, made when missing. */
  readonly at?: string;
  /** Told when the process has started: to send it a signal. */
  readonly started?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** The real binary and a folder of this test file's own, with an empty home folder. */
export interface Workplace {
  readonly path: (name: string) => string;
  /** Run `statistico ARGS`; `{ at }` is a folder under the workplace. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Run a line of bash in which `$S` is the binary. */
  shell(line: string, options?: RunOptions): Promise<Ended>;
}

export function workplace(): Workplace {
  const path = scratchFolder();
  mkdirSync(path("home"), { recursive: true });
  const start = (command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> => {
    const cwd = path(options.at ?? ".");
    mkdirSync(cwd, { recursive: true });
    const env = { PATH: process.env.PATH ?? "", HOME: path("home"), S: BINARY, ...options.env };
    return ended(command, args, cwd, env, options);
  };
  return {
    path,
    run: (args, options) => start(process.execPath, [BINARY, ...args], options),
    shell: (line, options) => start("bash", ["-c", line], options),
  };
}

function ended(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  { input, started }: RunOptions,
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin?.on("error", () => {});
  if (input !== "left open") child.stdin?.end(input);
  started?.((signal) => void child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      resolve({
        code,
        signal,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      }),
    );
  });
}

export interface Stored {
  readonly problems: readonly string[];
  readonly contentHash: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** What a database holds, read without a process of its own: those cost most of a golden test's time. */
export async function stored(path: string): Promise<Stored> {
  const warehouse = openSqlite(path, { mode: "read", clock: { now: () => 0 } });
  try {
    const [problems, contentHash] = [await warehouse.check(), await warehouse.contentHash()];
    return { problems, contentHash, counts: await warehouse.counts() };
  } finally {
    await warehouse.close();
  }
}

/** Do the same for every item, at most `lanes` at a time: the machine has few cores. */
export async function each<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  lanes = 3,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** The two lines every operator's problem is told in, and nothing else: what and where, then what to do. */
export const TWO_LINES = /^statistico: [^\n]+\n {2}try: [^\n]+\n$/;
