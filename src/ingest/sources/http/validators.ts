import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { reading } from "../../../files/read-capped.js";
import { writeFailure, writeWhole } from "../../../files/write-whole.js";

/** What a server said last time of an address: asked again with these, it may answer "not modified". */
export interface Validator extends Tags {
  readonly sha256: string;
  readonly checkedAt: number;
}

export interface Tags {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** The small file that remembers validators by address, a line each, the last of an address counting. */
export interface Validators {
  get(url: string): Validator | undefined;
  set(url: string, validator: Validator): void;
}

/** Lines that are not the last of their address are cleared away when they are more than the others. */
export function openValidators(path: string): Validators {
  const lines = read(path);
  const validators = new Map<string, Validator>(lines);
  if (lines.length > 2 * validators.size)
    writeWhole(path, [...validators].map((entry) => `${JSON.stringify(entry)}\n`).join(""), 0o600);
  return {
    get: (url) => validators.get(url),
    set(url, validator) {
      validators.set(url, validator);
      append(path, `${JSON.stringify([url, validator])}\n`);
    },
  };
}

function append(path: string, line: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    appendFileSync(path, line, { mode: 0o600 });
  } catch (error) {
    throw writeFailure(path, error);
  }
}

export function tagsOf(headers: Readonly<Record<string, string | string[] | undefined>>): Tags {
  const { etag, "last-modified": lastModified } = headers;
  return {
    ...(typeof etag === "string" ? { etag } : {}),
    ...(typeof lastModified === "string" ? { lastModified } : {}),
  };
}

/** Headers that ask for what has changed alone. */
export function conditions(known: Tags | undefined): Record<string, string> {
  return {
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
  };
}

/** What is no validator is left out: all it costs is a request. */
function read(path: string): [string, Validator][] {
  if (!existsSync(path)) return [];
  return reading(path, (file) => readFileSync(file, "utf8"))
    .split("\n")
    .map(parseLine)
    .filter(isEntry);
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isEntry(entry: unknown): entry is [string, Validator] {
  const [url, validator] = Array.isArray(entry) ? (entry as [unknown, Partial<Validator> | null]) : [];
  return typeof url === "string" && /^[0-9a-f]{64}$/.test(validator?.sha256 ?? "");
}
