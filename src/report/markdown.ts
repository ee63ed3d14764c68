import { stripControls } from "../core/text.js";
import { type Column, cellOf, type Row, showCell, standsRight } from "./column.js";

/** Rows as a Markdown table. Text is escaped: a name cannot become a link, a tag or another column. */
export function toMarkdown(columns: readonly Column[], rows: readonly Row[]): string {
  const cells = columns.map((column) => rows.map((row) => cellOf(row, column)));
  const rules = columns.map((column, i) => (standsRight(column, cells[i]) ? "--:" : "---"));
  const lines = rows.map((_, r) =>
    columns.map(({ digits }, i) => escapeMarkdown(showCell(cells[i][r], digits))),
  );
  const heads = columns.map(({ title }) => escapeMarkdown(title));
  return [heads, rules, ...lines].map((line) => `| ${line.join(" | ")} |\n`).join("");
}

function escapeMarkdown(text: string): string {
  return stripControls(text)
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
