import type { Instant } from "../core/clock.js";
import { stripControls } from "../core/text.js";
import { sparkline } from "./sparkline.js";

/** A runner of a market's replay; prices by the replay's times, null where there was none. */
export interface ReplayRunner {
  readonly name: string;
  readonly status: string;
  readonly back: readonly (number | null)[];
  readonly lay: readonly (number | null)[];
  readonly lastTraded: readonly (number | null)[];
  /** Our fair price; null without one. */
  readonly ours: number | null;
}

/** What a replay shows, in the units of a person: prices, and money in the exchange's currency. */
export interface MarketReplay {
  readonly title: string;
  readonly note: string;
  readonly times: readonly Instant[];
  readonly runners: readonly ReplayRunner[];
  /** Traded so far, both sides counted. */
  readonly volume: readonly number[];
  readonly suspended: readonly (readonly [Instant, Instant])[];
  /** The planned start. */
  readonly kickOff: Instant | null;
  readonly inPlayAt: Instant | null;
}

/** What stands for a runner's price at each time: the middle of back and lay, else the last trade. */
export function priceLine({ back, lay, lastTraded }: ReplayRunner): (number | null)[] {
  return back.map((price, i) => {
    const other = lay[i] ?? null;
    return price !== null && other !== null ? (price + other) / 2 : (lastTraded[i] ?? null);
  });
}

/** Money traded in each interval; the first has none. */
export function tradedBetween(volume: readonly number[]): number[] {
  return volume.map((sum, i) => Math.max(0, sum - (volume[i - 1] ?? sum)));
}

const LABEL = 22;
const MARKS = { suspended: "x", kickOff: "|", inPlay: ">", none: " " };

/**
 * A market as lines of bars, one a runner, volume and marks below: `x` suspended, `|` the planned start, `>` in play.
 *
 * A gap in a line is a time without a price.
 */
export function replayText(replay: MarketReplay, width: number): string {
  const columns = Math.max(10, width - LABEL - 34);
  const lines = replay.runners.map((runner) => runnerLine(runner, columns));
  const traded = tradedBetween(replay.volume);
  const volume = traded.some((money) => money > 0) ? sparkline(traded, columns) : "";
  const total = replay.volume.at(-1) ?? 0;
  return [
    replay.title,
    replay.note,
    "",
    ...lines,
    ...(volume === "" ? [] : [`${label("traded")} ${volume.padEnd(columns)}  ${total.toFixed(0)} in all`]),
    `${label("")} ${marksLine(replay, columns)}`.trimEnd(),
    "",
  ]
    .map(stripControls)
    .join("\n");
}

function label(text: string): string {
  return (text.length > LABEL ? `${text.slice(0, LABEL - 1)}…` : text).padEnd(LABEL);
}

function runnerLine(runner: ReplayRunner, columns: number): string {
  const prices = priceLine(runner);
  const known = prices.filter((price) => price !== null);
  const [first, last] = [known[0] ?? null, known.at(-1) ?? null];
  const words = first === null || last === null ? "no price" : `${shown(first)} to ${shown(last)}`;
  const ours = runner.ours === null ? "" : `, ours ${shown(runner.ours)}`;
  const status = runner.status === "WINNER" ? ", won" : runner.status === "REMOVED" ? ", removed" : "";
  return `${label(runner.name)} ${gapped(prices, columns)}  ${words}${ours}${status}`;
}

function shown(price: number): string {
  return price >= 100 ? price.toFixed(0) : price.toFixed(2);
}

/** A sparkline in which times without a price are left empty. */
function gapped(prices: readonly (number | null)[], columns: number): string {
  const cells = Array.from({ length: columns }, (_, i) => {
    const part = prices.slice(...partOf(i, columns, prices.length)).filter((price) => price !== null);
    return part.length === 0 ? null : part.reduce((sum, price) => sum + price, 0) / part.length;
  });
  const known = cells.filter((cell) => cell !== null);
  if (known.length === 0) return " ".repeat(columns);
  const bars = [...sparkline(known, known.length)];
  let next = 0;
  return cells.map((cell) => (cell === null ? " " : (bars[next++] ?? " "))).join("");
}

function partOf(i: number, parts: number, length: number): [number, number] {
  const from = Math.floor((i * length) / parts);
  return [from, Math.max(from + 1, Math.floor(((i + 1) * length) / parts))];
}

function marksLine({ times, suspended, kickOff, inPlayAt }: MarketReplay, columns: number): string {
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  return Array.from({ length: columns }, (_, i) => {
    const [start, end] = [from + ((to - from) * i) / columns, from + ((to - from) * (i + 1)) / columns];
    const holds = (at: Instant | null): boolean => at !== null && at >= start && at < end;
    if (holds(kickOff)) return MARKS.kickOff;
    if (holds(inPlayAt)) return MARKS.inPlay;
    if (suspended.some(([since, until]) => since < end && until > start)) return MARKS.suspended;
    return MARKS.none;
  }).join("");
}
