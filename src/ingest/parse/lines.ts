/** The physical lines of a text: line k (from 0) is `text` from `starts[k]` to `ends[k]`, its break left out. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Lines ended by LF, CRLF or a lone CR. What follows the last break is a line only when it is not empty. */
export function splitLines(source: string): Lines {
  const text = hasLoneReturn(source) ? source.replace(/\r\n?/g, "\n") : source;
  const starts: number[] = [];
  const ends: number[] = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    starts.push(start);
    ends.push(end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end);
    start = end + 1;
  }
  return { text, starts, ends };
}

function hasLoneReturn(text: string): boolean {
  return text.includes("\r") && /\r(?!\n)/.test(text);
}

export function lineText({ text, starts, ends }: Lines, index: number): string {
  return text.slice(starts[index], ends[index]);
}

const CARRIAGE_RETURN = 13;
