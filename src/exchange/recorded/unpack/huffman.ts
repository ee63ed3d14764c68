import { type BitReader, readBit } from "./bit-reader.js";

/** A canonical Huffman code: codes of one length follow each other, shorter ones come first. */
export interface HuffmanTable {
  /** Symbols by code length, then by number. */
  readonly symbols: Uint16Array;
  /** For each length, the place in `symbols` of its first code. */
  readonly first: Int32Array;
  /** For each length, its first code. */
  readonly base: Int32Array;
  /** For each length, how many codes it has. */
  readonly count: Int32Array;
}

const LONGEST = 20;

/** `lengths`: code length of each symbol, 1 to 20. */
export function buildHuffman(lengths: Uint8Array): HuffmanTable {
  const count = new Int32Array(LONGEST + 1);
  for (const length of lengths) count[length] += 1;
  const first = new Int32Array(LONGEST + 1);
  const base = new Int32Array(LONGEST + 1);
  for (let length = 1, code = 0, place = 0; length <= LONGEST; length++) {
    first[length] = place;
    base[length] = code;
    place += count[length];
    code = (code + count[length]) << 1;
  }
  const next = first.slice();
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    symbols[next[length]++] = symbol;
  });
  return { symbols, first, base, count };
}

/** The symbol of the next code; -1 when no symbol has it. Throws END_OF_BITS. */
export function readSymbol(bits: BitReader, { symbols, first, base, count }: HuffmanTable): number {
  let code = 0;
  for (let length = 1; length <= LONGEST; length++) {
    code = (code << 1) | readBit(bits);
    const place = code - base[length];
    if (place < count[length]) return place < 0 ? -1 : symbols[first[length] + place];
  }
  return -1;
}
