import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { isStatisticoError, StatisticoError } from "../../../core/errors.js";
import { chooseBunzip2 } from "./bunzip2.js";
import { type ByteSource, openSource, peek, rest } from "./byte-source.js";
import { type Budget, countEntry, limitRatio, limitSize, runIsOver } from "./limits.js";
import { type RefusedEntry, refused } from "./refused.js";
import { looksLikeTar, readTar } from "./tar.js";

/**
 * A file as it lies in a folder or an archive. `name` is its path and, after "!", the way through archives:
 * `2022.tar!1.195395419.bz2`. `chunks` must be read, or left, before the next entry is asked for.
 */
export type Entry =
  | { readonly kind: "file"; readonly name: string; readonly chunks: AsyncIterable<Uint8Array> }
  | RefusedEntry;

/** Bytes that tell every kind of file apart: a tar has its mark at 257 of its first 512. */
export const HEAD = 512;

export type Packing = "plain" | "gzip" | "bz2" | "tar" | "zip" | "xz";

/**
 * Everything unpacked that a file holds: itself when plain, the one file of a gzip or bz2, each file of a tar.
 *
 * What a file is, its first bytes say, never its name. A broken archive is the last entry of its file, "refused";
 * only the limits of a whole run throw (see `LIMITS`). Damage found while `chunks` is read throws there, StatisticoError.
 */
export async function* entriesOf(path: string, budget: Budget): AsyncGenerator<Entry> {
  const stream = createReadStream(path);
  try {
    yield* entriesIn(stream, path, budget);
  } finally {
    stream.destroy();
  }
}

/** The same of bytes that are at hand already, `depth` archives deep. */
export async function* entriesIn(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  budget: Budget,
  depth = 0,
): AsyncGenerator<Entry> {
  try {
    yield* unpackSource(openSource(chunks), name, budget, depth);
  } catch (error) {
    if (!isStatisticoError(error)) throw unreadable(name, error);
    if (runIsOver(budget)) throw error;
    yield refused(name, "unreadable", error.message);
  }
}

async function* unpackSource(
  source: ByteSource,
  name: string,
  budget: Budget,
  depth: number,
): AsyncGenerator<Entry> {
  countEntry(budget, name);
  const packing = packingOf(await peek(source, HEAD));
  if (packing === "plain") yield { kind: "file", name, chunks: limitSize(rest(source), name, budget) };
  else if (packing === "zip" || packing === "xz")
    yield refused(name, `packed-${packing}`, `a ${packing} archive is not read: unpack it first`);
  else if (depth >= budget.limits.depth)
    yield refused(name, "packed-too-deep", `archives lie more than ${budget.limits.depth} deep`);
  else if (packing === "tar") yield* unpackTar(source, name, budget, depth);
  else yield* unpackSingle(source, name, packing, budget, depth);
}

async function* unpackSingle(
  source: ByteSource,
  name: string,
  packing: "gzip" | "bz2",
  budget: Budget,
  depth: number,
): AsyncGenerator<Entry> {
  const packed = { bytes: 0 };
  const unpack = packing === "gzip" ? gunzip : await chooseBunzip2();
  const chunks = unpack(counted(rest(source), packed), name);
  const inner = openSource(limitRatio(chunks, name, budget.limits, packed));
  try {
    yield* unpackSource(inner, name, budget, depth + 1);
  } finally {
    await chunks.return(undefined);
  }
}

async function* unpackTar(
  source: ByteSource,
  name: string,
  budget: Budget,
  depth: number,
): AsyncGenerator<Entry> {
  for await (const member of readTar(source, name)) {
    const inside = `${name}!${member.name}`;
    if (member.kind === "refused") yield refused(inside, "not-a-file", member.why);
    if (member.kind === "file") yield* memberEntries(member.body, inside, budget, depth);
  }
}

/** A broken file in a tar is refused alone: those after it are read. */
async function* memberEntries(
  body: AsyncIterable<Uint8Array>,
  name: string,
  budget: Budget,
  depth: number,
): AsyncGenerator<Entry> {
  try {
    yield* unpackSource(openSource(body), name, budget, depth + 1);
  } catch (error) {
    if (!isStatisticoError(error) || runIsOver(budget)) throw error;
    yield refused(name, "unreadable", error.message);
  }
}

/** What the first bytes say. Sources: RFC 1952; POSIX pax; APPNOTE.TXT 6.3; the bzip2 and xz format descriptions. */
export function packingOf(head: Uint8Array): Packing {
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x1f, 0x8b)) return "gzip";
  if (starts(0x42, 0x5a, 0x68)) return "bz2";
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return "zip";
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)) return "xz";
  return looksLikeTar(head) ? "tar" : "plain";
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const pipe = createGunzip();
  const feeding = Readable.from(chunks, { objectMode: false });
  feeding.on("error", (error) => pipe.destroy(error));
  try {
    yield* feeding.pipe(pipe);
  } catch (error) {
    if (isStatisticoError(error)) throw error;
    throw new StatisticoError("data", `${name} is a damaged or truncated gzip file`, `gzip -t ${name}`);
  } finally {
    feeding.destroy();
    pipe.destroy();
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  packed: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    packed.bytes += chunk.length;
    yield chunk;
  }
}

function unreadable(path: string, error: unknown): StatisticoError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new StatisticoError("data", `cannot read ${path}, was ${code}`, `ls -l ${path}`);
}
