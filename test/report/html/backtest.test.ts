import { describe, expect, it } from "vitest";
import { backtestPage } from "../../../src/report/html/backtest.js";
import type { BacktestDocument, BacktestReport } from "../../../src/report/html/backtest-report.js";
import { deepestDrawdowns, underwater } from "../../../src/report/html/drawdown.js";
import { markup } from "../../../src/report/html/markup.js";
import { verdict } from "../../../src/report/html/verdict.js";
import { bet, document, part, report, skeleton } from "../support/specimen.js";

describe("backtestPage", () => {
  const page = backtestPage(report());

  it("needs nothing from outside and can run nothing", () => {
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    );
    expect(page).not.toMatch(/<script|<link|<img|<iframe|javascript:|url\(|@import|\son[a-z]+=/i);
    expect(
      [...page.matchAll(/https?:\/\/[^"'\s<]+/g)]
        .map(([url]) => url)
        .every((url) => url === "http://www.w3.org/2000/svg"),
    ).toBe(true);
  });

  it("shows each headline with its doubt", () => {
    const shown = page
      .replace(/<[^>]*>/g, "\n")
      .replaceAll("\u202f", " ")
      .replaceAll("\u00a0", " ");
    for (const text of [
      "+25.0 %",
      "95 %: −50.0 % to +100.0 %",
      "+5.00",
      // -0.5 and 1 of the 20 staked.
      "95 %: −10 to +20",
      "+3.0 %",
      "95 %: +1.0 % to +5.0 %",
      "known for 100 %, beaten in 50 %",
      "1.0 % of the peak, 7 days",
      "2.5 % or more",
      "2022/23",
      "statistico 0.1.0",
      "few bets",
      "early prices",
    ])
      expect(shown).toContain(text);
  });

  it("shows the fan, the settings and the bets by price, bookmaker, weekday and year", () => {
    // Two bands of two widths each: one drawing for a desk, one for a telephone.
    expect(page.match(/<path class="band"/g)).toHaveLength(4);
    for (const heading of ["By price", "By bookmaker", "By weekday", "By calendar year", "Strategy"])
      expect(page).toContain(`<h2>${heading}</h2>`);
    const settled = backtestPage({
      ...report(),
      document: { ...document, strategy: { name: "x", entry: { edge: { min: 0.0321 } } } },
    });
    expect(settled).toContain("<dt>entry.edge.min</dt><dd>0.0321</dd>");
  });

  it("draws another fan for another seed", () => {
    expect(backtestPage({ ...report(), document: { ...document, seed: 8 } })).not.toBe(
      backtestPage({ ...report(), document: { ...document, seed: 9 } }).replaceAll(
        "<dd>9</dd>",
        "<dd>8</dd>",
      ),
    );
  });

  it("gives the same bytes for the same report", () => {
    expect(backtestPage(report())).toBe(page);
  });

  it.each([
    "<script>alert(1)</script>",
    `"><img src=x onerror=alert(1)>`,
    "' onmouseover='alert(1)",
    `" onfocus="alert(1)" autofocus="`,
    "</title><script>alert(1)</script>",
    "</style><svg onload=alert(1)>",
    "<!--",
    "-->",
    "]]><x>",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "javascript:alert(1)",
    "\u0000<b>",
    "\u202e<b>gol",
    "<svg><desc><script>",
    "$" + "{alert(1)}",
    "{{7*7}}",
    "`<b>`",
    "\\u003cb\\u003e",
    "<a href=//evil>",
    "<iframe srcdoc=x>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//evil>",
    "<math><mtext></form>",
    "<form action=//evil>",
    "<input autofocus>",
    "<object data=x>",
    "<template>",
    "<plaintext>",
  ])("lets no name become markup: %j", (payload) => {
    const hostile: BacktestReport = {
      ...report(payload),
      document: {
        ...document,
        strategy: { name: payload, description: payload },
        byLeague: [{ ...part, league: payload }],
        assumptions: [payload],
        warnings: [payload],
      },
    };
    const shown = backtestPage(hostile);
    expect(skeleton(shown)).toEqual(skeleton(page));
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it("stands without bets", () => {
    const empty: BacktestDocument = {
      ...document,
      bets: 0,
      won: 0,
      lost: 0,
      staked: 0,
      profit: 0,
      roi: { value: null, low: null, high: null },
      hitRate: null,
      averagePrice: null,
      clv: { mean: null, low: null, high: null, beatShare: null, coverage: null },
      byLeague: [],
      bySeason: [],
      byMarket: [],
      byEdge: [],
      calibration: [],
    };
    const shown = backtestPage({ document: empty, bets: [], equity: report().equity.slice(0, 1) });
    expect(shown).toContain("No bets were struck");
    expect(shown).not.toContain("<svg");
    expect(shown).not.toMatch(/NaN|undefined|null/);
  });

  it("refuses a bet with a number that is none", () => {
    const broken = { ...report(), bets: [{ ...bet("a", "x") }] };
    expect(() => backtestPage(broken)).toThrow("profit of a bet must be a number, was x");
  });
});

describe("markup", () => {
  it("escapes texts, joins lists, drops null and lets markup pass", () => {
    const cell = (text: string) => markup`<td title="${text}">${text}</td>`;
    expect(markup`<tr>${[cell(`a"b`), cell("<c>")]}${null}${1}</tr>`.text).toBe(
      `<tr><td title="a&quot;b">a&quot;b</td><td title="&lt;c&gt;">&lt;c&gt;</td>1</tr>`,
    );
  });
});

describe("verdict", () => {
  const judged = (roi: readonly [number, number, number], clv: readonly [number, number, number] | null) =>
    verdict({
      ...document,
      bets: 1000,
      roi: { value: roi[0], low: roi[1], high: roi[2] },
      clv:
        clv === null
          ? { mean: null, low: null, high: null, beatShare: null, coverage: null }
          : { ...document.clv, mean: clv[0], low: clv[1], high: clv[2] },
    });

  it("speaks of skill only where return and closing line both stand clear of zero", () => {
    expect(judged([0.05, 0.01, 0.09], [0.02, 0.01, 0.03])).toMatchObject({ tone: "gain" });
    for (const [roi, clv] of [
      [
        [0.05, -0.01, 0.11],
        [0.02, 0.01, 0.03],
      ],
      [
        [0.05, 0.01, 0.09],
        [0.0, -0.01, 0.01],
      ],
      [
        [0.05, 0.01, 0.09],
        [-0.02, -0.03, -0.01],
      ],
      [[0.05, 0.01, 0.09], null],
      [[0.05, -0.01, 0.11], null],
    ] as const)
      expect(judged(roi, clv).tone).toBe("open");
  });

  it("says when the data cannot tell skill from luck, and how many bets it would take", () => {
    const { headline, text } = judged([0.02, -0.04, 0.08], [0.001, -0.01, 0.012]);
    expect(headline).toBe("These data cannot tell skill from luck");
    // Half of the interval is 0.06, three times the return: nine times the bets.
    expect(text).toContain("about 9,000 bets");
  });

  it("calls a loss a loss", () => {
    expect(judged([-0.08, -0.12, -0.04], [0.01, 0.005, 0.015]).tone).toBe("loss");
  });

  it("warns of few bets", () => {
    expect(verdict(document).text).toContain("With only 2 bets");
    expect(verdict({ ...document, bets: 0 }).headline).toBe("No bets were struck");
  });
});

describe("drawdowns", () => {
  // 100, 110, 99, 105, 120, 60, 90: falls of 11 (10 %) and 60 (50 %), by hand.
  const equity = [100, 110, 99, 105, 120, 60, 90].map((bank, day) => ({ day, bankMinor: 100 * bank }));

  it("are measured from the peak before them", () => {
    expect(deepestDrawdowns(equity, 5)).toEqual([
      { from: 4, lowest: 5, recovered: null, amount: 60, share: 0.5 },
      { from: 1, lowest: 2, recovered: 4, amount: 11, share: 0.1 },
    ]);
    expect(deepestDrawdowns(equity, 1)).toHaveLength(1);
  });

  it("are shares below the highest bank", () => {
    const depths = underwater(equity);
    expect(depths[0]).toBe(0);
    expect(depths[2]).toBeCloseTo(-0.1, 12);
    expect(depths[6]).toBeCloseTo(-0.25, 12);
  });
});
