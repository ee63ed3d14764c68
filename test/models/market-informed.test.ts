import { describe, expect, it } from "vitest";
import { InvariantError } from "../../src/core/assert.js";
import type { Forecaster, Observation } from "../../src/models/forecaster.js";
import { marketInformed } from "../../src/models/market-informed.js";
import {
  MARKET_INFORMED,
  type MarketInformedParameters,
  PLAIN_MARKET_INFORMED,
} from "../../src/models/market-parameters.js";
import { sharedAvailable } from "../support/shared.js";
import { type DivisionHistory, readHistory } from "./market-seasons.js";
import { type SimulatedLeague, type SimulatedMatch, simulateLeague } from "./market-simulated.js";
import { daysOf, judge, walk } from "./market-yardstick.js";

const quiet = {
  supremacy: { ...MARKET_INFORMED.supremacy, goalsAlone: 0 },
  total: { ...MARKET_INFORMED.total, goalsAlone: 0 },
};

function errorsBySeason({ division, matches }: SimulatedLeague, forecaster: Forecaster): number[] {
  const squares = new Map<number, number[]>();
  for (const day of roundsOf(matches)) {
    for (const { observation, supremacy } of day) {
      const { fixture } = observation;
      const forecast = forecaster.forecast(fixture, fixture.day);
      if (forecast.kind === "refused") continue;
      const error = Math.log(forecast.homeRate / forecast.awayRate) - supremacy;
      const season = squares.get(fixture.season) ?? [];
      season.push(error * error);
      squares.set(fixture.season, season);
    }
    forecaster.observe(day.map(({ observation }) => observation));
  }
  const seasons = [...division.clubs.keys()].map((season) => squares.get(season) ?? []);
  return seasons.map((season) => Math.sqrt(season.reduce((sum, square) => sum + square, 0) / season.length));
}

function roundsOf(matches: readonly SimulatedMatch[]): SimulatedMatch[][] {
  const days = new Map<number, SimulatedMatch[]>();
  for (const match of matches) {
    const { day } = match.observation.fixture;
    days.set(day, [...(days.get(day) ?? []), match]);
  }
  return [...days.values()];
}

describe("market ratings of a simulated league", () => {
  it("come to the true supremacy", () => {
    const stakes = { ...MARKET_INFORMED.stakes, topTier: [], otherTiers: [], allDead: 0, champion: 0 };
    const league = simulateLeague(7, 16, 4, 0.02);
    const errors = errorsBySeason(league, marketInformed(league.division, { ...quiet, stakes }));
    // A line's own error in ln(home / away) is 0.02 sqrt 2 = 0.028: the filter averages below it.
    expect(errors[0]).toBeGreaterThan(0.05);
    expect(errors[3]).toBeLessThan(0.028);
    expect(errors[3]).toBeLessThan(errors[1]);
  });

  it("come nearer with goals ignored than with goals that say nothing new", () => {
    // Strengths are constant and known to the line: every surprise is noise, so the jumps can only do harm.
    const league = simulateLeague(8, 12, 3, 0.02);
    const without = errorsBySeason(league, marketInformed(league.division, quiet));
    const within = errorsBySeason(league, marketInformed(league.division));
    expect(without[2]).toBeLessThan(within[2]);
  });

  it("take the result for a line where there is none", () => {
    const league = simulateLeague(9, 16, 6, 0);
    const matches = league.matches.map((match) => ({
      ...match,
      observation: { ...match.observation, market: null },
    }));
    const errors = errorsBySeason({ ...league, matches }, marketInformed(league.division));
    // Goals alone: far from the lines' 0.03, but better than the spread of true supremacies about home advantage.
    const spread = Math.sqrt(
      league.matches.reduce((sum, m) => sum + (m.supremacy - 0.25) ** 2, 0) / matches.length,
    );
    expect(errors[5]).toBeLessThan(0.75 * spread);
  });
});

describe("a market-informed forecast", () => {
  const league = simulateLeague(3, 8, 2, 0.05);
  const rounds = roundsOf(league.matches).map((day) => day.map(({ observation }) => observation));

  function fed(days: readonly (readonly Observation[])[]): Forecaster {
    const forecaster = marketInformed(league.division);
    for (const day of days) forecaster.observe(day);
    return forecaster;
  }

  it("changes nothing: asking twice, or for a coming season, leaves later forecasts as they are", () => {
    const asked = fed(rounds.slice(0, 10));
    const silent = fed(rounds.slice(0, 10));
    const first = asked.forecast(rounds[11][0].fixture, rounds[11][0].fixture.day);
    const coming = asked.forecast(rounds[16][0].fixture, rounds[16][0].fixture.day);
    const again = asked.forecast(rounds[11][0].fixture, rounds[11][0].fixture.day);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    for (const forecaster of [asked, silent]) forecaster.observe(rounds[10]);
    const { fixture } = rounds[16][0];
    const after = asked.forecast(fixture, fixture.day);
    expect(JSON.stringify(after)).toBe(JSON.stringify(silent.forecast(fixture, fixture.day)));
    expect(JSON.stringify(after)).not.toBe(JSON.stringify(coming));
  });

  it("is the same whether days are fed one by one or in one call", () => {
    const one = fed(rounds.slice(0, 12));
    const all = fed([rounds.slice(0, 12).flat()]);
    const { fixture } = rounds[12][1];
    expect(JSON.stringify(all.forecast(fixture, fixture.day))).toBe(
      JSON.stringify(one.forecast(fixture, fixture.day)),
    );
  });

  it("makes a grid of its own rates", () => {
    const { fixture } = rounds[12][1];
    const forecast = fed(rounds.slice(0, 12)).forecast(fixture, fixture.day);
    if (forecast.kind === "refused") throw new Error(forecast.reason);
    const { cells, maxGoals } = forecast.grid();
    let home = 0;
    for (let i = 0; i <= maxGoals; i++)
      for (let j = 0; j <= maxGoals; j++) home += i * cells[i * (maxGoals + 1) + j];
    expect(home).toBeCloseTo(forecast.homeRate, 9);
  });

  it("is refused before the first match and without a club list", () => {
    const { fixture } = rounds[0][0];
    expect(fed([]).forecast(fixture, fixture.day)).toMatchObject({ kind: "refused" });
    const unlisted = { ...rounds[5][0].fixture, season: 7 };
    expect(fed(rounds.slice(0, 5)).forecast(unlisted, unlisted.day)).toEqual({
      kind: "refused",
      reason: "no club list of SIM for 7",
    });
  });

  it("names a club that is new", () => {
    const { fixture } = rounds[3][0];
    const guest = { ...fixture, away: { id: 99, name: "Strangers", country: "" } };
    const forecast = fed(rounds.slice(0, 3)).forecast(guest, fixture.day);
    expect(forecast).toMatchObject({ notes: ["Strangers is new to SIM: rated as its newcomers are"] });
  });

  it("is a bug for a day whose results were seen, as is going back in time", () => {
    const forecaster = fed(rounds.slice(0, 5));
    const { fixture } = rounds[4][0];
    expect(() => forecaster.forecast(fixture, fixture.day)).toThrow(InvariantError);
    expect(() => forecaster.observe(rounds[2])).toThrow(InvariantError);
  });
});

describe.skipIf(!sharedAvailable)("market-informed on real seasons", () => {
  const leagues: readonly (readonly [string, number])[] = [
    ["E0", 1],
    ["E1", 2],
    ["D1", 1],
    ["SP1", 1],
  ];

  const histories = sharedAvailable
    ? leagues.map(([league, tier]) => readHistory(league, tier, 2005, 2022))
    : [];

  function judged(parameters: MarketInformedParameters) {
    const scored = histories.flatMap((history) =>
      walk(history, marketInformed(history.division, parameters), 2013, 2022),
    );
    const early = scored.filter(({ match }) => match.observation.fixture.season <= 2017);
    const later = scored.filter(({ match }) => match.observation.fixture.season > 2017);
    return { tuned: judge(early), later: judge(later) };
  }

  it("comes as near to the closing line as was measured for its plain form, and the refinements nearer", () => {
    const plain = judged(PLAIN_MARKET_INFORMED);
    // Reference, a measurement outside this project on E0 E1 D1 SP1, 2013-2017: 8,089 matches, log loss 0.98144, RPS
    // 0.19939, KL 3.73e-3; the closing line itself 0.97839 and 0.19843. Model within 1%, yardstick to the last digit.
    expect(plain.tuned.n).toBe(8089);
    expect(plain.tuned.closingLogLoss).toBeCloseTo(0.97839, 5);
    expect(plain.tuned.closingRps).toBeCloseTo(0.19843, 5);
    expect(Math.abs(plain.tuned.divergence / 3.73 - 1)).toBeLessThan(0.01);
    expect(Math.abs(plain.tuned.logLoss - 0.98144)).toBeLessThan(2e-4);
    expect(Math.abs(plain.tuned.rps - 0.19939)).toBeLessThan(1e-4);
    // 2018-2022 is 8,087 matches at 4.38e-3 there; the file of E1 2018, 552 matches of the easiest division, is not
    // among ours, and without it E1 2019 starts from ratings fifteen months old.
    expect(plain.later.n).toBe(8087 - 552);
    expect(plain.later.divergence).toBeLessThan(4.6);
    const refined = judged(MARKET_INFORMED);
    expect(refined.tuned.divergence).toBeLessThan(plain.tuned.divergence - 0.1);
    expect(refined.later.divergence).toBeLessThan(plain.later.divergence - 0.08);
  });

  it("does not look ahead: nothing from day d on reaches a forecast up to day d", () => {
    const history = readHistory("E0", 1, 2010, 2013);
    const days = daysOf(history.matches);
    for (const cut of [40, 200, 330]) {
      const day = days[cut][0].observation.fixture.day;
      const { before, after } = comparedForecasts(history, day);
      expect(before.real.length).toBeGreaterThan(100);
      expect(before.scrambled).toEqual(before.real);
      expect(after.scrambled).not.toEqual(after.real);
    }
  });
});

/** Forecasts of every match up to and including `day`, and after it, from real and from scrambled matches. */
function comparedForecasts(history: DivisionHistory, day: number) {
  const scrambled = { ...history, matches: scramble(history, day) };
  const real = ratesByDay(history);
  const fake = ratesByDay(scrambled);
  const split = (keep: (d: number) => boolean) => ({
    real: real.filter(([d]) => keep(d)),
    scrambled: fake.filter(([d]) => keep(d)),
  });
  return { before: split((d) => d <= day), after: split((d) => d > day) };
}

/** From `day` on, each match gets the result, statistics and prices of another, home and away turned round. */
function scramble({ matches }: DivisionHistory, day: number): DivisionHistory["matches"] {
  const later = matches.filter(({ observation }) => observation.fixture.day >= day);
  const donors = [...later].reverse();
  let next = 0;
  return matches.map((match) => {
    if (match.observation.fixture.day < day) return match;
    const { result, statistics, market } = donors[next++].observation;
    const turned = { ...result, homeGoals: result.awayGoals + 1, awayGoals: result.homeGoals };
    const mirrored = market === null ? null : { ...market, home: market.away, away: market.home };
    return { ...match, observation: { ...match.observation, result: turned, statistics, market: mirrored } };
  });
}

function ratesByDay(history: DivisionHistory): (readonly number[])[] {
  const forecaster = marketInformed(history.division);
  const rates: (readonly number[])[] = [];
  for (const day of daysOf(history.matches)) {
    for (const { observation } of day) {
      const { fixture } = observation;
      const forecast = forecaster.forecast(fixture, fixture.day);
      if (forecast.kind === "forecast")
        rates.push([fixture.day, forecast.homeRate, forecast.awayRate, forecast.rho]);
    }
    forecaster.observe(day.map(({ observation }) => observation));
  }
  return rates;
}
