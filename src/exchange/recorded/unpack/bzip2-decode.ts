import { type BitReader, createBitReader, END_OF_BITS, readBit, readBits } from "./bit-reader.js";
import { bzip2Crc, combineCrc } from "./bzip2-crc.js";
import { buildHuffman, type HuffmanTable, readSymbol } from "./huffman.js";

/** Bytes of one block, or the news that the rest cannot be had. Nothing follows "damaged". */
export type Bzip2Step =
  | { readonly kind: "block"; readonly bytes: Uint8Array }
  | { readonly kind: "damaged"; readonly reason: string };

const BLOCK_UNIT = 100_000;
const GROUP = 50;
const MOST_TABLES = 6;
const RUN_A = 0;
const RUN_B = 1;
const LONGEST_CODE = 20;

/**
 * Decode bzip2 data block by block (at most 900 kB each); concatenated streams are decoded one after the other.
 *
 * Checks the sum of every block and stream. Never throws: damage and a cut are a last step of kind "damaged".
 * Source: J. Tsai, "BZIP2: Format Specification" (2016), and the Burrows & Wheeler report SRC 124 (1994).
 */
export function* decodeBzip2(packed: Uint8Array): Generator<Bzip2Step> {
  const bits = createBitReader(packed);
  try {
    let streams = 0;
    // Garbage after a whole stream is ignored, as the original program does.
    while (streams === 0 || startsStream(packed, bits.at)) {
      yield* decodeStream(bits);
      bits.left = 0;
      streams += 1;
    }
  } catch (error) {
    if (error !== END_OF_BITS && !(error instanceof DamageError)) throw error;
    yield { kind: "damaged", reason: error instanceof DamageError ? error.message : "it ends too soon" };
  }
}

function startsStream(packed: Uint8Array, at: number): boolean {
  return packed[at] === 0x42 && packed[at + 1] === 0x5a && packed[at + 2] === 0x68;
}

class DamageError extends Error {
  override readonly name = "DamageError";
}

function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new DamageError(what);
}

function* decodeStream(bits: BitReader): Generator<Bzip2Step> {
  must(readBits(bits, 24) === 0x425a68, "no bz2 header");
  const level = readBits(bits, 8) - 0x30;
  must(level >= 1 && level <= 9, "an impossible block size");
  const block = new Uint32Array(level * BLOCK_UNIT);
  let sum = 0;
  for (;;) {
    const mark = readBits(bits, 24) * 0x1000000 + readBits(bits, 24);
    if (mark === 0x177245385090) break;
    must(mark === 0x314159265359, "no block where one must begin");
    const expected = readBits(bits, 32);
    const bytes = decodeBlock(bits, block);
    must(bzip2Crc(bytes) === expected, "a block with a wrong sum");
    sum = combineCrc(sum, expected);
    yield { kind: "block", bytes };
  }
  must(readBits(bits, 32) === sum, "a stream with a wrong sum");
}

function decodeBlock(bits: BitReader, block: Uint32Array): Uint8Array {
  must(readBit(bits) === 0, "a randomised block, which no bzip2 since 1.0 writes");
  const origin = readBits(bits, 24);
  const alphabet = readAlphabet(bits);
  const { selectors, tables } = readTables(bits, alphabet.length + 2);
  const length = readMoveToFront(bits, alphabet, selectors, tables, block);
  must(origin < length, "a block that begins outside itself");
  return expandRuns(invertBurrowsWheeler(block, length, origin), length);
}

/** The bytes that occur, in order: a 16-bit map of 16-bit maps. */
function readAlphabet(bits: BitReader): Uint8Array {
  const used = readBits(bits, 16);
  const alphabet: number[] = [];
  for (let high = 0; high < 16; high++) {
    if ((used & (0x8000 >> high)) === 0) continue;
    const row = readBits(bits, 16);
    for (let low = 0; low < 16; low++) if ((row & (0x8000 >> low)) !== 0) alphabet.push(high * 16 + low);
  }
  must(alphabet.length > 0, "a block without letters");
  return Uint8Array.from(alphabet);
}

function readTables(bits: BitReader, symbols: number): { selectors: Uint8Array; tables: HuffmanTable[] } {
  const count = readBits(bits, 3);
  must(count >= 2 && count <= MOST_TABLES, "an impossible number of code tables");
  const selectors = readSelectors(bits, count);
  const tables = Array.from({ length: count }, () => buildHuffman(readCodeLengths(bits, symbols)));
  return { selectors, tables };
}

function readSelectors(bits: BitReader, tables: number): Uint8Array {
  const selectors = new Uint8Array(readBits(bits, 15));
  must(selectors.length > 0, "a block without code tables");
  const recent = Uint8Array.from({ length: tables }, (_, i) => i);
  for (let i = 0; i < selectors.length; i++) {
    let place = 0;
    while (readBit(bits) === 1) place += 1;
    must(place < tables, "a code table that does not exist");
    selectors[i] = toFront(recent, place);
  }
  return selectors;
}

function readCodeLengths(bits: BitReader, symbols: number): Uint8Array {
  const lengths = new Uint8Array(symbols);
  let length = readBits(bits, 5);
  for (let i = 0; i < symbols; i++) {
    while (readBit(bits) === 1) {
      length += readBit(bits) === 0 ? 1 : -1;
      must(length >= 1 && length <= LONGEST_CODE, "an impossible code length");
    }
    must(length >= 1 && length <= LONGEST_CODE, "an impossible code length");
    lengths[i] = length;
  }
  return lengths;
}

/** Fill `block` with the last column of the sorted rotations; returns its length. */
function readMoveToFront(
  bits: BitReader,
  alphabet: Uint8Array,
  selectors: Uint8Array,
  tables: readonly HuffmanTable[],
  block: Uint32Array,
): number {
  const end = alphabet.length + 1;
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let read = 0; ; read++) {
    const group = Math.floor(read / GROUP);
    must(group < selectors.length, "a block longer than its code tables");
    const symbol = readSymbol(bits, tables[selectors[group]]);
    must(symbol >= 0, "a code that stands for nothing");
    if (symbol === RUN_A || symbol === RUN_B) {
      run += weight << symbol;
      weight <<= 1;
      must(run <= block.length, "a run longer than its block");
      continue;
    }
    must(
      length + run + 1 <= block.length || (symbol === end && length + run <= block.length),
      "a full block",
    );
    block.fill(alphabet[0], length, length + run);
    length += run;
    run = 0;
    weight = 1;
    if (symbol === end) return length;
    block[length++] = toFront(alphabet, symbol - 1);
  }
}

/** Take the letter at `place`, move it to the front and return it. */
function toFront(letters: Uint8Array, place: number): number {
  const letter = letters[place];
  letters.copyWithin(1, 0, place);
  letters[0] = letter;
  return letter;
}

/** The sorted rotations' last column back to the text, in place of itself: low byte the letter, the rest the next row. */
function invertBurrowsWheeler(block: Uint32Array, length: number, origin: number): Uint8Array {
  const starts = new Uint32Array(256);
  for (let i = 0; i < length; i++) starts[block[i] & 0xff] += 1;
  for (let letter = 0, sum = 0; letter < 256; letter++) {
    const count = starts[letter];
    starts[letter] = sum;
    sum += count;
  }
  for (let i = 0; i < length; i++) block[starts[block[i] & 0xff]++] |= i << 8;
  const text = new Uint8Array(length);
  let at = block[origin] >>> 8;
  for (let i = 0; i < length; i++) {
    text[i] = block[at] & 0xff;
    at = block[at] >>> 8;
  }
  return text;
}

/** Undo the first step of packing: four equal bytes are followed by how many more there are. */
function expandRuns(text: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(expandedLength(text, length));
  let at = 0;
  let same = 0;
  for (let i = 0; i < length; i++) {
    if (same === 4) {
      out.fill(text[i - 1], at, at + text[i]);
      at += text[i];
      same = 0;
      continue;
    }
    same = i > 0 && same > 0 && text[i] === text[i - 1] ? same + 1 : 1;
    out[at++] = text[i];
  }
  return out;
}

function expandedLength(text: Uint8Array, length: number): number {
  let total = 0;
  let same = 0;
  for (let i = 0; i < length; i++) {
    if (same === 4) {
      total += text[i];
      same = 0;
      continue;
    }
    same = i > 0 && same > 0 && text[i] === text[i - 1] ? same + 1 : 1;
    total += 1;
  }
  return total;
}
