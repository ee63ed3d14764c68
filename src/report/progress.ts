import type { Writable } from "node:stream";
import type { Ora } from "ora";
import { stripControls } from "../core/text.js";

/** Something that takes a while and says so on a terminal: count, rate and time left. Silent in a pipe. */
export interface Progress {
  /** `done` of the total are finished; `note` names the one at hand. */
  update(done: number, note?: string): void;
  stop(): void;
  /** Resolves once the line is on screen: work that never yields would hide it. */
  readonly shown: Promise<void>;
}

const QUIET: Progress = { update: () => {}, stop: () => {}, shown: Promise.resolve() };
const REFRESH_MS = 100;
const SPINNER_WIDTH = 2;

type Terminal = Writable & { readonly columns?: number };

/** Animated through ora when the stream is a terminal; ora is loaded only then and only when work outlasts a blink. */
export function createProgress(
  label: string,
  total: number | undefined,
  { stream, animate, color }: { stream: Terminal; animate: boolean; color: boolean },
): Progress {
  if (!animate) return QUIET;
  const started = performance.now();
  let spinner: Ora | null = null;
  let stopped = false;
  let drawn = 0;
  const shown = import("ora").then(({ default: ora }) => {
    if (stopped) return;
    spinner = ora({
      text: label,
      stream,
      discardStdin: false,
      isEnabled: true,
      color: color ? "cyan" : false,
    }).start();
  });
  return {
    update(done, note = "") {
      const now = performance.now();
      if (!spinner || now - drawn < REFRESH_MS) return;
      drawn = now;
      const line = progressLine(label, done, total, (now - started) / 1000);
      spinner.text = withNote(line, stripControls(note), (stream.columns || 80) - SPINNER_WIDTH);
      spinner.render();
    },
    stop() {
      stopped = true;
      spinner?.stop();
    },
    shown,
  };
}

/** A line and, as far as `width` has room, the end of the note: of a path that is the part that tells. */
export function withNote(line: string, note: string, width: number): string {
  const room = width - line.length - 2;
  if (note === "" || room < 8) return line;
  return `${line}, ${note.length <= room ? note : `…${note.slice(note.length + 1 - room)}`}`;
}

/** "reading 120/372, 95/s, 3 s left". Rate and time left once they mean something. */
export function progressLine(
  label: string,
  done: number,
  total: number | undefined,
  seconds: number,
): string {
  const rate = seconds > 0.2 ? done / seconds : 0;
  const parts = [`${label} ${done}${total === undefined ? "" : `/${total}`}`];
  if (rate > 0) parts.push(`${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`);
  if (rate > 0 && total !== undefined) parts.push(`${Math.ceil((total - done) / rate)} s left`);
  return parts.join(", ");
}
