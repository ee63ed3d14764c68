import { describe, expect, it } from "vitest";
import type { Fixture, PlayedMatch } from "../../src/domain/fixture.js";
import type { Forecast, Forecaster, Observation } from "../../src/models/forecaster.js";
import { ratingsModel } from "../../src/ratings/ratings-model.js";
import { sharedAvailable } from "../support/shared.js";
import { played, referenceMatches, team } from "./support.js";

const TEAMS = 12;

/** Two double rounds of the circle method, a round a week; lower numbers and home sides score more. */
const byDay: PlayedMatch[] = Array.from({ length: 44 }, (_, round) =>
  Array.from({ length: TEAMS / 2 }, (_, pair) => roundMatch(round, pair)),
).flat();

function roundMatch(round: number, pair: number): PlayedMatch {
  const turn = (place: number) => (place === 0 ? TEAMS - 1 : (place + round) % (TEAMS - 1));
  const two = [turn(pair), turn(TEAMS - 1 - pair)];
  const [h, a] = Math.floor(round / 11) % 2 === 0 ? two : two.reverse();
  const id = round * 6 + pair;
  return played({
    id,
    day: 17_700 + 7 * round + (round >= 22 ? 120 : 0),
    home: `Team ${h}`,
    away: `Team ${a}`,
    goals: [
      Math.max(0, Math.floor((a - h) / 5) + 1 + ((id * 7) % 3)),
      Math.max(0, Math.floor((h - a) / 5) + ((id * 5) % 3)),
    ],
    season: round < 22 ? 2018 : 2019,
  });
}

const asked: Fixture = played({
  id: 999,
  day: 18_300,
  home: "Team 0",
  away: "Team 11",
  goals: [0, 0],
  season: 2019,
}).fixture;

function observation(match: PlayedMatch): Observation {
  return { ...match, statistics: null, market: null };
}

function taught(matches: readonly PlayedMatch[], model = ratingsModel()): Forecaster {
  model.observe(matches.map(observation));
  return model;
}

function ratesOf(forecast: Forecast): [number, number] {
  if (forecast.kind === "refused") throw new Error(forecast.reason);
  return [forecast.homeRate, forecast.awayRate];
}

describe("ratingsModel", () => {
  it("expects more goals of the stronger side, and more at home than away", () => {
    const model = taught(byDay);
    const [home, away] = ratesOf(model.forecast(asked, 18_300));
    const turned = { ...asked, home: asked.away, away: asked.home };
    const [weakAtHome, strongAway] = ratesOf(model.forecast(turned, 18_300));
    expect(home).toBeGreaterThan(1.5 * away);
    expect(strongAway).toBeGreaterThan(weakAtHome);
    expect(home).toBeGreaterThan(strongAway);
    expect(weakAtHome).toBeGreaterThan(away);
    const [neutralHome] = ratesOf(model.forecast({ ...asked, neutral: true }, 18_300));
    expect(neutralHome).toBeCloseTo(strongAway, 12);
  });

  it("gives a grid of its rates", () => {
    const forecast = taught(byDay).forecast(asked, 18_300);
    if (forecast.kind === "refused") throw new Error(forecast.reason);
    const grid = forecast.grid();
    const mean = grid.cells.reduce((sum, p, cell) => sum + p * Math.floor(cell / (grid.maxGoals + 1)), 0);
    expect(mean).toBeCloseTo(forecast.homeRate, 9);
    expect(forecast.notes).toEqual([]);
  });

  it("does not depend on how the matches are dealt out, nor on forecasts asked on the way", () => {
    const whole = ratesOf(taught(byDay).forecast(asked, 18_300));
    const model = ratingsModel();
    let day = 0;
    for (const match of byDay) {
      if (match.fixture.day > day) model.forecast(asked, match.fixture.day);
      day = match.fixture.day;
      model.observe([observation(match)]);
    }
    expect(ratesOf(model.forecast(asked, 18_300))).toEqual(whole);
  });

  it("knows nothing of the day it forecasts, nor of what follows", () => {
    const cut = 17_700 + 7 * 33 + 120;
    const model = taught(byDay.filter(({ fixture }) => fixture.day < cut));
    const fixture = { ...asked, day: cut };
    const before = ratesOf(model.forecast(fixture, cut));
    const walker = ratingsModel();
    const seen: [number, number][] = [];
    for (const match of byDay) {
      if (match.fixture.day >= cut && seen.length === 0) seen.push(ratesOf(walker.forecast(fixture, cut)));
      walker.observe([observation(match)]);
    }
    expect(seen).toEqual([before]);
    expect(() => taught(byDay).forecast(fixture, cut)).toThrow("before its day is observed");
  });

  it("refuses until it has learnt from enough matches, and says how many", () => {
    expect(ratingsModel().forecast(asked, 1)).toEqual({
      kind: "refused",
      reason: "learns from 100 matches at least, was 0",
    });
    expect(taught(byDay.slice(0, 90)).forecast(asked, 18_300).kind).toBe("refused");
  });

  it("flags a club without history and still forecasts", () => {
    const forecast = taught(byDay).forecast({ ...asked, away: team("Newcomers") }, 18_300);
    expect(forecast).toMatchObject({
      kind: "forecast",
      notes: ["Newcomers has 0 matches behind its rating here"],
    });
  });

  it("refuses to go backwards in time", () => {
    const model = taught(byDay);
    expect(() => model.observe([observation(byDay[0])])).toThrow("backwards");
  });

  it("learns with a form shorter than the matches it calls settled", () => {
    expect(taught(byDay, ratingsModel({ formGames: 3 })).forecast(asked, 18_300).kind).toBe("forecast");
  });

  it("states its parameters in its version", () => {
    expect(ratingsModel({ formGames: 3 }).version).toContain('"formGames":3');
  });

  it.skipIf(!sharedAvailable)("forecasts four real seasons better than their base rates", () => {
    const matches = referenceMatches("input_epl5.json");
    const model = ratingsModel();
    let loss = 0;
    let baseLoss = 0;
    const counts = [1, 1, 1];
    const outcome = ({ result }: PlayedMatch) => 1 + Math.sign(result.awayGoals - result.homeGoals);
    for (const match of matches) {
      const forecast = model.forecast(match.fixture, match.fixture.day);
      if (match.fixture.season >= 2015 && forecast.kind === "forecast") {
        loss -= Math.log(threeWay(forecast)[outcome(match)]);
        baseLoss -= Math.log(counts[outcome(match)] / counts.reduce((a, b) => a + b));
      }
      counts[outcome(match)]++;
      nextDay(model, matches, match);
    }
    // 1,520 matches. Base rates give about 1.06 a match; ratings are worth some 0.06 of it, the market 0.10.
    expect(loss / 1520).toBeLessThan(baseLoss / 1520 - 0.04);
    expect(loss / 1520).toBeGreaterThan(0.9);
  });
});

/** Observe a day once its last match has been forecast. */
function nextDay(model: Forecaster, matches: readonly PlayedMatch[], { fixture }: PlayedMatch): void {
  const today = matches.filter((match) => match.fixture.day === fixture.day);
  if (today.at(-1)?.fixture.id === fixture.id) model.observe(today.map(observation));
}

function threeWay(forecast: Extract<Forecast, { kind: "forecast" }>): [number, number, number] {
  const { cells, maxGoals } = forecast.grid();
  const sums: [number, number, number] = [0, 0, 0];
  for (const [cell, p] of cells.entries()) {
    const margin = Math.sign((cell % (maxGoals + 1)) - Math.floor(cell / (maxGoals + 1)));
    sums[margin + 1] += p;
  }
  return sums;
}
