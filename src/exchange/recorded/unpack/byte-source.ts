/** Chunks of bytes that can be taken in other sizes than they come. */
export interface ByteSource {
  readonly next: () => Promise<Uint8Array | null>;
  /** What has come but is not taken yet. */
  held: Uint8Array;
  /** Bytes taken so far. */
  consumed: number;
}

const EMPTY = new Uint8Array(0);

export function openSource(chunks: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = chunks[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await iterator.next();
    return done === true ? null : value;
  };
  return { next, held: EMPTY, consumed: 0 };
}

/** At most `most` bytes, at least one; null at the end. */
export async function take(source: ByteSource, most: number): Promise<Uint8Array | null> {
  while (source.held.length === 0) {
    const chunk = await source.next();
    if (chunk === null) return null;
    source.held = chunk;
  }
  const chunk = source.held.subarray(0, most);
  source.held = source.held.subarray(chunk.length);
  source.consumed += chunk.length;
  return chunk;
}

/** `size` bytes, fewer when the source ends before, null when nothing was left. */
export async function readExactly(source: ByteSource, size: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  for (let left = size; left > 0; ) {
    const chunk = await take(source, left);
    if (chunk === null) break;
    parts.push(chunk);
    left -= chunk.length;
  }
  if (parts.length === 0 && size > 0) return null;
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}

/** Leave out `size` bytes; false when the source ends before. */
export async function skip(source: ByteSource, size: number): Promise<boolean> {
  for (let left = size; left > 0; ) {
    const chunk = await take(source, left);
    if (chunk === null) return false;
    left -= chunk.length;
  }
  return true;
}

/** The first `size` bytes, or all there are, without taking them. */
export async function peek(source: ByteSource, size: number): Promise<Uint8Array> {
  while (source.held.length < size) {
    const chunk = await source.next();
    if (chunk === null) break;
    source.held = source.held.length === 0 ? chunk : Buffer.concat([source.held, chunk]);
  }
  return source.held.subarray(0, size);
}

/** What is left of the source, chunk by chunk. */
export async function* rest(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = await take(source, Number.MAX_SAFE_INTEGER);
    if (chunk === null) return;
    yield chunk;
  }
}
