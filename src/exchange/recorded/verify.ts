import { applyUpdate } from "./apply.js";
import { createBook, type MarketBook, type RunnerBook, runnerAt } from "./book.js";
import { type Levels, sizeAt, ticksOf } from "./levels.js";
import {
  applyPlain,
  createPlainRunner,
  PLAIN_LADDERS,
  PLAIN_LEVELS,
  type PlainRunner,
  type PlainSizes,
  type RunnerChange,
} from "./plain-book.js";
import type { MarketRecording } from "./recording.js";
import { readVerdicts, type Verdicts } from "./verdicts.js";

/** Where a log is not what its JSON says. */
export interface Difference {
  readonly marketId: string;
  readonly line: number;
  readonly what: string;
}

interface CheckedMarket {
  readonly recording: MarketRecording;
  readonly book: MarketBook;
  /** Plain caches by "selection/handicap", and where each runner stands in the recording. */
  readonly plain: Map<string, PlainRunner>;
  readonly index: ReadonlyMap<string, number>;
  volume: number;
  /** Slot of the next update. */
  at: number;
  lastTime: number;
  line: number;
}

/** A second reading of a file, to hold compiled logs against it. */
export interface LogCheck {
  readonly markets: ReadonlyMap<string, CheckedMarket>;
  readonly next: ReturnType<typeof readVerdicts>;
  /** Market ids in the order they were met: an image makes those that were met forget. */
  readonly met: Set<string>;
  readonly differences: Difference[];
  updates: number;
  lines: number;
}

interface ChangeJson {
  readonly id: string;
  readonly img?: boolean;
  readonly tv?: number | null;
  readonly marketDefinition?: { readonly version: number; readonly status: string } | null;
  readonly rc?: readonly RunnerChange[] | null;
}

/** `recordings`: as they were read back from the disk. `verdicts`: of the first reading. */
export function createLogCheck(recordings: readonly MarketRecording[], verdicts: Verdicts): LogCheck {
  return {
    markets: new Map(recordings.map((recording) => [recording.marketId, marketOf(recording)])),
    next: readVerdicts(verdicts),
    met: new Set(),
    differences: [],
    updates: 0,
    lines: 0,
  };
}

function marketOf(recording: MarketRecording): CheckedMarket {
  const index = recording.runners.map((key, i) => [`${key.selectionId}/${key.handicap}`, i] as const);
  return {
    recording,
    book: createBook(recording.marketId),
    plain: new Map(),
    index: new Map(index),
    volume: 0,
    at: 0,
    lastTime: Number.NEGATIVE_INFINITY,
    line: 0,
  };
}

/**
 * Replay the logs along with one more line of their file, parsed anew, and compare what the line touched.
 *
 * The line is read by a plain cache that shares no code with the compiled path. A market that differs is noted once
 * and left alone from then on.
 */
export function checkLine(check: LogCheck, line: string | null): void {
  check.lines += 1;
  const { forgets, used } = check.next();
  if (line === null || (!forgets && used.length === 0)) return;
  const message: { readonly pt: number; readonly mc?: readonly ChangeJson[] } = JSON.parse(line);
  if (forgets) for (const id of check.met) forget(check, id, message.pt);
  const changes = (message.mc ?? []).filter((_, i) => used[i] === true);
  for (const [id, own] of byMarket(changes)) checkChanges(check, id, own, message.pt);
}

/** A line is one update of a market, however many of its changes are in it. */
function byMarket(changes: readonly ChangeJson[]): ReadonlyMap<string, readonly ChangeJson[]> {
  const only = changes[0];
  if (changes.length === 1 && only !== undefined) return new Map([[only.id, changes]]);
  const groups = new Map<string, ChangeJson[]>();
  for (const change of changes) {
    const group = groups.get(change.id);
    if (group === undefined) groups.set(change.id, [change]);
    else group.push(change);
  }
  return groups;
}

function forget(check: LogCheck, id: string, publishTime: number): void {
  const market = check.markets.get(id);
  if (market === undefined || publishTime < market.lastTime) return;
  market.plain.clear();
  market.volume = 0;
  advance(check, market, publishTime);
}

function checkChanges(
  check: LogCheck,
  id: string,
  changes: readonly ChangeJson[],
  publishTime: number,
): void {
  check.met.add(id);
  const market = check.markets.get(id);
  if (market === undefined) return;
  for (const { img, tv, rc } of changes) {
    if (img === true) market.plain.clear();
    if (img === true) market.volume = 0;
    if (typeof tv === "number") market.volume = tv;
    for (const change of rc ?? []) applyPlain(plainOf(market, change), change);
  }
  // An image of the same line was one update already.
  if (market.line !== check.lines) advance(check, market, publishTime);
  const what = marketFault(market, changes, publishTime);
  if (what !== null) differ(check, market, what);
}

function advance(check: LogCheck, market: CheckedMarket, publishTime: number): void {
  if (market.at < market.recording.events.length) {
    market.at = applyUpdate(market.book, market.recording, market.at);
    check.updates += 1;
  }
  market.lastTime = publishTime;
  market.line = check.lines;
}

function differ(check: LogCheck, { recording: { marketId } }: CheckedMarket, what: string): void {
  if (check.differences.some((known) => known.marketId === marketId)) return;
  check.differences.push({ marketId, line: check.lines, what });
}

function plainOf(market: CheckedMarket, { id, hc }: RunnerChange): PlainRunner {
  const key = `${id}/${hc ?? 0}`;
  let runner = market.plain.get(key);
  if (runner === undefined) {
    runner = createPlainRunner();
    market.plain.set(key, runner);
  }
  return runner;
}

function marketFault(
  market: CheckedMarket,
  changes: readonly ChangeJson[],
  publishTime: number,
): string | null {
  const { book, plain, volume } = market;
  if (book.publishTime !== publishTime) return `time ${book.publishTime}, the line says ${publishTime}`;
  if (!sameSize(volume, book.volumeMinor)) return `volume ${book.volumeMinor}, the line says ${volume}`;
  for (const { marketDefinition, rc } of changes) {
    if (marketDefinition && book.definition?.version !== marketDefinition.version)
      return `version ${book.definition?.version}, the line says ${marketDefinition.version}`;
    for (const change of rc ?? []) {
      const key = `${change.id}/${change.hc ?? 0}`;
      const mine = runnerOf(market, key);
      // An image later in the same line made the runner forget.
      const theirs = plain.get(key) ?? createPlainRunner();
      const what = mine === null ? "missing" : touchedFault(book, mine, theirs, change);
      if (what !== null) return `runner ${key}: ${what}`;
    }
  }
  return null;
}

/** A runner that nothing was said of but its name has an empty book; null for one that the log does not know. */
function runnerOf({ book, recording, index }: CheckedMarket, key: string): RunnerBook | null {
  const place = index.get(key);
  return place === undefined ? null : runnerAt(book, recording, place);
}

/** Only what the change touched: a whole runner is compared at the end. */
function touchedFault(
  book: MarketBook,
  mine: RunnerBook,
  theirs: PlainRunner,
  change: RunnerChange,
): string | null {
  for (const name of ["atb", "atl", "trd"] as const)
    for (const [price] of change[name] ?? []) {
      const size = sizeAt(levelsOf(mine, name), book.ladder.tick(price));
      if (!sameSize(theirs.ladders[name].get(price) ?? 0, size))
        return `${name} ${size} at ${price}, the line says ${theirs.ladders[name].get(price) ?? 0}`;
    }
  return scalarFault(book, mine, theirs);
}

function scalarFault(book: MarketBook, mine: RunnerBook, theirs: PlainRunner): string | null {
  const last = mine.lastTick < 0 ? null : book.ladder.price(mine.lastTick);
  if (last !== theirs.lastTraded) return `last traded ${last}, the line says ${theirs.lastTraded}`;
  if (!sameSize(theirs.volume, mine.volumeMinor))
    return `volume ${mine.volumeMinor}, the line says ${theirs.volume}`;
  if (!Object.is(mine.near, theirs.near) || !Object.is(mine.far, theirs.far))
    return `projected ${mine.near} and ${mine.far}, the line says ${theirs.near} and ${theirs.far}`;
  return null;
}

/** Compare everything once more when the file has ended; all the differences there are. */
export function finishCheck(check: LogCheck): readonly Difference[] {
  for (const market of check.markets.values()) {
    const { at, recording, book, plain } = market;
    if (at !== recording.events.length)
      differ(check, market, `${recording.events.length - at} slots too many`);
    for (const [key, theirs] of plain) {
      const what = wholeFault(book, runnerOf(market, key), theirs);
      if (what !== null) differ(check, market, `runner ${key} at the end: ${what}`);
    }
  }
  return check.differences;
}

function wholeFault(book: MarketBook, mine: RunnerBook | null, theirs: PlainRunner): string | null {
  if (mine === null) return "missing";
  for (const name of PLAIN_LADDERS) {
    const sizes = sizesOf(book, mine, name);
    if (!sameSizes(sizes, theirs.ladders[name])) return name;
  }
  for (const [i, name] of PLAIN_LEVELS.entries()) {
    const levels = mine.levels?.[i];
    const count = levels?.ticks.reduce((sum, tick) => sum + (tick < 0 ? 0 : 1), 0) ?? 0;
    if (count !== theirs.levels[i].size) return name;
    for (const [level, [price, size]] of theirs.levels[i])
      if (!levels || book.ladder.price(levels.ticks[level]) !== price || !sameSize(size, levels.sizes[level]))
        return name;
  }
  return scalarFault(book, mine, theirs);
}

function sizesOf(book: MarketBook, runner: RunnerBook, name: (typeof PLAIN_LADDERS)[number]): PlainSizes {
  if (name === "spb") return runner.startingBack ?? new Map();
  if (name === "spl") return runner.startingLay ?? new Map();
  const levels = levelsOf(runner, name);
  return new Map([...ticksOf(levels)].map((tick) => [book.ladder.price(tick), sizeAt(levels, tick)]));
}

function levelsOf(runner: RunnerBook, name: "atb" | "atl" | "trd"): Levels | null {
  if (name === "atb") return runner.back;
  return name === "atl" ? runner.lay : runner.traded;
}

/** `mine` in minor units, `theirs` in currency. */
function sameSizes(mine: PlainSizes, theirs: PlainSizes): boolean {
  if (mine.size !== theirs.size) return false;
  for (const [price, size] of theirs) if (!sameSize(size, mine.get(price) ?? 0)) return false;
  return true;
}

/** Whole minor units are within half of one of any amount, whichever way halves go. */
function sameSize(amount: number, minor: number): boolean {
  return Math.abs(amount * 100 - minor) <= 0.5001;
}
