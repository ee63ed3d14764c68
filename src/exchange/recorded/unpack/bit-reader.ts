/** Bits of a byte array, the highest of each byte first. */
export interface BitReader {
  readonly bytes: Uint8Array;
  /** The next byte. */
  at: number;
  /** Bits read ahead, in the low end. */
  held: number;
  /** How many. */
  left: number;
}

/** Thrown by the readers below when the bytes are used up; caught where the decoding began. */
export const END_OF_BITS = new Error("end of bits");

export function createBitReader(bytes: Uint8Array): BitReader {
  return { bytes, at: 0, held: 0, left: 0 };
}

/** The next `count` bits, 1 to 32, as an unsigned number. Throws END_OF_BITS. */
export function readBits(reader: BitReader, count: number): number {
  if (count > 24) return readBits(reader, count - 16) * 0x10000 + readBits(reader, 16);
  while (reader.left < count) pullByte(reader);
  reader.left -= count;
  return (reader.held >>> reader.left) & ((1 << count) - 1);
}

/** The next bit. Throws END_OF_BITS. */
export function readBit(reader: BitReader): number {
  if (reader.left === 0) pullByte(reader);
  reader.left -= 1;
  return (reader.held >>> reader.left) & 1;
}

function pullByte(reader: BitReader): void {
  if (reader.at >= reader.bytes.length) throw END_OF_BITS;
  reader.held = (reader.held << 8) | reader.bytes[reader.at++];
  reader.left += 8;
}
