/** Text that is HTML already. Everything else is escaped when it is put into `markup`. */
export interface Markup {
  readonly kind: "markup";
  readonly text: string;
}

export type Part = Markup | string | number | null | readonly Part[];

/**
 * A template of HTML or SVG: `markup\`<td>${name}</td>\``.
 *
 * Texts and numbers are escaped, also for attributes in double quotes; null is nothing; lists are joined. Only another
 * `Markup` passes as it is, so that forgetting to escape is not possible.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = parts.reduce<string>((sum, part, i) => sum + render(part) + strings[i + 1], strings[0]);
  return { kind: "markup", text };
}

export const EMPTY: Markup = { kind: "markup", text: "" };

/** Style sheets are ours, never data: the one text that enters a page as it is. */
export function styleElement(css: string): Markup {
  return { kind: "markup", text: `<style>${css}</style>` };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) => (sign === "\n" ? "\n" : ""));
}

function render(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return isList(part) ? part.map(render).join("") : part.text;
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}
