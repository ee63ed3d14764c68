import { createReadStream } from "node:fs";
import { isStatisticoError } from "../../../core/errors.js";
import { openSource, peek } from "./byte-source.js";
import { HEAD, packingOf } from "./entries.js";
import { type RefusedEntry, refused } from "./refused.js";
import { readTar, type TarMember } from "./tar.js";
import type { Found } from "./walk.js";

/** What can be read on its own: a file where it lies, or a member of a tar, packed as it was in it. */
export type Unit =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "member"; readonly name: string; readonly bytes: Uint8Array }
  | RefusedEntry;

/** Packed bytes of a member that are held at a time: a market is far below. */
const MOST_HELD = 256 * 1024 * 1024;

/**
 * Take a file apart so that its parts can be read side by side: a plain tar of a month of markets into its members;
 * anything else stays whole.
 */
export async function* unitsOf(found: Found): AsyncGenerator<Unit> {
  if (found.kind === "refused") {
    yield refused(found.path, "not-a-file", found.why);
    return;
  }
  const { path } = found;
  const stream = createReadStream(path);
  try {
    const source = openSource(stream);
    if (packingOf(await peek(source, HEAD)) !== "tar") yield { kind: "file", name: path };
    else for await (const member of readTar(source, path)) yield* unitOf(member, path);
  } catch (error) {
    yield refused(path, "unreadable", problemOf(error, path));
  } finally {
    stream.destroy();
  }
}

async function* unitOf(member: TarMember, archive: string): AsyncGenerator<Unit> {
  const name = `${archive}!${member.name}`;
  if (member.kind === "refused") yield refused(name, "not-a-file", member.why);
  else if (member.kind === "file" && member.size > MOST_HELD)
    yield refused(name, "unreadable", `a member of ${member.size} bytes: unpack the tar first`);
  else if (member.kind === "file") yield { kind: "member", name, bytes: await held(member.body) };
}

/** Copied: the parts are views of what was read from the disk. */
async function held(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

/** What the operator or the system is told; a bug is nobody's to tell. */
function problemOf(error: unknown, path: string): string {
  if (isStatisticoError(error)) return error.message;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return `cannot read ${path}, was ${code}`;
}
