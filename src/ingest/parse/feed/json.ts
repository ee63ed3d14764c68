import type { FeedRefusal } from "./refusal.js";
import { refuseFeed } from "./refusal.js";

export type JsonReading = { readonly kind: "json"; readonly value: unknown } | FeedRefusal;

/**
 * A JSON document of a feed, or why it is none: empty, a web page, not UTF-8, cut off, or anything else.
 *
 * What is cut off parses up to its last byte: the engine then complains of the end of the input.
 */
export function readJson(bytes: Uint8Array): JsonReading {
  const text = decode(bytes);
  if (text === null) return refuseFeed("feed-not-text", "not UTF-8 text");
  if (text.trim() === "") return refuseFeed("feed-empty", "the document is empty");
  if (/^\s*</.test(text))
    return refuseFeed("feed-html-page", `a web page instead of data, was "${opening(text)}"`);
  const nesting = nestingOf(text);
  if (nesting.deepest > DEEPEST) return refuseFeed("json-too-deep", `nested ${nesting.deepest} deep`);
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    return /^\s*[[{]/.test(text) && nesting.isOpen
      ? refuseFeed("json-truncated", "the JSON document is cut off")
      : refuseFeed("json-not-json", `not a JSON document, was "${opening(text)}"`);
  }
}

/** No feed nests more than a dozen; what does is made to exhaust the stack of whoever writes it out again. */
const DEEPEST = 64;

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function opening(text: string): string {
  return text
    .trim()
    .slice(0, 40)
    .replace(/[\p{Cc}"]/gu, " ");
}

const [QUOTE, ESCAPE, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = ['"', "\\", "[", "]", "{", "}"].map((one) =>
  one.charCodeAt(0),
);

/** How deep brackets go, and whether one, or a text, is still open at the end: then the document stopped too early. */
function nestingOf(text: string): { readonly deepest: number; readonly isOpen: boolean } {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) {
      if (code === ESCAPE) i++;
    } else if (code === OPEN || code === OPEN_LIST) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE || code === CLOSE_LIST) depth--;
    if (depth < 0) return { deepest, isOpen: false };
  }
  return { deepest, isOpen: quoted || depth > 0 };
}
