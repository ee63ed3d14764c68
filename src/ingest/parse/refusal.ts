import { quoted } from "./findings.js";
import { type Header, isHeader } from "./header.js";
import { type Lines, lineText } from "./lines.js";
import type { FileRule } from "./rule.js";

/** Why nothing in a file can be used. `line` and `column` count from 1; `text` and `hint` are ready to print. */
export interface RefusedFile {
  readonly kind: "refused";
  readonly rule: FileRule;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly hint: string;
}

const FETCH_AGAIN = "fetch it again: statistico ingest football-data --league E0 --season 2024";

export function refuse(
  rule: FileRule,
  line: number,
  column: number,
  text: string,
  hint = FETCH_AGAIN,
): RefusedFile {
  return { kind: "refused", rule, line, column, text, hint };
}

/** A file without a header: empty, binary, a page of words, cut by another separator, or not this table at all. */
export function refuseWithoutHeader(lines: Lines): RefusedFile {
  const first = lines.starts.findIndex((_, index) => lineText(lines, index).trim() !== "");
  if (first < 0) return refuse("empty-file", 1, 1, "the file is empty");
  const binary = refuseBinary(lines.text);
  if (binary) return binary;
  const opening = lineText(lines, first);
  const was = quoted(opening.trim());
  if (/^\s*<(?:!doctype|html|head|body|\?xml)/i.test(opening.slice(0, 200))) {
    return refuse("html-page", first + 1, 1, `a web page instead of a table, was ${was}`);
  }
  return refuseSeparator(lines) ?? refuse("no-header", first + 1, 1, `${missingNames(opening)}, was ${was}`);
}

/** A file with a NUL byte in `text`: an archive, a workbook, UTF-16. Null when there is none. */
export function refuseBinary(text: string): RefusedFile | null {
  const at = text.indexOf("\u0000");
  if (at < 0) return null;
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  const hint = "unpack it, or save it as comma-separated UTF-8 text, and ingest that";
  return refuse("binary-file", line, column, "not a text file: it holds NUL bytes", hint);
}

const OTHER_SEPARATORS = [
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "bars"],
] as const;

function refuseSeparator(lines: Lines): RefusedFile | null {
  const limit = Math.min(lines.starts.length, 10);
  for (let index = 0; index < limit; index++) {
    const line = lineText(lines, index);
    const found = OTHER_SEPARATORS.find(([mark]) => isHeader(line.split(mark).map((name) => name.trim())));
    if (!found) continue;
    const text = `cells are cut by ${found[1]} instead of commas, was ${quoted(line)}`;
    return refuse(
      "wrong-separator",
      index + 1,
      1,
      text,
      "save it with commas and decimal points, and ingest that",
    );
  }
  return null;
}

/** What the first line lacks to be a header of the season files. */
function missingNames(line: string): string {
  const names = line.split(",").map((name) => name.trim());
  const missing = ["Div", "Date", "HomeTeam", "AwayTeam"].filter((name) => !names.includes(name));
  return `no header found: the first line lacks ${missing.join(", ")}`;
}

/** Two columns that both claim to say which fixture a row is about. */
export function refuseAmbiguous({ index, names }: Header, name: string): RefusedFile {
  const text = `two columns are called ${name}: no telling which one is meant`;
  return refuse("repeated-column", index + 1, names.lastIndexOf(name) + 1, text);
}
