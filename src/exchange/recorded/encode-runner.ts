import type { Ladder } from "../../domain/ladder.js";
import { roundHalfEven } from "../../domain/money.js";
import { LEVELS } from "./book.js";
import { type EventLog, OP, pushDouble, pushEvent, pushSize, pushVolume } from "./event.js";
import type { Rule } from "./rule.js";
import { type MarketWriter, runnerIndex } from "./writer.js";

type RunnerJson = Readonly<Record<string, unknown>>;

/** Most minor units of a size or volume: 2^49. */
const MOST = 2 ** 49;
/** By their number in `OP.level`. */
const LEVEL_LADDERS = ["batb", "batl", "bdatb", "bdatl"];

/** Write what a change says of one runner; the rule of its first fault, null without one. */
export function encodeRunner(writer: MarketWriter, json: RunnerJson | null): Rule | null {
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

/** Write a traded volume; `op` is `OP.runnerVolume` or `OP.marketVolume`. */
export function encodeVolume(events: EventLog, op: number, runner: number, value: unknown): Rule | null {
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
