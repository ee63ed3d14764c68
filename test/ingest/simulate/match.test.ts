import { describe, expect, it } from "vitest";
import type { BookPrices, MomentPrices } from "../../../src/ingest/simulate/bookmaker.js";
import { type SimulatedMatch, simulateMatches, weekOf } from "../../../src/ingest/simulate/match.js";
import { SAMPLE_OPTIONS } from "../../../src/ingest/simulate/options.js";
import { fairChances } from "../../../src/ingest/simulate/score.js";
import { TRUTH, trueRates } from "../../../src/ingest/simulate/strength.js";

const histories = simulateMatches({ ...SAMPLE_OPTIONS, seed: 2024 });
const matches = histories.flatMap((history) => history.matches);

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function book(prices: MomentPrices, code: string): BookPrices {
  const found = prices.books[code];
  if (!found) throw new Error(`no ${code}`);
  return found;
}

/** Standardised difference of counts that are Poisson given their rates. */
function poissonZ(counts: readonly number[], rates: readonly number[]): number {
  return (sum(counts) - sum(rates)) / Math.sqrt(sum(rates));
}

describe("scores", () => {
  it("come as often as the true rates say, in all and among strong and weak alike", () => {
    const byRate = [...matches].sort(
      (a, b) => a.rates.homeRate - b.rates.homeRate || a.day - b.day || (a.home < b.home ? -1 : 1),
    );
    for (let fifth = 0; fifth < 5; fifth++) {
      const part = byRate.slice((fifth * byRate.length) / 5, ((fifth + 1) * byRate.length) / 5);
      // Five strata, two sides, ten numbers: 3.5 standard deviations, for a correct sampler one failure in 200 seeds.
      // The Dixon-Coles factor keeps the marginal means of both sides as they are, and their variances nearly.
      expect(Math.abs(z(part, "home"))).toBeLessThan(3.5);
      expect(Math.abs(z(part, "away"))).toBeLessThan(3.5);
    }
  });

  function z(part: readonly SimulatedMatch[], side: "home" | "away"): number {
    return side === "home"
      ? poissonZ(
          part.map((match) => match.homeGoals),
          part.map((match) => match.rates.homeRate),
        )
      : poissonZ(
          part.map((match) => match.awayGoals),
          part.map((match) => match.rates.awayRate),
        );
  }

  it("are drawn as often as the sum of their true chances", () => {
    const chances = matches.map((match) => fairChances(match.rates).draw);
    const draws = matches.filter((match) => match.homeGoals === match.awayGoals).length;
    const sd = Math.sqrt(sum(chances.map((p) => p * (1 - p))));
    expect(Math.abs(draws - sum(chances)) / sd).toBeLessThan(3.3);
  });

  it("have a first half inside them and shots on target for each goal", () => {
    for (const { homeGoals, awayGoals, halfTimeHome, halfTimeAway, counts } of matches) {
      expect(halfTimeHome).toBeLessThanOrEqual(homeGoals);
      expect(halfTimeAway).toBeLessThanOrEqual(awayGoals);
      expect(counts.home.onTarget).toBeGreaterThanOrEqual(homeGoals);
      expect(counts.away.shots).toBeGreaterThanOrEqual(counts.away.onTarget);
    }
  });

  it("come with more shots and corners for the side with the higher rate", () => {
    const gap = (field: "shots" | "corners") =>
      sum(
        matches.map(
          ({ counts, rates }) =>
            (counts.home[field] - counts.away[field]) * Math.sign(rates.homeRate - rates.awayRate),
        ),
      ) / matches.length;
    expect(gap("shots")).toBeGreaterThan(1);
    expect(gap("corners")).toBeGreaterThan(0.5);
  });
});

describe("strengths", () => {
  it("sum to zero in every week and keep their spread", () => {
    for (const { strengths } of histories) {
      for (const { attack, defence } of strengths) {
        expect(sum(attack)).toBeCloseTo(0, 10);
        expect(sum(defence)).toBeCloseTo(0, 10);
      }
      const spread = Math.sqrt(
        sum(strengths.map(({ attack }) => sum(attack.map((level) => level ** 2)))) /
          sum(strengths.map(({ attack }) => attack.length)),
      );
      // Centring takes 1/n of the variance; the band is wide because the clubs of a league are few.
      expect(spread).toBeGreaterThan(0.6 * TRUTH.attackSd);
      expect(spread).toBeLessThan(1.4 * TRUTH.attackSd);
    }
  });

  it("drift slowly: a month changes little, three years much", () => {
    const change = (weeks: number) =>
      sum(
        histories.map(({ strengths }) =>
          sum(strengths[0].attack.map((level, i) => (strengths[weeks].attack[i] - level) ** 2)),
        ),
      );
    expect(change(4)).toBeLessThan(change(150) / 4);
  });

  it("make the rates of the matches they are in force for", () => {
    const { clubs, firstDay, strengths, matches: played } = histories[0];
    const { day, home, away, rates } = played[200];
    const { attack, defence } = strengths[weekOf(day, firstDay)];
    expect(Math.log(rates.homeRate)).toBeCloseTo(
      Math.log(1.2) + 0.25 + attack[clubs.indexOf(home)] - defence[clubs.indexOf(away)],
      12,
    );
    expect(trueRates(strengths[0], 0, 1).rho).toBe(-0.05);
  });
});

describe("prices", () => {
  const margins: readonly (readonly [string, number])[] = [
    ["PS", 0.025],
    ["B365", 0.055],
    ["BW", 0.065],
    ["WH", 0.06],
  ];
  it.each(margins)("of %s hold a margin of %d in every market, early and at the close", (code, margin) => {
    for (const moment of ["early", "close"] as const) {
      const books = matches.map((match) => book(match[moment], code));
      const mean = (sides: (prices: BookPrices) => readonly number[]) =>
        sum(books.map((prices) => sum(sides(prices).map((price) => 1 / price)) - 1)) / books.length;
      // Two decimals move one book sum by up to 0.01; the average of two thousand by far less than 0.001.
      expect(Math.abs(mean(({ home, draw, away }) => [home, draw, away]) - margin)).toBeLessThan(0.001);
      expect(Math.abs(mean(({ over, under }) => [over, under]) - margin)).toBeLessThan(0.001);
      expect(
        Math.abs(mean(({ handicapHome, handicapAway }) => [handicapHome, handicapAway]) - margin),
      ).toBeLessThan(0.001);
    }
  });

  it("of the exchange hold next to none, save where it is thin, and are absent now and then", () => {
    const sums = matches.flatMap(({ early: { books } }) =>
      books.BFE ? [1 / books.BFE.home + 1 / books.BFE.draw + 1 / books.BFE.away] : [],
    );
    const sorted = sums.sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(1.01);
    expect(sums.filter((value) => value > 1.02).length / sums.length).toBeGreaterThan(0.08);
    expect(sums.length).toBeLessThan(matches.length);
    expect(sums.length).toBeGreaterThan(0.95 * matches.length);
  });

  it("of Max and Avg are the greatest and the average of the four books", () => {
    for (const { early } of matches.slice(0, 200)) {
      const prices = margins.map(([code]) => book(early, code).away);
      expect(book(early, "Max").away).toBe(Math.max(...prices));
      expect(Math.abs(book(early, "Avg").away - sum(prices) / 4)).toBeLessThan(0.0051);
    }
  });

  it("of the sharp book stand nearer to the truth at the close", () => {
    const loss = (moment: "early" | "close") =>
      sum(
        matches.map((match) => {
          const { home, draw, away } = fairChances(match.rates);
          const quoted = book(match[moment], "PS");
          const overround = 1 / quoted.home + 1 / quoted.draw + 1 / quoted.away;
          const surprise = (p: number, price: number) => p * Math.log(p * price * overround);
          return surprise(home, quoted.home) + surprise(draw, quoted.draw) + surprise(away, quoted.away);
        }),
      ) / matches.length;
    // Kullback-Leibler divergence from the truth: errors of sd 0.07 against (0.35 x 0.07, 0.015) = 0.029 give a
    // ratio of about (0.07 / 0.029)^2 = 5.9.
    expect(loss("early") / loss("close")).toBeGreaterThan(4);
    expect(loss("early") / loss("close")).toBeLessThan(8);
  });

  it("of the soft books stand farther from the truth than those of the sharp one", () => {
    const error = (code: string) =>
      sum(
        matches.map(({ close, rates }) => {
          const { home, draw, away } = book(close, code);
          const p = 1 / home / (1 / home + 1 / draw + 1 / away);
          return (p - fairChances(rates).home) ** 2;
        }),
      );
    for (const code of ["B365", "BW", "WH"]) expect(error(code)).toBeGreaterThan(error("PS"));
  });
});
