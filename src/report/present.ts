import type { Column, Row } from "./column.js";
import type { Console } from "./console.js";
import { toCsv } from "./csv.js";
import { toJson, toJsonl } from "./json.js";
import { toMarkdown } from "./markdown.js";
import { renderTable, type TableStyle } from "./table.js";

export type { Column, Row } from "./column.js";

/** What a command answers: one document for programs, rows for tables and spreadsheets. */
export interface Answer {
  /** "statistico/results@1": within a number, fields are only added. */
  readonly schema: string;
  /** The body of the JSON document. */
  readonly document: object;
  /** What a person's table shows; none for an answer that is told in words. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Shown instead of the table where a picture or a page says it better. */
  readonly text?: () => string;
}

export interface FormatOptions {
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly csv?: boolean;
  readonly md?: boolean;
  readonly raw?: boolean;
}

/** Write an answer in the format asked for: a table unless --json, --jsonl, --csv or --md. */
export function present(
  { console, options }: { readonly console: Console; readonly options: FormatOptions },
  answer: Answer,
): void {
  console.write(format(answer, options, { width: console.width, color: console.color }));
}

function format(
  { schema, document, columns, rows, text }: Answer,
  options: FormatOptions,
  style: TableStyle,
): string {
  if (options.json) return toJson({ schema, ...document });
  if (options.jsonl) return toJsonl(rows);
  if (options.csv) return toCsv(fieldsOf(rows, columns), rows, { raw: options.raw === true });
  if (text && !options.md) return text();
  if (columns.length === 0) return "";
  return options.md ? toMarkdown(columns, rows) : renderTable(columns, rows, style);
}

/** Every plain field of the rows under its own name: a spreadsheet has room for what a table leaves out. */
function fieldsOf(rows: readonly Row[], columns: readonly Column[]): readonly Column[] {
  if (rows.length === 0) return columns;
  const names = new Set(
    rows.flatMap((row) =>
      Object.keys(row).filter((key) => typeof row[key] !== "object" || row[key] === null),
    ),
  );
  return [...names].map((key) => ({ key, title: key }));
}
