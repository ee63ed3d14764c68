import { type Markup, markup, type Part } from "./markup.js";

/** A column of a table on a page. */
export interface PageColumn<T> {
  readonly title: string;
  readonly kind: "text" | "nowrap" | "number";
  show(row: T): Part;
}

/** A table that scrolls sideways on its own when the page is too narrow for it. */
export function pageTable<T>(columns: readonly PageColumn<T>[], rows: readonly T[]): Markup {
  const head = columns.map(({ title, kind }) => markup`<th${classOf(kind)}>${title}</th>`);
  const body = rows.map(
    (row) =>
      markup`<tr>${columns.map(({ kind, show }) => markup`<td${classOf(kind)}>${show(row)}</td>`)}</tr>`,
  );
  return markup`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A figure in the colour of its sign; the text carries the sign as well. */
export function toned(value: number | null, text: string): Markup {
  if (value === null || value === 0) return markup`${text}`;
  return markup`<span class="${value > 0 ? "gain" : "loss"}">${text}</span>`;
}

function classOf(kind: PageColumn<unknown>["kind"]): Markup | null {
  if (kind === "text") return null;
  return markup` class="${kind === "number" ? "right" : "nowrap"}"`;
}
