import { createHash } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { StatisticoError } from "../core/errors.js";
import { reading } from "../files/read-capped.js";
import { writeFailure, writeWhole } from "../files/write-whole.js";
import type { RawFile } from "../warehouse/port.js";

/**
 * The raw files, kept by the sha256 of their content before anything reads them: `ab/abcdef....gz`.
 *
 * `manifest.jsonl` lists, in order of arrival, every reading that was asked of a file. From the two alone the database
 * can be rebuilt. Nothing here is ever changed or removed.
 */
export interface Archive {
  readonly folder: string;
  /** Keep the bytes and note the reading, durably. The first arrival counts: a later one gets its entry back. */
  put(bytes: Uint8Array, arrival: Omit<RawFile, "sha256" | "bytes">): RawFile;
  /** Note the reading of bytes that `keepStream` has put there; the first arrival counts. */
  note(file: RawFile): RawFile;
  /** The kept bytes; refused when they are missing or no longer match their name. */
  read(sha256: string): Uint8Array;
  entries(): readonly RawFile[];
}

export function openArchive(folder: string): Archive {
  const manifest = join(folder, "manifest.jsonl");
  let known: Map<string, RawFile> | null = null;
  const entries = (): Map<string, RawFile> => {
    known ??= new Map(readManifest(manifest).map((file) => [entryKey(file), file]));
    return known;
  };
  const note = (file: RawFile): RawFile => {
    const before = entries().get(entryKey(file));
    if (before) return before;
    appendEntry(manifest, file);
    entries().set(entryKey(file), file);
    return file;
  };
  return {
    folder,
    put(bytes, arrival) {
      const file: RawFile = { sha256: sha256Of(bytes), bytes: bytes.length, ...arrival };
      const before = entries().get(entryKey(file));
      if (before && existsSync(archivedPath(folder, file.sha256))) return before;
      store(archivedPath(folder, file.sha256), bytes);
      return note(file);
    },
    note,
    read: (sha256) => readKept(archivedPath(folder, sha256), sha256),
    entries: () => [...entries().values()],
  };
}

/** Hex sha256 of content: what a raw file is known by. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** One entry a content, a source and a reading of it: the same bytes read with another filter are another entry. */
function entryKey({ sha256, source, reading }: RawFile): string {
  return `${sha256} ${source} ${reading}`;
}

/** Where the bytes of a sha256 are kept, or would be. */
export function archivedPath(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), `${sha256}.gz`);
}

function store(path: string, bytes: Uint8Array): void {
  if (!existsSync(path)) writeWhole(path, gzipSync(bytes, { level: 6 }), 0o600);
}

/** Add a line, durably. A line that a crash cut short is ended first, so that it cannot swallow this one. */
function appendEntry(manifest: string, file: RawFile): void {
  try {
    mkdirSync(dirname(manifest), { recursive: true, mode: 0o700 });
    const torn = existsSync(manifest) && !endsLine(manifest);
    appendFileSync(manifest, `${torn ? "\n" : ""}${JSON.stringify(file)}\n`, { mode: 0o600, flush: true });
  } catch (error) {
    throw writeFailure(manifest, error);
  }
}

function endsLine(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === 0x0a);
  } finally {
    closeSync(file);
  }
}

function readKept(path: string, sha256: string): Uint8Array {
  if (!existsSync(path))
    throw new StatisticoError(
      "data",
      `the archive lacks ${sha256}`,
      "statistico ingest football-data --from PATH",
    );
  const bytes = unpackKept(path);
  if (bytes === null || sha256Of(bytes) !== sha256)
    throw new StatisticoError(
      "data",
      `archived file ${path} no longer matches its sha256`,
      "restore it from a backup of data/raw",
    );
  return bytes;
}

/** The content, or null for what is no whole gzip file any more. */
function unpackKept(path: string): Uint8Array | null {
  const packed = reading(path, (file) => readFileSync(file));
  try {
    return gunzipSync(packed);
  } catch {
    return null;
  }
}

/** Lines that are no entry are what a crash cut short: nothing was done with them, so they are left out. */
function readManifest(path: string): RawFile[] {
  if (!existsSync(path)) return [];
  return reading(path, (file) => readFileSync(file, "utf8"))
    .split("\n")
    .flatMap((line) => {
      const entry = parseEntry(line);
      return entry ? [entry] : [];
    });
}

function parseEntry(line: string): RawFile | null {
  try {
    const entry = JSON.parse(line) as RawFile | null;
    return /^[0-9a-f]{64}$/.test(entry?.sha256 ?? "") ? entry : null;
  } catch {
    return null;
  }
}
