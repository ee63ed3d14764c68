import { type Markup, markup, styleElement } from "../html/markup.js";

/**
 * Colours by meaning, light and dark. Gain and loss are a green and an orange that the colour-blind tell apart, and
 * never stand without a sign or a place that says the same.
 */
export const PALETTE_CSS = `
:root{color-scheme:light dark;--page:#fff;--card:#fff;--ink:#16191d;--soft:#5b6470;--rule:#dfe3e8;--tint:#f4f6f8;
--accent:#1f5fbf;--gain:#0b7a57;--loss:#c2480d;--expected:#8a5cc2;--warn:#fff6e5;--warn-rule:#e5b25d}
@media (prefers-color-scheme:dark){:root{--page:#101317;--card:#161a1f;--ink:#e7eaee;--soft:#9aa4b0;--rule:#2b323a;
--tint:#1c2127;--accent:#7fb0ff;--gain:#4fc79a;--loss:#ff9a62;--expected:#c3a1f2;--warn:#2a2314;--warn-rule:#7d6127}}
@media print{:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#ccc;--tint:#f4f4f4;
--accent:#1f5fbf;--gain:#0b7a57;--loss:#c2480d;--expected:#8a5cc2;--warn:#fff;--warn-rule:#999}}`;

export const CHART_CSS = `
.chart{display:block;width:100%;height:auto;overflow:visible}
.chart text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;fill:var(--soft);
font-variant-numeric:tabular-nums}
.chart .strong{fill:var(--ink);font-weight:600}
.chart .grid{stroke:var(--rule);stroke-width:1}
.chart .zero{stroke:var(--soft);stroke-width:1}
.chart .mark{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3}
.chart .line{fill:none;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.chart .area{stroke:none;fill-opacity:.14}
.chart .band{stroke:none;fill:var(--soft);fill-opacity:.13}
.chart .accent{stroke:var(--accent)}.chart .gain{stroke:var(--gain)}.chart .loss{stroke:var(--loss)}
.chart .expected{stroke:var(--expected);stroke-dasharray:5 3}.chart .second{stroke:var(--expected)}
.chart .fill-accent{fill:var(--accent)}.chart .fill-gain{fill:var(--gain)}.chart .fill-loss{fill:var(--loss)}
.chart .fill-expected{fill:var(--expected)}.chart .fill-tint{fill:var(--tint)}
.chart .whisker{stroke:var(--accent);stroke-width:1.5}
.chart .whisker-mean{stroke:var(--loss);stroke-width:1.5}
.chart .cell{font-size:11px;fill:var(--ink)}`;

/** A chart as a file of its own: the same drawing with its colours inside. */
export function standaloneSvg(chart: Markup): string {
  const style = styleElement(PALETTE_CSS + CHART_CSS).text;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${chart.text.replace(">", () => `>${style}`)}\n`;
}

export interface ChartFrame {
  readonly title: string;
  /** What a person who cannot see the chart should know. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/** The outer element of a chart: named, described, scaling with its box. */
export function svgElement({ title, description, width, height }: ChartFrame, inside: Markup): Markup {
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}. ${description}"><desc>${description}</desc>${inside}</svg>`;
}
