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

const CHUNK = 8192;

/** windows-1252 as the WHATWG encoding standard reads it: its five unassigned bytes stay control characters. */
export function decodeWindows1252(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const codes = Uint16Array.from(bytes.subarray(from, from + CHUNK), codeUnit);
    text += String.fromCharCode(...codes);
  }
  return text;
}

/** Characters of the bytes 0x80 to 0x9f. Source: https://encoding.spec.whatwg.org/index-windows-1252.txt */
const UPPER_CONTROLS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function codeUnit(byte: number): number {
  return byte >= 0x80 && byte <= 0x9f ? UPPER_CONTROLS.charCodeAt(byte - 0x80) : byte;
}
