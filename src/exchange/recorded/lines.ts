/** Longest line that is held: the first image of thousands of markets is far shorter. */
export const LONGEST_LINE = 64 * 1024 * 1024;

/** Told of a file's lines in order; `null` stands for one that was too long to hold. */
export type LineSink = (line: string | null) => void;

/** Cuts bytes into lines as they come. */
export interface LineCutter {
  readonly sink: LineSink;
  readonly longest: number;
  /** The bytes of a line whose end has not come yet. */
  held: Uint8Array[];
  heldBytes: number;
  skipping: boolean;
}

const NEWLINE = 10;
const UTF8 = new TextDecoder();

export function createLineCutter(sink: LineSink, longest = LONGEST_LINE): LineCutter {
  return { sink, longest, held: [], heldBytes: 0, skipping: false };
}

/** Cut at bytes, then decode: a character split between two chunks stays whole. */
export function cutLines(cutter: LineCutter, chunk: Uint8Array): void {
  const end = chunk.lastIndexOf(NEWLINE);
  if (end < 0) {
    hold(cutter, chunk);
    return;
  }
  let from = 0;
  if (cutter.heldBytes > 0 || cutter.skipping) {
    from = chunk.indexOf(NEWLINE) + 1;
    hold(cutter, chunk.subarray(0, from - 1));
    release(cutter);
  }
  if (from <= end) sinkText(cutter.sink, UTF8.decode(chunk.subarray(from, end)));
  hold(cutter, chunk.subarray(end + 1));
}

/** The last line, when no newline ended it. */
export function endLines(cutter: LineCutter): void {
  if (cutter.heldBytes > 0 || cutter.skipping) release(cutter);
}

function sinkText(sink: LineSink, text: string): void {
  let from = 0;
  for (;;) {
    const end = text.indexOf("\n", from);
    if (end < 0) break;
    sink(text.slice(from, end));
    from = end + 1;
  }
  sink(text.slice(from));
}

function hold(cutter: LineCutter, bytes: Uint8Array): void {
  if (bytes.length === 0 || cutter.skipping) return;
  cutter.heldBytes += bytes.length;
  cutter.held.push(bytes.slice());
  if (cutter.heldBytes <= cutter.longest) return;
  cutter.skipping = true;
  cutter.held = [];
}

function release(cutter: LineCutter): void {
  const { held, skipping, sink } = cutter;
  cutter.held = [];
  cutter.heldBytes = 0;
  cutter.skipping = false;
  sink(skipping ? null : UTF8.decode(joined(held)));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
