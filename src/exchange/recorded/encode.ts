import { FINEST, type Ladder } from "../../domain/ladder.js";
import { roundHalfEven } from "../../domain/money.js";
import { LEVELS } from "./book.js";
import { bookLadder } from "./definition.js";
import { type EventLog, MAX_RUNNERS, OP, pushDouble, pushEvent, pushSize, pushVolume } from "./event.js";
import { readDefinition } from "./read-definition.js";
import { createRecording, type MarketRecording } from "./recording.js";
import type { Rule } from "./rule.js";

/** A recording that is being written, and what is needed to write on. */
export interface MarketWriter {
  readonly recording: MarketRecording;
  /** Runner index by selection and handicap, see `runnerCode`. */
  readonly index: Map<number, number>;
  ladder: Ladder;
  /** Publish time of the last change. */
  publishTime: number;
  /** Where the last refused change was at fault; empty when its rule says it all. */
  detail: string;
  /** Number of the line that wrote last: a line is one update, however many changes of the market it holds. */
  line: number;
}

/** One market change and one runner change as JSON gives them: nothing is known of the fields but their names. */
export interface ChangeJson {
  readonly id?: unknown;
  readonly img?: unknown;
  readonly tv?: unknown;
  readonly marketDefinition?: unknown;
  readonly rc?: unknown;
}

type RunnerJson = Readonly<Record<string, unknown>>;

/** Most minor units of a size or volume: 2^49. */
const MOST = 2 ** 49;
/** By their number in `OP.level`. */
const LEVEL_LADDERS = ["batb", "batl", "bdatb", "bdatl"];

export function createWriter(marketId: string): MarketWriter {
  return {
    recording: createRecording(marketId),
    index: new Map(),
    ladder: FINEST,
    publishTime: Number.NEGATIVE_INFINITY,
    detail: "",
    line: -1,
  };
}

/**
 * Write one change as events; null when all of it could be used.
 *
 * Otherwise nothing is written and the rule says why: a book with half a change in it would be worse than an old one.
 */
export function encodeChange(
  writer: MarketWriter,
  change: ChangeJson,
  publishTime: number,
  line: number,
): Rule | null {
  writer.detail = "";
  if (publishTime < writer.publishTime) return "clock-backwards";
  const { recording } = writer;
  const { events, definitions } = recording;
  const slots = events.length;
  const defined = definitions.length;
  const runners = recording.runners.length;
  if (writer.line !== line) {
    pushEvent(events, OP.update, 0, 0, 0);
    pushDouble(events, publishTime);
  }
  const rule = encodeParts(writer, change);
  if (rule === null) {
    writer.publishTime = publishTime;
    writer.line = line;
    return null;
  }
  events.length = slots;
  definitions.length = defined;
  recording.places.length = defined;
  forgetRunners(writer, runners);
  if (defined === 0) writer.ladder = FINEST;
  return rule;
}

function encodeParts(writer: MarketWriter, { img, tv, marketDefinition, rc }: ChangeJson): Rule | null {
  const { events } = writer.recording;
  if (img === true) pushEvent(events, OP.clear, 0, 0, 0);
  if (marketDefinition !== undefined && marketDefinition !== null) {
    const rule = encodeDefinition(writer, marketDefinition);
    if (rule !== null) return rule;
  }
  if (tv !== undefined && tv !== null) {
    const rule = encodeVolume(events, OP.marketVolume, 0, tv);
    if (rule !== null) return rule;
  }
  if (rc === undefined || rc === null) return null;
  if (!Array.isArray(rc)) return "bad-shape";
  for (let i = 0; i < rc.length; i++) {
    const rule = encodeRunner(writer, rc[i]);
    if (rule !== null) return rule;
  }
  return null;
}

function encodeDefinition(writer: MarketWriter, json: unknown): Rule | null {
  const { recording } = writer;
  const read = readDefinition(json);
  if (read.kind === "unusable") {
    writer.detail = read.field;
    return "bad-definition";
  }
  const { definition } = read;
  const before = recording.definitions.at(-1);
  if (before !== undefined && definition.version < before.version) return "older-version";
  const ladder = bookLadder(definition);
  if (before !== undefined && !sameLadder(ladder, writer.ladder)) return "ladder-changed";
  if (before === undefined && ladder !== FINEST && recording.runners.length > 0) return "ladder-changed";
  writer.ladder = ladder;
  const places = definition.runners.map(({ selectionId, handicap }) =>
    runnerIndex(writer, selectionId, handicap),
  );
  if (places.some((place) => place < 0)) return "bad-runner";
  pushEvent(recording.events, OP.definition, 0, 0, recording.definitions.length);
  recording.definitions.push(definition);
  recording.places.push(Uint16Array.from(places));
  return null;
}

function sameLadder(a: Ladder, b: Ladder): boolean {
  return (
    a.type === b.type &&
    a.ticks === b.ticks &&
    a.price(0) === b.price(0) &&
    a.price(a.ticks - 1) === b.price(b.ticks - 1)
  );
}

function encodeRunner(writer: MarketWriter, json: RunnerJson | null): Rule | null {
  if (typeof json !== "object" || json === null) return "bad-shape";
  const runner = runnerIndex(writer, json.id, json.hc ?? 0);
  if (runner < 0) return "bad-runner";
  const { events } = writer.recording;
  // Only the fields that are there: asking each object for fifteen names costs more than parsing it did.
  for (const field in json) {
    const value = json[field];
    if (value === null) continue;
    const rule = encodeField(events, writer.ladder, runner, field, value);
    if (rule !== null) return rule;
  }
  return null;
}

function encodeField(
  events: EventLog,
  ladder: Ladder,
  runner: number,
  field: string,
  value: unknown,
): Rule | null {
  switch (field) {
    case "atb":
      return encodeLadder(events, ladder, OP.back, runner, value);
    case "atl":
      return encodeLadder(events, ladder, OP.lay, runner, value);
    case "trd":
      if (Array.isArray(value) && value.length === 0) pushEvent(events, OP.emptied, runner, 0, 0);
      return encodeLadder(events, ladder, OP.traded, runner, value);
    case "ltp":
      return encodeLast(events, ladder, runner, value);
    case "tv":
      return encodeVolume(events, OP.runnerVolume, runner, value);
    case "batb":
    case "batl":
    case "bdatb":
    case "bdatl":
      return encodeLevels(events, ladder, LEVEL_LADDERS.indexOf(field), runner, value);
    case "spn":
    case "spf":
      return encodeProjected(events, field === "spn" ? 0 : 1, runner, value);
    case "spb":
    case "spl":
      return encodeStarting(events, field === "spb" ? 0 : 1, runner, value);
    default:
      return null;
  }
}

function encodeLast(events: EventLog, ladder: Ladder, runner: number, value: unknown): Rule | null {
  const tick = typeof value === "number" ? ladder.tick(value) : -1;
  if (tick < 0) return "bad-price";
  pushEvent(events, OP.lastTraded, runner, tick, 0);
  return null;
}

function encodeVolume(events: EventLog, op: number, runner: number, value: unknown): Rule | null {
  const volume = minorOf(value);
  if (volume < 0) return "bad-size";
  pushVolume(events, op, runner, volume);
  return null;
}

function encodeLadder(
  events: EventLog,
  ladder: Ladder,
  op: number,
  runner: number,
  list: unknown,
): Rule | null {
  if (!Array.isArray(list)) return "bad-shape";
  for (let i = 0; i < list.length; i++) {
    const pair = list[i];
    if (!Array.isArray(pair) || typeof pair[0] !== "number") return "bad-shape";
    const tick = ladder.tick(pair[0]);
    if (tick < 0) return "bad-price";
    const size = minorOf(pair[1]);
    if (size < 0) return "bad-size";
    pushSize(events, op, runner, tick, size);
  }
  return null;
}

/** An empty list says that something changed outside our levels: nothing to do. */
function encodeLevels(
  events: EventLog,
  ladder: Ladder,
  which: number,
  runner: number,
  list: unknown,
): Rule | null {
  if (!Array.isArray(list)) return "bad-shape";
  for (const entry of list) {
    if (!Array.isArray(entry)) return "bad-shape";
    const [level, price, amount] = entry;
    if (!Number.isInteger(level) || level < 0 || level >= LEVELS) return "bad-shape";
    const size = minorOf(amount);
    if (size < 0) return "bad-size";
    // A level is emptied by size 0, its price then 0 or stale.
    const tick = size === 0 ? 0 : typeof price === "number" ? ladder.tick(price) : -1;
    if (tick < 0) return "bad-price";
    pushEvent(events, OP.level, runner, which * LEVELS + level, tick);
    pushDouble(events, size);
  }
  return null;
}

/** The exchange writes "NaN" and "Infinity" as strings, where there is no money on a side. */
function encodeProjected(events: EventLog, which: number, runner: number, value: unknown): Rule | null {
  const known = value === "NaN" || value === "Infinity" || value === "-Infinity";
  if (typeof value !== "number" && !known) return "bad-price";
  pushEvent(events, OP.projected, runner, 0, which);
  pushDouble(events, Number(value));
  return null;
}

/** Limits of waiting money are any double: an unlimited lay stands at the price its liability implies. */
function encodeStarting(events: EventLog, side: number, runner: number, list: unknown): Rule | null {
  if (!Array.isArray(list)) return "bad-shape";
  for (const pair of list) {
    if (!Array.isArray(pair) || typeof pair[0] !== "number" || !(pair[0] >= 1)) return "bad-price";
    const size = minorOf(pair[1]);
    if (size < 0) return "bad-size";
    pushEvent(events, OP.starting, runner, 0, side);
    pushDouble(events, pair[0]);
    pushDouble(events, size);
  }
  return null;
}

/** Minor units of an amount in [0, 2^49); -1 for anything else. */
function minorOf(amount: unknown): number {
  if (typeof amount !== "number") return -1;
  const scaled = amount * 100;
  if (!(scaled >= 0 && scaled < MOST)) return -1;
  const rounded = Math.round(scaled);
  return Math.abs(scaled - rounded) < 0.001 ? rounded : roundHalfEven(scaled);
}

/** The runner's index, given one when it is new; -1 for an impossible id or handicap, or too many runners. */
function runnerIndex(writer: MarketWriter, selectionId: unknown, handicap: unknown): number {
  if (typeof selectionId !== "number" || typeof handicap !== "number") return -1;
  const code = runnerCode(selectionId, handicap);
  const known = writer.index.get(code);
  if (known !== undefined) return known;
  const { runners } = writer.recording;
  const eighths = handicap * 8;
  const possible =
    Number.isSafeInteger(selectionId) &&
    selectionId >= 0 &&
    selectionId < 2 ** 40 &&
    Number.isInteger(eighths) &&
    Math.abs(eighths) < 2048;
  if (!possible || runners.length >= MAX_RUNNERS) return -1;
  writer.index.set(code, runners.length);
  return runners.push({ selectionId, handicap }) - 1;
}

/** One number for both: the id itself without a handicap, else below zero; handicaps are eighths below 256. */
function runnerCode(selectionId: number, handicap: number): number {
  return handicap === 0 ? selectionId : -(selectionId * 4096 + handicap * 8 + 2048);
}

function forgetRunners(writer: MarketWriter, count: number): void {
  const { runners } = writer.recording;
  while (runners.length > count) {
    const runner = runners.pop();
    if (runner !== undefined) writer.index.delete(runnerCode(runner.selectionId, runner.handicap));
  }
}
