import { type ChangeJson, encodeChange } from "./encode.js";
import { OP, pushDouble, pushEvent } from "./event.js";
import { createLineHistory, type LineHistory, repeats } from "./line-history.js";
import type { MarketRecording } from "./recording.js";
import type { Refusal, Rule } from "./rule.js";
import { noteChange, noteForgetting, noteLine, type Verdicts } from "./verdicts.js";
import { createWriter, type MarketWriter } from "./writer.js";

/**
 * What became of a line. "applied": at least one change was used. "idle": a message without changes, as heartbeats
 * are. "same": read before. "quarantined": nothing of it could be used.
 */
export type LineKind = "applied" | "idle" | "same" | "blank" | "quarantined";

/** Markets read from one file, line by line. */
export interface McmReader {
  readonly markets: Map<string, MarketWriter>;
  /** The market written to last: nearly always the next one too. */
  latest: MarketWriter | null;
  /** Changes used so far. */
  changes: number;
  /** Lines by what became of them: together, every line given. */
  readonly counts: Record<LineKind, number>;
  refusedCount: number;
  /** Refusals by rule: whole lines and parts of lines. */
  readonly refused: Map<Rule, number>;
  /** The first of them, to be shown and kept. */
  readonly refusals: Refusal[];
  /** Messages under status 503: prices that may be wrong while heartbeats go on. */
  unreliable: number;
  lines: number;
  readonly history: LineHistory;
  /** What became of each line and change, for a second reading; null when nobody asks. */
  readonly verdicts: Verdicts | null;
  /** The line at hand. */
  line: string;
}

interface MessageJson {
  readonly op?: unknown;
  readonly pt?: unknown;
  readonly clk?: unknown;
  readonly ct?: unknown;
  readonly segmentType?: unknown;
  readonly status?: unknown;
  readonly mc?: unknown;
}

const MAX_MARKETS = 20_000;
const KEPT_REFUSALS = 1000;
const DETAIL = 200;
const RAW = 2000;
/** Messages about the connection itself, which a recorder may have kept. */
const CONNECTION = ["connection", "status", "heartbeat", "authentication"];
const OTHER_STREAMS = ["ocm", "rcm", "ccm"];

export function createMcmReader(verdicts: Verdicts | null = null): McmReader {
  return {
    markets: new Map(),
    latest: null,
    changes: 0,
    counts: { applied: 0, idle: 0, same: 0, blank: 0, quarantined: 0 },
    refusedCount: 0,
    refused: new Map(),
    refusals: [],
    unreliable: 0,
    lines: 0,
    history: createLineHistory(),
    verdicts,
    line: "",
  };
}

/**
 * Read one line of a market file into the recordings of its markets.
 *
 * Never throws, whatever the line: what cannot be used is counted by its rule. Cache rules: Betfair Exchange Stream
 * API, "Building a price cache".
 */
export function readLine(reader: McmReader, line: string): LineKind {
  reader.lines += 1;
  reader.line = line;
  if (reader.verdicts !== null) noteLine(reader.verdicts);
  const kind = kindOf(reader, line);
  reader.counts[kind] += 1;
  if (kind === "quarantined") markWhole(reader);
  return kind;
}

/** The first refusal of this line stands for all of it. */
function markWhole({ refusals, lines }: McmReader): void {
  let first = refusals.length;
  while (first > 0 && refusals[first - 1].line === lines) first -= 1;
  if (first < refusals.length) refusals[first].scope = "row";
}

function kindOf(reader: McmReader, line: string): LineKind {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return line.trim() === "" ? "blank" : refuseLine(reader, "not-json", line);
  }
  if (typeof json !== "object" || json === null) return refuseLine(reader, "not-json", line);
  return readMessage(reader, json, line);
}

function readMessage(reader: McmReader, message: MessageJson, line: string): LineKind {
  const { op, pt, mc, clk } = message;
  if (op !== "mcm") return refuseOther(reader, op, line);
  if (typeof pt !== "number" || !Number.isSafeInteger(pt) || pt < 0)
    return refuseLine(reader, "bad-time", String(pt));
  if (repeats(reader.history, pt, typeof clk === "string" ? clk : "", line)) return "same";
  if (message.status === 503) reader.unreliable += 1;
  if (message.ct === "SUB_IMAGE" && startsImage(message)) forgetBooks(reader, pt);
  if (mc === undefined || mc === null) return "idle";
  if (!Array.isArray(mc)) return refuseLine(reader, "bad-shape", "mc");
  const { changes, refusedCount, verdicts } = reader;
  for (let i = 0; i < mc.length; i++) {
    const used = readChange(reader, mc[i], pt);
    if (verdicts !== null) noteChange(verdicts, used);
  }
  if (reader.changes > changes) return "applied";
  return reader.refusedCount > refusedCount ? "quarantined" : "idle";
}

/** Whether the change was used. */
function readChange(reader: McmReader, change: ChangeJson | null, publishTime: number): boolean {
  if (typeof change !== "object" || change === null || typeof change.id !== "string" || change.id === "")
    return refuse(reader, "bad-market", null, "");
  const { id } = change;
  const known = reader.latest?.recording.marketId === id ? reader.latest : reader.markets.get(id);
  if (known === undefined && reader.markets.size >= MAX_MARKETS)
    return refuse(reader, "too-many-markets", id, "");
  const writer = known ?? createWriter(id);
  const rule = encodeChange(writer, change, publishTime, reader.lines);
  if (rule !== null) return refuse(reader, rule, id, writer.detail);
  if (known === undefined) reader.markets.set(id, writer);
  reader.latest = writer;
  reader.changes += 1;
  return true;
}

function startsImage({ segmentType }: MessageJson): boolean {
  return segmentType === undefined || segmentType === null || segmentType === "SEG_START";
}

/** A new image replaces the whole cache: a market that is not in it is no longer subscribed to. */
function forgetBooks(reader: McmReader, publishTime: number): void {
  if (reader.verdicts !== null) noteForgetting(reader.verdicts);
  for (const writer of reader.markets.values()) {
    if (publishTime < writer.publishTime) continue;
    pushEvent(writer.recording.events, OP.update, 0, 0, 0);
    pushDouble(writer.recording.events, publishTime);
    pushEvent(writer.recording.events, OP.clear, 0, 0, 0);
    writer.publishTime = publishTime;
    writer.line = reader.lines;
    reader.changes += 1;
  }
}

function refuseOther(reader: McmReader, op: unknown, line: string): LineKind {
  if (typeof op !== "string") return refuseLine(reader, "not-mcm", line);
  if (CONNECTION.includes(op)) return "idle";
  return refuseLine(reader, OTHER_STREAMS.includes(op) ? "other-stream" : "not-mcm", op);
}

/** Count a line that was too long to be held. */
export function refuseLong(reader: McmReader): void {
  reader.lines += 1;
  reader.line = "";
  if (reader.verdicts !== null) noteLine(reader.verdicts);
  reader.counts[refuseLine(reader, "line-too-long", "")] += 1;
  markWhole(reader);
}

/** Count a line that could not even be taken apart. */
function refuseLine(reader: McmReader, rule: Rule, detail: string): LineKind {
  refuse(reader, rule, null, detail);
  return "quarantined";
}

/** Never true: what was refused was not used. */
function refuse(reader: McmReader, rule: Rule, marketId: string | null, detail: string): false {
  reader.refusedCount += 1;
  reader.refused.set(rule, (reader.refused.get(rule) ?? 0) + 1);
  if (reader.refusals.length < KEPT_REFUSALS)
    reader.refusals.push({
      line: reader.lines,
      rule,
      marketId: marketId === null ? null : ownText(marketId, DETAIL),
      detail: ownText(detail, DETAIL),
      raw: ownText(reader.line, RAW),
      scope: "cell",
    });
  return false;
}

/** A copy of the beginning: a slice would keep the whole text it is of in memory. */
function ownText(text: string, most: number): string {
  return Array.from(text.slice(0, most)).join("");
}

/** The recordings of all markets, in the order of their first appearance. */
export function recordingsOf(reader: McmReader): MarketRecording[] {
  return [...reader.markets.values()].map(({ recording }) => recording);
}
