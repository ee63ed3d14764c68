import type { Writable } from "node:stream";
import { stripControls } from "../core/text.js";
import { writeWhole } from "../files/write-whole.js";
import { createProgress, type Progress } from "./progress.js";

export interface ConsoleOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** False when the user said --no-color. */
  readonly color: boolean;
  /** File for the answer instead of stdout; "-" is stdout. */
  readonly output: string | undefined;
}

export interface Streams {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a command's words go: the answer to stdout or a file, everything else to stderr. */
export interface Console {
  /** Columns of the terminal the answer goes to; null for pipes and files, where nothing is ever cut. */
  readonly width: number | null;
  readonly color: boolean;
  /** Part of the answer. A file is complete or untouched: it appears when `drain` is called. */
  write(text: string): void;
  /** A message for a person; silent with --quiet. */
  say(line: string): void;
  /** A message for the curious: only with --verbose. */
  detail(line: string): void;
  /** Something to look at, even with --quiet. */
  warn(line: string): void;
  progress(label: string, total?: number): Progress;
  /** Take what is still moving off the screen: a command that failed could not. */
  still(): void;
  /** Wait until the answer is written: a pipe is never cut short. */
  drain(): Promise<void>;
}

export function createConsole(options: ConsoleOptions, streams: Streams): Console {
  const toFile = options.output !== undefined && options.output !== "-" ? options.output : null;
  const { stdout, stderr } = streams;
  const held: string[] = [];
  const moving: Progress[] = [];
  const errLine = (line: string): void => void stderr.write(`${stripControls(line)}\n`);
  return {
    width: toFile === null && stdout.isTTY ? stdout.columns || 80 : null,
    color: toFile === null && wantsColor(stdout.isTTY === true, options.color, streams.env),
    write: (text) => void (toFile === null ? stdout.write(text) : held.push(text)),
    say: (line) => void (options.quiet || errLine(line)),
    detail: (line) => void (options.verbose && errLine(line)),
    warn: errLine,
    progress: (label, total) => {
      const made = createProgress(label, total, {
        stream: stderr,
        animate: stderr.isTTY === true && !options.quiet && streams.env.TERM !== "dumb",
        color: wantsColor(stderr.isTTY === true, options.color, streams.env),
      });
      moving.push(made);
      return made;
    },
    still: () => {
      for (const progress of moving.splice(0)) progress.stop();
    },
    drain: async () => {
      if (toFile !== null && held.length > 0) writeWhole(toFile, held.splice(0).join(""));
      await Promise.all([flushed(stdout), flushed(stderr)]);
    },
  };
}

/** Colour when the stream is a terminal, unless the user or the environment says otherwise (no-color.org). */
export function wantsColor(isTty: boolean, asked: boolean, env: Streams["env"]): boolean {
  if (!asked || env.NO_COLOR) return false;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== "0") return true;
  return isTty && env.TERM !== "dumb";
}

function flushed(stream: Writable): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off("drain", done).off("close", done);
      resolve();
    };
    stream.once("drain", done).once("close", done);
    stream.write("", done);
  });
}
