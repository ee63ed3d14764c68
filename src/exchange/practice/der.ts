/** The few parts of DER that a certificate is made of. Source: ITU-T X.690; RFC 5280 for what they mean. */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

function encode(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  return bytes < 0x100 ? Buffer.from([0x81, bytes]) : Buffer.from([0x82, bytes >> 8, bytes & 0xff]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => encode(TAG.sequence, Buffer.concat(parts));
export const set = (...parts: readonly Buffer[]): Buffer => encode(TAG.set, Buffer.concat(parts));
export const octets = (content: Buffer): Buffer => encode(TAG.octetString, content);
export const text = (content: string): Buffer => encode(TAG.utf8String, Buffer.from(content));
export const truth = (): Buffer => encode(TAG.boolean, Buffer.from([0xff]));

/** A string of whole bytes. */
export const bits = (content: Buffer): Buffer =>
  encode(TAG.bitString, Buffer.concat([Buffer.from([0]), content]));

/** An integer >= 0, big-endian: a leading 1 bit would make it negative. */
export function integer(bytes: Buffer): Buffer {
  return encode(TAG.integer, bytes[0] >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** "1.2.840.10045.4.3.2" */
export function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  return encode(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** A time before 2050, to the second. */
export function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return encode(TAG.utcTime, Buffer.from(`${digits}Z`));
}

/** [n], explicit: around a whole value. */
export const tagged = (n: number, content: Buffer): Buffer => encode(0xa0 | n, content);

/** [n], implicit: in place of a primitive value's own tag. */
export const implicit = (n: number, content: Buffer): Buffer => encode(0x80 | n, content);
