import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { isStatisticoError } from "../../core/errors.js";
import { type FileReport, refusedFile, reportFile } from "./file-report.js";
import { createLineCutter, cutLines, endLines } from "./lines.js";
import { digestOf } from "./log.js";
import { createMcmReader, type McmReader, readLine, recordingsOf, refuseLong } from "./mcm.js";
import type { MarketRecording } from "./recording.js";
import { type Entry, entriesOf } from "./unpack/entries.js";
import { type Budget, LIMITS, type Limits, openBudget, runIsOver } from "./unpack/limits.js";
import { type Found, walkFiles } from "./unpack/walk.js";

/** Bytes up to which a file is read before its turn: a market is well below, a month of them well above. */
const MOST_AHEAD = 8 * 1024 * 1024;

/** One unpacked file: what became of it, and the markets in it. */
export interface ReadFile {
  readonly report: FileReport;
  readonly recordings: readonly MarketRecording[];
}

type Drafts = AsyncIterable<Draft | FileReport> | readonly (Draft | FileReport)[];

interface Draft {
  readonly name: string;
  readonly sha256: string;
  readonly reader: McmReader;
  readonly damage: string | null;
}

/**
 * Read market files, archives and folders of them, in the order of their names.
 *
 * Several files are unpacked at a time, each by a process of its own where the system has bzip2. Damaged and hostile
 * files are reported, never thrown; only a limit of the whole run, a path that does not exist or a bug throws.
 * `known` carries digests of markets read before, see `reportFile`.
 */
export async function* readMarketFiles(
  paths: readonly string[],
  known: Map<string, string> = new Map(),
  limits: Limits = LIMITS,
): AsyncGenerator<ReadFile> {
  const budget = openBudget(limits);
  const read = (found: Found) => readFound(found, budget);
  for await (const drafts of ahead(walkFiles(paths), availableParallelism(), read))
    for await (const draft of drafts) yield finish(draft, known);
}

/** Work on `width` items at a time and give the results in the items' order. */
async function* ahead<T, R>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  for (const item of items) {
    const job = work(item);
    // A failure is met when its turn comes; until then it must not count as unhandled.
    job.catch(() => {});
    waiting.push(job);
    if (waiting.length < width) continue;
    const first = waiting.shift();
    if (first !== undefined) yield await first;
  }
  for (const job of waiting) yield await job;
}

/** What a file holds: read at once when it is small, when its turn comes when it may be a tar of thousands. */
async function readFound(found: Found, budget: Budget): Promise<Drafts> {
  if (found.kind === "refused") return [refusedFile(found.path, found.why)];
  const drafts = readDrafts(found.path, budget);
  return found.bytes > MOST_AHEAD ? drafts : collected(drafts);
}

async function collected(drafts: AsyncIterable<Draft | FileReport>): Promise<Drafts> {
  const all: (Draft | FileReport)[] = [];
  for await (const draft of drafts) all.push(draft);
  return all;
}

async function* readDrafts(path: string, budget: Budget): AsyncGenerator<Draft | FileReport> {
  for await (const entry of entriesOf(path, budget)) yield await readEntry(entry, budget);
}

async function readEntry(entry: Entry, budget: Budget): Promise<Draft | FileReport> {
  if (entry.kind === "refused") return refusedFile(entry.name, entry.why);
  const reader = createMcmReader();
  const hash = createHash("sha256");
  const cutter = createLineCutter((line) => {
    if (line === null) refuseLong(reader);
    else readLine(reader, line);
  });
  const damage = await drain(entry.chunks, budget, (chunk) => {
    hash.update(chunk);
    cutLines(cutter, chunk);
  });
  endLines(cutter);
  return { name: entry.name, sha256: hash.digest("hex"), reader, damage };
}

/** Take every chunk; the damage that ended them, or null. */
async function drain(
  chunks: AsyncIterable<Uint8Array>,
  budget: Budget,
  take: (chunk: Uint8Array) => void,
): Promise<string | null> {
  try {
    for await (const chunk of chunks) take(chunk);
    return null;
  } catch (error) {
    if (!isStatisticoError(error) || runIsOver(budget)) throw error;
    return error.message;
  }
}

function finish(draft: Draft | FileReport, known: Map<string, string>): ReadFile {
  if (!("reader" in draft)) return { report: draft, recordings: [] };
  const { name, sha256, reader, damage } = draft;
  return {
    report: reportFile(name, sha256, reader, damage, known, digestOf),
    recordings: recordingsOf(reader),
  };
}
