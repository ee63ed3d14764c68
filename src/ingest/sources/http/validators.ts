import { existsSync, readFileSync } from "node:fs";
import { writeWhole } from "../../../files/write-whole.js";

/** What a server said last time of an address: asked again with these, it may answer "not modified". */
export interface Validator extends Tags {
  readonly sha256: string;
  readonly checkedAt: number;
}

export interface Tags {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** The small file that remembers validators by address, from one run to the next. */
export interface Validators {
  get(url: string): Validator | undefined;
  set(url: string, validator: Validator): void;
}

export function openValidators(path: string): Validators {
  const validators = new Map<string, Validator>(read(path));
  return {
    get: (url) => validators.get(url),
    set(url, validator) {
      validators.set(url, validator);
      writeWhole(path, `${JSON.stringify([...validators], null, 1)}\n`, 0o600);
    },
  };
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
  try {
    const entries: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(entry: unknown): entry is [string, Validator] {
  const [url, validator] = Array.isArray(entry) ? (entry as [unknown, Partial<Validator> | null]) : [];
  return typeof url === "string" && /^[0-9a-f]{64}$/.test(validator?.sha256 ?? "");
}
