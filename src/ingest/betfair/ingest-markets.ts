import type { Clock } from "../../core/clock.js";
import type { RefusedEntry } from "../../exchange/recorded/unpack/refused.js";
import { type Unit, unitsOf } from "../../exchange/recorded/unpack/units.js";
import { type Found, walkFiles } from "../../exchange/recorded/unpack/walk.js";
import type { ExchangeOutcome, Warehouse } from "../../warehouse/port.js";
import type { Archive } from "../archive.js";
import { exchangeFile } from "./exchange-file.js";
import { relinkMarkets } from "./link-markets.js";
import type { Folders } from "./read-entry.js";
import { readEntry } from "./read-entry.js";
import { type EntryResult, readUnit, type TakenEntry } from "./read-unit.js";
import { BETFAIR, READING } from "./reading.js";

/** A part of what was given to be read, and the path of the file it came from. */
export interface Job {
  readonly path: string;
  readonly unit: Exclude<Unit, RefusedEntry>;
}

/** Reads jobs, side by side where it can, and gives their results in the jobs' order. */
export type ReadJobs = (
  jobs: AsyncIterable<Job | RefusedEntry>,
  folders: Folders,
  known: ReadonlySet<string>,
) => AsyncIterable<readonly EntryResult[]>;

export interface MarketIngest {
  readonly warehouse: Warehouse;
  readonly archive: Archive;
  readonly folders: Folders;
  readonly clock: Clock;
  readonly read: ReadJobs;
  /** Told of each file before it is handed out. */
  readonly onFile?: (path: string, done: number) => void;
  /** No further file is begun; those at hand are finished. */
  readonly signal?: AbortSignal;
}

export interface MarketFileReport extends ExchangeOutcome {
  readonly path: string;
  readonly sha256: string;
  /** Updates that were compared with their log in the second pass. */
  readonly checked: number;
}

export interface MarketIngestReport {
  readonly files: readonly MarketFileReport[];
  readonly refused: readonly RefusedEntry[];
}

/** The files a run would read, in its order. Throws StatisticoError for a path that is not there. */
export function marketFiles(paths: readonly string[]): Found[] {
  return [...walkFiles(paths)];
}

/**
 * Take exchange history in: every file is kept in the raw archive, each of its markets compiled into a log and
 * verified, and what they came to written in one transaction a file. What was read before is reported as the same.
 */
export async function ingestMarkets(
  found: readonly Found[],
  context: MarketIngest,
): Promise<MarketIngestReport> {
  const files: MarketFileReport[] = [];
  const refused: RefusedEntry[] = [];
  const known = await knownFiles(context.warehouse);
  for await (const results of context.read(jobsOf(found, context), context.folders, known))
    for (const result of results)
      if (result.kind === "refused") refused.push(result);
      else files.push(await write(result, context));
  return { files, refused };
}

async function knownFiles(warehouse: Warehouse): Promise<ReadonlySet<string>> {
  const raw = await warehouse.rawFiles();
  return new Set(raw.filter(({ reading }) => reading === READING).map(({ sha256 }) => sha256));
}

async function* jobsOf(
  found: readonly Found[],
  { onFile, signal }: MarketIngest,
): AsyncGenerator<Job | RefusedEntry> {
  for (const [done, file] of found.entries()) {
    onFile?.(file.path, done);
    for await (const unit of unitsOf(file)) {
      if (signal?.aborted) return;
      yield unit.kind === "refused" ? unit : { path: file.path, unit };
    }
  }
}

async function write(
  entry: TakenEntry,
  { warehouse, archive, folders, clock }: MarketIngest,
): Promise<MarketFileReport> {
  const { name: path, sha256, bytes } = entry;
  const told = { path, sha256 };
  const before = await warehouse.fileOutcome(sha256, READING);
  if (before !== null) return { ...told, ...before, markets: [], checked: 0 };
  const raw = archive.note({
    sha256,
    bytes,
    source: BETFAIR,
    path,
    receivedAt: clock.now(),
    reading: READING,
  });
  const reading = entry.reading ?? (await readEntry(sha256, folders));
  const outcome = await warehouse.writeExchangeFile(exchangeFile(entry, reading, raw));
  return { ...told, ...outcome, checked: reading.checked };
}

/** Enter exchange history into an empty database again, from the archive alone; the logs that are missing are made. */
export async function rebuildMarkets(
  { warehouse, archive, folders }: Pick<MarketIngest, "warehouse" | "archive" | "folders">,
  onFile: (path: string) => void,
): Promise<{ readonly files: number; readonly rows: number }> {
  const entries = archive.entries().filter(({ reading }) => reading === READING);
  let rows = 0;
  for (const raw of entries) {
    onFile(raw.path);
    const entry: TakenEntry = { kind: "taken", name: raw.path, ...raw, damage: null, reading: null };
    const reading = await readEntry(raw.sha256, folders);
    rows += (await warehouse.writeExchangeFile(exchangeFile(entry, reading, raw))).rows;
  }
  await relinkMarkets({ warehouse, archive, logs: folders.logs });
  return { files: entries.length, rows };
}

/** Read jobs one after the other in this thread. */
export const readHere: ReadJobs = async function* (jobs, folders, known) {
  for await (const job of jobs) yield "unit" in job ? await readJob(job, folders, known) : [job];
};

/** All that a job comes to. */
export async function readJob(
  { unit }: Job,
  folders: Folders,
  known: ReadonlySet<string>,
): Promise<readonly EntryResult[]> {
  const results: EntryResult[] = [];
  for await (const result of readUnit(unit, folders, (sha256) => known.has(sha256))) results.push(result);
  return results;
}
