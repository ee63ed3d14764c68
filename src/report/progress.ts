import type { Ora } from "ora";
import type { Writable } from "node:stream";

/** Something that takes a while and says so on a terminal: count, rate and time left. Silent in a pipe. */
export interface Progress {
  /** `done` of the total are finished; `note` names the one at hand. */
  update(done: number, note?: string): void;
  stop(): void;
}

const QUIET: Progress = { update: () => {}, stop: () => {} };
const REFRESH_MS = 100;

/** Animated through ora when the stream is a terminal; ora is loaded only then and only when work outlasts a blink. */
export function createProgress(
  label: string,
  total: number | undefined,
  { stream, animate, color }: { stream: Writable; animate: boolean; color: boolean },
): Progress {
  if (!animate) return QUIET;
  const started = performance.now();
  let spinner: Ora | null = null;
  let stopped = false;
  let shown = 0;
  void import("ora").then(({ default: ora }) => {
    if (stopped) return;
    spinner = ora({ text: label, stream, discardStdin: false, color: color ? "cyan" : false }).start();
  });
  return {
    update(done, note = "") {
      const now = performance.now();
      if (!spinner || now - shown < REFRESH_MS) return;
      shown = now;
      spinner.text = progressLine(label, done, total, (now - started) / 1000, note);
      spinner.render();
    },
    stop() {
      stopped = true;
      spinner?.stop();
    },
  };
}

/** "reading 120/372, 95/s, 3 s left, E0.csv". Rate and time left once they mean something. */
export function progressLine(label: string, done: number, total: number | undefined, seconds: number, note: string): string {
  const rate = seconds > 0.2 ? done / seconds : 0;
  const parts = [`${label} ${done}${total === undefined ? "" : `/${total}`}`];
  if (rate > 0) parts.push(`${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`);
  if (rate > 0 && total !== undefined) parts.push(`${Math.ceil((total - done) / rate)} s left`);
  if (note) parts.push(note);
  return parts.join(", ");
}
