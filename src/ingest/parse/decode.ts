/**
 * Text of a file whose encoding nobody declares: a UTF-8 byte-order mark, else strict UTF-8, else windows-1252.
 *
 * The last never fails and is what a spreadsheet in western Europe writes. Its table stands here because runtimes
 * have taken the label for latin-1, which loses the apostrophe of "King’s Lynn" (byte 0x92).
 */
export function decodeText(bytes: Uint8Array): string {
  const content = hasUtf8Mark(bytes) ? bytes.subarray(3) : bytes;
  return decodeUtf8(content) ?? decodeWindows1252(content);
}

function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Arguments that one call takes on every engine. */
const CHUNK = 8192;

/** windows-1252 as the WHATWG encoding standard reads it: its five unassigned bytes stay control characters. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const codes = new Uint16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) codes[i] = bytes[i] < 0x80 ? bytes[i] : UPPER_HALF[bytes[i] - 0x80];
  const parts: string[] = [];
  for (let from = 0; from < codes.length; from += CHUNK) {
    parts.push(Reflect.apply(String.fromCharCode, null, codes.subarray(from, from + CHUNK)));
  }
  return parts.join("");
}

/** Characters of the bytes 0x80 to 0x9f. Source: https://encoding.spec.whatwg.org/index-windows-1252.txt */
const UPPER_CONTROLS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Code units of the bytes 0x80 to 0xff: from 0xa0 on they are latin-1's. */
const UPPER_HALF = Uint16Array.from({ length: 128 }, (_, index) =>
  index < UPPER_CONTROLS.length ? UPPER_CONTROLS.charCodeAt(index) : 0x80 + index,
);
