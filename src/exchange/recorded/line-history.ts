import { textHash } from "../../core/text.js";
/** What tells whether a message was read before. Holds numbers, never the lines of the past. */
export interface LineHistory {
  /** Publish times, ascending, each followed by the mark of its line. */
  times: Float64Array;
  count: number;
  /** Times and marks of messages that came after a later one: files of several markets one after the other. */
  readonly late: Set<string>;
  /** The last line, and those before it of the same time: there a mark is too weak to tell. */
  last: string;
  readonly alike: string[];
}

export function createLineHistory(): LineHistory {
  return { times: new Float64Array(512), count: 0, late: new Set(), last: "", alike: [] };
}

/**
 * Whether this message was read before; remembers it if not.
 *
 * Some recorders write a file's lines two or three times over, and merged files repeat lines next to each other. A line
 * of an earlier time counts as a repeat when time, clock and length agree: its market would refuse it anyway.
 */
export function repeats(history: LineHistory, publishTime: number, clock: string, line: string): boolean {
  const { times, count, alike } = history;
  const latest = count === 0 ? -1 : times[2 * count - 2];
  if (publishTime < latest) return repeatsEarlier(history, publishTime, markOf(clock, line));
  if (publishTime === latest) {
    if (line === history.last || alike.includes(line)) return true;
    alike.push(history.last);
  } else if (alike.length > 0) alike.length = 0;
  history.last = line;
  remember(history, publishTime, markOf(clock, line));
  return false;
}

function remember(history: LineHistory, publishTime: number, mark: number): void {
  if (2 * history.count === history.times.length) {
    const times = new Float64Array(2 * history.times.length);
    times.set(history.times);
    history.times = times;
  }
  const at = 2 * history.count++;
  history.times[at] = publishTime;
  history.times[at + 1] = mark;
}

function repeatsEarlier({ times, count, late }: LineHistory, publishTime: number, mark: number): boolean {
  for (let i = firstAt(times, count, publishTime); i < count && times[2 * i] === publishTime; i++)
    if (times[2 * i + 1] === mark) return true;
  const key = `${publishTime} ${mark}`;
  if (late.has(key)) return true;
  late.add(key);
  return false;
}

/** Length of the line and a hash of its clock in one number. */
function markOf(clock: string, line: string): number {
  return line.length * 0x1_0000_0000 + textHash(clock);
}

function firstAt(times: Float64Array, count: number, publishTime: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[2 * middle] < publishTime) low = middle + 1;
    else high = middle;
  }
  return low;
}
