// Wide and fullwidth blocks of Unicode Standard Annex 11 (East Asian Width), as far as names and signs use them.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns of a terminal that a text takes: a wide sign two, a combining mark none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const sign of text) if (!/\p{M}|\u200b|\u200d/u.test(sign)) width += WIDE.test(sign) ? 2 : 1;
  return width;
}

/** The text in at most `width` columns, the last of them an ellipsis where something had to go. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let shown = "";
  let used = 0;
  for (const sign of text) {
    used += displayWidth(sign);
    if (used > width - 1) break;
    shown += sign;
  }
  return `${shown}…`;
}

/** As `shorten`, but it is the beginning that goes: of a path the end tells. */
export function shortenStart(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const signs = [...text];
  let used = 1;
  let from = signs.length;
  while (from > 0 && used + displayWidth(signs[from - 1]) <= width) used += displayWidth(signs[--from]);
  return `…${signs.slice(from).join("")}`;
}

/** The text with spaces up to `width` columns, before it when it stands right. */
export function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return right ? `${space}${text}` : `${text}${space}`;
}
