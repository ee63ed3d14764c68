import { createRng } from "../src/core/rng.js";
import type { Fixture } from "../src/domain/fixture.js";
import { scoreGrid } from "../src/models/dixon-coles-grid.js";
import { type ConvergedFit, type FitOptions, fitGoals, fitSums } from "../src/models/fit.js";
import type { Observation } from "../src/models/forecaster.js";
import { collectMatches, type GoalMatch } from "../src/models/goal-match.js";
import { matchLogLikelihood, namedParameters } from "../src/models/match-likelihood.js";
import { dixonColesForecaster } from "../src/models/walk-forward.js";

export const name = "goal models: fits and walk-forward";

const TEAMS = 20;
const SEASONS = 5;
const ROUNDS = 15;
const REPEATS = 20;

/**
 * Ours against the obvious way: the log-likelihood summed match by match, with an exponential a side. A numeric fit
 * needs some thousands of those; the figures say how many of them a whole fit of ours costs.
 */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  const matches = newSeasons();
  const options: FitOptions = { model: "dixon-coles", standardErrors: false };
  const fit = converged(matches, options);
  const parameters = namedParameters(fit);
  const collected = collectMatches(matches, { xi: 0, asOf: null });
  if (collected.kind !== "collected") throw new Error(collected.kind);
  const { sums, teams } = collected;
  const start = converged(matches.slice(0, matches.length - 20), options);
  const tasks = {
    naive: () => matchLogLikelihood(matches, parameters),
    poisson: () => fitGoals(matches, { ...options, model: "poisson" }),
    matches: () => fitGoals(matches, options),
    // Errors are worked out when read.
    errors: () => converged(matches, { model: "dixon-coles" }).teams,
    sums: () => fitSums(sums, teams, options),
    warm: () => fitSums(sums, teams, { ...options, start }),
    walk: () => walk(matches),
  };
  const times = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++)
    for (const [task, work] of Object.entries(tasks))
      times.set(
        task,
        Math.min(times.get(task) ?? Number.POSITIVE_INFINITY, elapsed(work, task === "walk" ? 1 : REPEATS)),
      );
  const ms = (task: keyof typeof tasks) => times.get(task) ?? Number.NaN;
  const row = (task: keyof typeof tasks, label: string) => [
    { label: `${label} / one log-likelihood match by match`, ratio: ms(task) / ms("naive"), unit: "times" },
    { label, ratio: ms(task), unit: "ms" },
  ];
  const matchDays = matches.length / 10;
  return [
    ...row("poisson", "Poisson fit of 1,900 matches"),
    ...row("matches", "Dixon-Coles fit of 1,900 matches"),
    ...row("errors", "the same with standard errors"),
    ...row("sums", "the same from pair sums, without errors"),
    ...row("warm", "the same from the optimum of 20 matches before"),
    { label: "a match day of a walk forward, refit and 10 grids", ratio: ms("walk") / matchDays, unit: "ms" },
  ];
}

function converged(matches: readonly GoalMatch[], options: FitOptions): ConvergedFit {
  const fit = fitGoals(matches, options);
  if (fit.kind !== "converged") throw new Error(fit.kind);
  return fit;
}

/** Five double round robins, a round of ten matches a day, goals by a seeded generator. */
function newSeasons(): (GoalMatch & { day: number })[] {
  const rng = createRng(1);
  const pairs: [number, number][] = [];
  for (let h = 0; h < TEAMS; h++) for (let a = 0; a < TEAMS; a++) if (h !== a) pairs.push([h, a]);
  return Array.from({ length: SEASONS * pairs.length }, (_, i) => {
    const [h, a] = pairs[(i * 97) % pairs.length];
    return {
      home: `Team ${h}`,
      away: `Team ${a}`,
      homeGoals: drawGoals(1.5 + (h - a) / 25, rng()),
      awayGoals: drawGoals(1.2 + (a - h) / 25, rng()),
      day: 4 * Math.floor(i / 10),
    };
  });
}

/** A Poisson count by inversion. */
function drawGoals(rate: number, u: number): number {
  let p = Math.exp(-rate);
  let left = u;
  let goals = 0;
  while (left >= p && goals < 30) {
    left -= p;
    goals++;
    p *= rate / goals;
  }
  return goals;
}

function walk(matches: readonly (GoalMatch & { day: number })[]): number {
  const model = dixonColesForecaster({ league: "T", tier: 1, clubs: new Map() });
  let sum = 0;
  for (let from = 0; from < matches.length; from += 10) {
    const today = matches.slice(from, from + 10).map(observationOf);
    for (const { fixture } of today) {
      const forecast = model.forecast(fixture, fixture.day);
      if (forecast.kind === "forecast") sum += scoreGrid(forecast).cells[0];
    }
    model.observe(today);
  }
  return sum;
}

function observationOf(match: GoalMatch & { day: number }): Observation {
  const club = (text: string) => ({ id: Number(text.slice(5)), name: text, country: "T" });
  const fixture: Fixture = {
    id: 0,
    league: "T",
    season: 2020,
    day: match.day,
    kickOff: match.day * 86_400_000,
    kickOffKnown: false,
    home: club(match.home),
    away: club(match.away),
    neutral: false,
  };
  const { homeGoals, awayGoals } = match;
  const result = { fixtureId: 0, revision: 0, homeGoals, awayGoals, halfTimeHome: null, halfTimeAway: null };
  return { fixture, result: { ...result, knownAt: fixture.kickOff }, statistics: null, market: null };
}

function elapsed(work: () => unknown, repeats: number): number {
  const from = performance.now();
  for (let i = 0; i < repeats; i++) work();
  return (performance.now() - from) / repeats;
}
