import { spawn } from "node:child_process";
import { once } from "node:events";
import { StatisticoError } from "../../../core/errors.js";
import { decodeBzip2 } from "./bzip2-decode.js";

/** Packed chunks in, unpacked chunks out. Throws StatisticoError, naming `name`, for what is damaged or cut short. */
export type Bunzip2 = (chunks: AsyncIterable<Uint8Array>, name: string) => AsyncGenerator<Uint8Array>;

/** The system's `bzip2 -dc`: another process, so that several files unpack on several cores. */
export const systemBunzip2: Bunzip2 = async function* (chunks, name) {
  const child = spawn("bzip2", ["-dc"], { stdio: ["pipe", "pipe", "ignore"] });
  const ended = once(child, "close");
  const fed = feed(child.stdin, chunks);
  // Both are awaited below; until then a failure must not count as unhandled.
  ended.catch(() => {});
  fed.catch(() => {});
  try {
    yield* child.stdout;
    await fed;
    const [code] = await ended;
    if (code !== 0) throw damaged(name);
  } finally {
    child.kill();
    // What feeds it may be a file inside a tar: nobody else may read that until the feeding has stopped.
    await fed.catch(() => {});
  }
};

async function feed(sink: NodeJS.WritableStream, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let open = true;
  // A program that has seen enough closes its end: its exit code says why, not the broken pipe.
  sink.on("error", () => {
    open = false;
  });
  sink.on("close", () => {
    open = false;
  });
  for await (const chunk of chunks) {
    if (!open) return;
    if (!sink.write(chunk)) await Promise.race([once(sink, "drain"), once(sink, "close")]);
  }
  sink.end();
}

/** Our own decoder, where there is no system one: about a third of the speed, in this process. */
export const ownBunzip2: Bunzip2 = async function* (chunks, name) {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  for (const step of decodeBzip2(Buffer.concat(parts))) {
    if (step.kind === "damaged") throw damaged(name);
    yield step.bytes;
  }
};

let found: Promise<Bunzip2> | null = null;

/** The system's decoder when `bzip2` can be run, else our own. Asked once a process. */
export function chooseBunzip2(): Promise<Bunzip2> {
  found ??= runs("bzip2").then((yes) => (yes ? systemBunzip2 : ownBunzip2));
  return found;
}

async function runs(command: string): Promise<boolean> {
  const child = spawn(command, ["--help"], { stdio: "ignore" });
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

function damaged(name: string): StatisticoError {
  return new StatisticoError("data", `${name} is a damaged or truncated bz2 file`, `bzip2 -t ${name}`);
}
