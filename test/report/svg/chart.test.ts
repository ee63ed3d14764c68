import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/core/day.js";
import { binValues } from "../../../src/report/svg/bins.js";
import { calibrationChart } from "../../../src/report/svg/calibration.js";
import { heatMap } from "../../../src/report/svg/heat-map.js";
import { histogram } from "../../../src/report/svg/histogram.js";
import { type LineChart, lineChart } from "../../../src/report/svg/line-chart.js";
import { dayTicks, linearScale, niceRange, niceStep, niceTicks } from "../../../src/report/svg/scale.js";
import { standaloneSvg } from "../../../src/report/svg/style.js";
import { type Point, thin } from "../../../src/report/svg/thin.js";

const frame = { title: "Profit", description: "from 0 to 10", width: 600, height: 300 };
const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });

/** Every coordinate that a drawing holds. */
function coordinates(svg: string): number[] {
  return [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"/g)].map(([, value]) =>
    Number(value),
  );
}

describe("ticks", () => {
  it("are the round numbers a person would choose", () => {
    expect(niceTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(niceTicks(-0.3, 0.3, 6)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    expect(niceTicks(3, 97, 4)).toEqual([50]);
    expect(niceRange(-37, 412, 6)).toEqual([-100, 500]);
    expect(niceStep(1, 3)).toBe(0.5);
  });

  it("lie in the range, evenly, and are no more than asked for and one", () => {
    fc.assert(
      fc.property(
        number,
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        (low, span, most) => {
          const ticks = niceTicks(low, low + span, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          const slack = 1e-6 * (Math.abs(low) + span);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low - slack);
            expect(tick).toBeLessThanOrEqual(low + span + slack);
          }
        },
      ),
      { seed: 42 },
    );
  });

  it("hold every value in a range of whole steps", () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [low, high] = niceRange(Math.min(a, b), Math.max(a, b), 6);
        // As far as eyes and doubles go.
        const slack = 1e-9 * (Math.abs(a) + Math.abs(b));
        expect(low).toBeLessThanOrEqual(Math.min(a, b) + slack);
        expect(high).toBeGreaterThanOrEqual(Math.max(a, b) - slack);
        expect(high).toBeGreaterThan(low);
      }),
      { seed: 42 },
    );
  });

  it("of days fall on first days of months or years", () => {
    expect(dayTicks(dayOf(2015, 8, 8), dayOf(2018, 5, 13), 4).map(({ label }) => label)).toEqual([
      "2016",
      "2017",
      "2018",
    ]);
    expect(dayTicks(dayOf(2022, 8, 5), dayOf(2022, 12, 26), 5).map(({ label }) => label)).toEqual([
      "2022-09",
      "2022-10",
      "2022-11",
      "2022-12",
    ]);
    expect(dayTicks(dayOf(2022, 8, 5), dayOf(2022, 8, 9), 5).map(({ label }) => label)).toEqual([
      "2022-08-05",
      "2022-08-09",
    ]);
  });
});

describe("linearScale", () => {
  it("maps ends to ends and refuses an empty span", () => {
    const scale = linearScale([-10, 10], [100, 0]);
    expect([scale(-10), scale(0), scale(10)]).toEqual([100, 50, 0]);
    expect(() => linearScale([1, 1], [0, 1])).toThrow("a scale needs a span");
  });
});

describe("thin", () => {
  it("keeps first, last, lowest and highest of every column", () => {
    const points: Point[] = Array.from({ length: 10_000 }, (_, i) => [i, Math.sin(i / 50) * i]);
    const kept = thin(points, 200);
    expect(kept.length).toBeLessThanOrEqual(800);
    expect(kept[0]).toBe(points[0]);
    expect(kept[kept.length - 1]).toBe(points[points.length - 1]);
    const ys = (all: readonly Point[]) => all.map(([, y]) => y);
    expect(Math.max(...ys(kept))).toBe(Math.max(...ys(points)));
    expect(Math.min(...ys(kept))).toBe(Math.min(...ys(points)));
    expect(kept.every(([x], i) => i === 0 || x > kept[i - 1][0])).toBe(true);
  });

  it("leaves few points alone", () => {
    const points: Point[] = [[0, 1]];
    expect(thin(points, 100)).toBe(points);
  });
});

describe("lineChart", () => {
  const chart = (points: readonly Point[]): LineChart => ({
    ...frame,
    x: "number",
    label: String,
    series: [{ name: "a", tone: "accent", points, area: true }],
  });

  it("draws the points where the axes say they are", () => {
    // Range 0 to 10 in 6 parts is whole steps of 2; room for labels of 6 signs: left 10 + 7 x 6 = 52, right 586, top 10,
    // bottom 276. So (0, 0) is at 52, 276 and (4, 10) at 586, 10.
    expect(
      lineChart(
        chart([
          [0, 0],
          [4, 10],
        ]),
      ).text,
    ).toContain('d="M52 276L586 10"');
  });

  it("steps from day to day: nothing changes between two bets", () => {
    expect(
      lineChart({
        ...chart([
          [0, 0],
          [4, 10],
        ]),
        x: "day",
      }).text,
    ).toContain('d="M52 276H586V10"');
  });

  it("stays inside its frame whatever the numbers", () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), (values) => {
        const { text } = lineChart(chart(values.map((value, i) => [i, value])));
        expect(text).not.toMatch(/NaN|Infinity/);
        for (const at of coordinates(text)) expect(at).toBeLessThanOrEqual(600);
      }),
      { seed: 42, numRuns: 50 },
    );
  });

  it("names itself for those who cannot see it", () => {
    const { text } = lineChart(chart([[0, 1]]));
    expect(text).toContain('role="img" aria-label="Profit. from 0 to 10"');
    expect(text).toContain("<desc>from 0 to 10</desc>");
  });
});

describe("binValues", () => {
  it("counts every value once, in nice bins with an edge at zero", () => {
    expect(binValues([-0.02, -0.01, 0, 0.01, 0.02, 0.029], 5)).toEqual([
      { from: -0.02, to: -0.01, count: 1 },
      { from: -0.01, to: 0, count: 1 },
      { from: 0, to: 0.01, count: 1 },
      { from: 0.01, to: 0.02, count: 1 },
      { from: 0.02, to: 0.03, count: 2 },
    ]);
  });

  it("counts every value once whatever they are", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 30, noNaN: true }), { minLength: 1 }), (values) => {
        const bins = binValues(values, 20);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        expect(bins.length).toBeLessThanOrEqual(22);
        expect(bins.every(({ from, to }) => to > from)).toBe(true);
      }),
      { seed: 42 },
    );
  });
});

describe("the other charts", () => {
  it("draw a bar a filled bin, losses and gains apart", () => {
    const { text } = histogram({
      ...frame,
      values: [-0.015, 0.005, 0.005, 0.025],
      label: String,
      mark: { at: 0.005, name: "mean" },
    });
    expect(text.match(/<rect/g)).toHaveLength(3);
    expect(text.match(/fill-loss/g)).toHaveLength(1);
    expect(text.match(/fill-gain/g)).toHaveLength(2);
    expect(text).toContain(">mean</text>");
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  it("draw a cell a number, empty ones without", () => {
    const { text } = heatMap({
      title: "t",
      description: "d",
      width: 400,
      rows: ["2020"],
      columns: ["Jan", "Feb", "Mar"],
      cells: [[10, -5, null]],
      label: (value) => `${value}`,
    });
    expect(text.match(/<rect/g)).toHaveLength(3);
    // The greatest amount has depth 0.1 + 0.55, half of it 0.1 + 0.275.
    expect(text).toContain('class="fill-gain" fill-opacity="0.65"');
    expect(text).toContain('class="fill-loss" fill-opacity="0.38"');
  });

  it("draw a dot and an interval a group of forecasts", () => {
    const { text } = calibrationChart({
      ...frame,
      points: [{ predicted: 0.5, observed: 0.4, n: 10, low: 0.2, high: 0.7 }],
    });
    expect(text.match(/<circle/g)).toHaveLength(1);
    expect(text).toContain("forecast 50.0%, came true 40.0% of 10 (20.0% to 70.0%)");
  });

  it("stand alone with their colours inside", () => {
    const chart = lineChart({
      ...frame,
      x: "number",
      label: String,
      series: [
        { name: "a<b>", tone: "accent", points: [[0, 1]] },
        { name: "b", tone: "loss", points: [[0, 2]] },
      ],
    });
    const svg = standaloneSvg(chart);
    expect(svg).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]*><style>/,
    );
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg).toContain("a&lt;b&gt;");
    expect(svg).not.toMatch(/<script|href=/);
  });
});
