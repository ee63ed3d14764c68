import { CHART_CSS, PALETTE_CSS } from "../svg/style.js";
import { type Markup, markup, styleElement } from "./markup.js";

export interface Page {
  readonly title: string;
  readonly body: Markup;
}

const PAGE_CSS = `
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:1120px;margin:0 auto;padding:36px 28px 56px}
h1{font-size:28px;line-height:1.2;letter-spacing:-.01em;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:17px;line-height:1.3;margin:0 0 2px}
section{margin-top:36px}
p{margin:0}
.soft{color:var(--soft)}
.note{color:var(--soft);font-size:13px;max-width:78ch;margin-bottom:10px}
.gain{color:var(--gain)}.loss{color:var(--loss)}
.lead{margin-top:24px;padding:16px 20px;border-left:4px solid var(--accent);background:var(--tint);border-radius:0 8px 8px 0}
.lead.gain{border-color:var(--gain);color:inherit}.lead.loss{border-color:var(--loss);color:inherit}
.lead strong{display:block;font-size:17px;margin-bottom:2px}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:12px;margin-top:20px}
.tile{border:1px solid var(--rule);border-radius:8px;padding:12px 16px 13px;background:var(--card);break-inside:avoid}
.tile .name{font-size:13px;color:var(--soft)}
.tile .value{font-size:25px;line-height:1.25;font-weight:600;letter-spacing:-.01em;white-space:nowrap}
.tile .doubt{font-size:13px;line-height:1.4;color:var(--soft)}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 40px}
.pair>*{min-width:0}.pair>div>section:first-child{margin-top:36px}
.narrow{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.35}
th{font-weight:600;color:var(--soft);text-align:left;white-space:nowrap;border-bottom:1px solid var(--soft)}
th,td{padding:6px 0 6px 18px;vertical-align:top}
th:first-child,td:first-child{padding-left:0}
td{border-bottom:1px solid var(--rule)}
.right{text-align:right;white-space:nowrap}
.nowrap{white-space:nowrap}
ul{margin:6px 0 0;padding-left:20px}li{margin:3px 0}
.warn{border:1px solid var(--warn-rule);background:var(--warn);border-radius:8px;padding:12px 18px}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 20px;margin:6px 0 0;font-size:13.5px}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
dl.columns{display:block;columns:2;column-gap:40px}dl.columns>div{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:16px;
padding:4px 0;border-bottom:1px solid var(--rule);break-inside:avoid}dl.columns dt{overflow-wrap:anywhere}
code{font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
footer{margin-top:40px;padding-top:14px;border-top:1px solid var(--rule);font-size:13px;color:var(--soft)}
@media screen and (max-width:760px){main{padding:24px 16px 40px}.tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}
.tile{padding:10px 12px}.tile .value{font-size:20px}.pair{grid-template-columns:minmax(0,1fr)}
table{font-size:12.5px}th,td{padding-left:11px;white-space:nowrap}.wide{display:none}.narrow{display:block}h1{font-size:24px}dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:6px}
dl.columns{columns:1}dl.columns dd{margin:0}.compact th,.compact td{white-space:normal;overflow-wrap:anywhere}}
@media print{body{font-size:10pt}main{max-width:none;padding:0}table{font-size:8pt}th,td{padding-left:7px}section,.pair>div>section:first-child{margin-top:24px}section{break-inside:avoid}.long{break-inside:auto}
.wide{display:block}.narrow{display:none}.scroll{overflow:visible}.tiles{grid-template-columns:repeat(4,minmax(0,1fr))}
.pair{grid-template-columns:repeat(2,minmax(0,1fr))}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}`;

/**
 * One HTML document that needs nothing else: no script, no request, styles inside.
 *
 * The content policy forbids everything but those styles, so that even a mistake in escaping could run nothing.
 */
export function htmlPage({ title, body }: Page): string {
  const page = markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${title}</title>${styleElement(PALETTE_CSS + CHART_CSS + PAGE_CSS)}</head><body><main>${body}</main></body></html>`;
  return `<!doctype html>\n${page.text}\n`;
}
