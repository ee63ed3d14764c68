import { type Markup, markup } from "./markup.js";

/** A titled part of a page with a line of explanation; `kind` "long" may break across printed pages. */
export function section(title: string, note: string, inside: Markup, kind = ""): Markup {
  return markup`<section class="${kind}"><h2>${title}</h2>${note ? markup`<p class="note">${note}</p>` : null}${inside}</section>`;
}
