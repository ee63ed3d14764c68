import { type Markup, markup } from "./markup.js";

/**
 * A titled part of a page with a line of explanation. Of kind "long" it may break across printed pages; "compact" tables
 * break their lines on a telephone instead of scrolling.
 */
export function section(title: string, note: string, inside: Markup, kind = ""): Markup {
  return markup`<section class="${kind}"><h2>${title}</h2>${note ? markup`<p class="note">${note}</p>` : null}${inside}</section>`;
}
