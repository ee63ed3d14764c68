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
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    return isCut(text)
      ? refuseFeed("json-truncated", "the JSON document is cut off")
      : refuseFeed("json-not-json", `not a JSON document, was "${opening(text)}"`);
  }
}

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

/** True when brackets or a text are still open at the end: the document stopped too early. */
function isCut(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (quoted && letter === "\\") i++;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === "{" || letter === "[")) depth++;
    else if (!quoted && (letter === "}" || letter === "]")) depth--;
    if (depth < 0) return false;
  }
  return /^\s*[[{]/.test(text) && (quoted || depth > 0);
}
