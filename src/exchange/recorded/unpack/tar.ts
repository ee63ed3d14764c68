import { StatisticoError } from "../../../core/errors.js";
import { type ByteSource, readExactly, skip, take } from "./byte-source.js";

/** A member of a tar. `body` must be read, or left, before the next member is asked for. */
export type TarMember =
  | {
      readonly kind: "file";
      readonly name: string;
      readonly size: number;
      readonly body: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: "folder"; readonly name: string }
  | { readonly kind: "refused"; readonly name: string; readonly why: string };

const BLOCK = 512;
/** Longest name of a GNU or pax header: far above any file system's. */
const LONGEST_NAME = 4096;
const MAX_PAX = 64 * 1024;

/** Whether bytes begin as a tar does: the "ustar" mark of POSIX and GNU tar. */
export function looksLikeTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && ascii(head, 257, 5) === "ustar";
}

/**
 * The members of a tar in their order; links, devices and names that leave the folder come as "refused".
 *
 * Source: POSIX.1-2017 pax, ustar interchange format; GNU tar manual, "@LongLink". Throws StatisticoError for a
 * header with a wrong sum and for an archive that is cut short.
 */
export async function* readTar(source: ByteSource, archive: string): AsyncGenerator<TarMember> {
  let longName: string | null = null;
  for (;;) {
    const header = await readExactly(source, BLOCK);
    if (header === null || header.every((byte) => byte === 0)) return;
    if (header.length < BLOCK || !sumIsRight(header)) throw damaged(archive);
    const { type, size } = { type: String.fromCharCode(header[156]), size: octal(header, 124, 12) };
    if (size === null) throw damaged(archive);
    if (type === "L" || type === "x") {
      const text = await readText(source, size, archive);
      longName = type === "L" ? text.replace(/\0.*$/s, "") : (paxPath(text) ?? longName);
      continue;
    }
    if (type === "g") {
      await skipPadded(source, size, archive);
      continue;
    }
    const name: string = longName ?? headerName(header);
    longName = null;
    const before = source.consumed;
    yield member(source, type, name, size, archive);
    await skipPadded(source, size - (source.consumed - before), archive, size);
  }
}

function member(source: ByteSource, type: string, name: string, size: number, archive: string): TarMember {
  const why = refusal(type, name);
  if (why !== null) return { kind: "refused", name, why };
  if (type === "5") return { kind: "folder", name };
  return { kind: "file", name, size, body: body(source, size, archive) };
}

/** Why a member must not be unpacked; null when it may. */
function refusal(type: string, name: string): string | null {
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name) || name.startsWith("\\")) return "absolute name";
  if (name.split(/[/\\]/).includes("..")) return "name leaves the folder";
  if (name.includes("\0") || name.length > LONGEST_NAME) return "impossible name";
  if (type === "1" || type === "2") return "link";
  return type === "0" || type === "\0" || type === "5" || type === "7" ? null : "not a file";
}

async function* body(source: ByteSource, size: number, archive: string): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; ) {
    const chunk = await take(source, left);
    if (chunk === null) throw damaged(archive);
    left -= chunk.length;
    yield chunk;
  }
}

/** Skip what is unread of a member of `size` bytes and the zeros after it. */
async function skipPadded(source: ByteSource, unread: number, archive: string, size = unread): Promise<void> {
  const padding = (BLOCK - (size % BLOCK)) % BLOCK;
  if (!(await skip(source, unread))) throw damaged(archive);
  await skip(source, padding);
}

async function readText(source: ByteSource, size: number, archive: string): Promise<string> {
  if (size > MAX_PAX) throw damaged(archive);
  const bytes = await readExactly(source, size);
  if (bytes === null || bytes.length < size) throw damaged(archive);
  await skip(source, (BLOCK - (size % BLOCK)) % BLOCK);
  return new TextDecoder().decode(bytes);
}

/** The path of a pax header, records "length key=value\n". */
function paxPath(text: string): string | null {
  return /(?:^|\n)\d{1,6} path=([^\n]*)\n/.exec(text)?.[1] ?? null;
}

function headerName(header: Uint8Array): string {
  const name = ascii(header, 0, 100);
  const prefix = ascii(header, 345, 155);
  return ascii(header, 257, 6) === "ustar" && prefix !== "" ? `${prefix}/${name}` : name;
}

function sumIsRight(header: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i];
  return sum === octal(header, 148, 8);
}

/** A number in octal text; null when it is none, as GNU's base-256 sizes beyond 8 GiB are. */
function octal(header: Uint8Array, from: number, length: number): number | null {
  const text = ascii(header, from, length).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : text === "" ? 0 : null;
}

/** Text up to a zero byte, in Latin-1. */
function ascii(bytes: Uint8Array, from: number, length: number): string {
  const end = bytes.subarray(from, from + length).indexOf(0);
  return Buffer.from(bytes.subarray(from, from + (end < 0 ? length : end))).toString("latin1");
}

function damaged(archive: string): StatisticoError {
  return new StatisticoError("data", `${archive} is a damaged or truncated tar file`, `tar -tf ${archive}`);
}
