import type { PlayedMatch, Result } from "../../domain/fixture.js";
import { scoreGrid } from "../../models/dixon-coles-grid.js";
import type { Forecaster, Observation } from "../../models/forecaster.js";
import type { BacktestSource } from "../inputs.js";
import type { ModelEntry } from "../model.js";

/** Strategies that cheat, each in a way that has cost somebody money: a probe which misses one is broken. */
export const LEAKS = [
  "result",
  "closing price",
  "end-of-season rating",
  "future form",
  "revised score",
] as const;
export type LeakName = (typeof LEAKS)[number];

/** A model that reads the warehouse behind the walk's back. */
export async function leakingModel(leak: LeakName, source: BacktestSource): Promise<ModelEntry> {
  const matches = await source.matches({});
  const closing = await source.prices({ markets: ["MATCH_ODDS"], moments: ["close"] });
  const rates: Record<LeakName, (seen: readonly Observation[], id: number) => readonly [number, number]> = {
    result: (_, id) => scoreOf(matches.find(({ fixture }) => fixture.id === id)),
    "closing price": (_, id) => {
      const home = closing.find(({ fixtureId, runner }) => fixtureId === id && runner === "HOME");
      return [3 / (home?.price ?? 2), 1];
    },
    "end-of-season rating": (_, id) => averages(matches, id, (other, own) => other.season === own.season),
    "future form": (_, id) =>
      averages(matches, id, (other, own) => other.day >= own.day && other.day <= own.day + 60),
    "revised score": (seen) => {
      const ids = new Set(seen.map(({ fixture }) => fixture.id));
      return meanGoals(matches.filter(({ fixture }) => ids.has(fixture.id)).map(({ result }) => result));
    },
  };
  return {
    parameters: [],
    uses: { market: false, statistics: false },
    create: () => forecasterOf(leak, rates[leak]),
  };
}

function forecasterOf(
  leak: LeakName,
  rates: (seen: readonly Observation[], id: number) => readonly [number, number],
): Forecaster {
  const seen: Observation[] = [];
  return {
    version: `leak: ${leak}`,
    observe: (matches) => void seen.push(...matches),
    forecast({ id }) {
      const [homeRate, awayRate] = rates(seen, id).map((rate) => Math.min(5, 0.2 + rate)) as [number, number];
      return {
        kind: "forecast",
        homeRate,
        awayRate,
        rho: 0,
        grid: () => scoreGrid({ homeRate, awayRate, rho: 0 }),
        notes: [],
      };
    },
  };
}

function scoreOf(match: PlayedMatch | undefined): readonly [number, number] {
  return match ? [match.result.homeGoals, match.result.awayGoals] : [1, 1];
}

/** Goals for of the home and of the away side over the matches that `counts`. */
function averages(
  matches: readonly PlayedMatch[],
  id: number,
  counts: (other: PlayedMatch["fixture"], own: PlayedMatch["fixture"]) => boolean,
): readonly [number, number] {
  const own = matches.find(({ fixture }) => fixture.id === id)?.fixture;
  if (!own) return [1, 1];
  const chosen = matches.filter(({ fixture }) => counts(fixture, own));
  const goalsFor = (teamId: number): number => {
    const goals = chosen.flatMap(({ fixture, result }) => {
      if (fixture.home.id === teamId) return [result.homeGoals];
      return fixture.away.id === teamId ? [result.awayGoals] : [];
    });
    return goals.reduce((sum, each) => sum + each, 0) / Math.max(1, goals.length);
  };
  return [goalsFor(own.home.id), goalsFor(own.away.id)];
}

function meanGoals(results: readonly Result[]): readonly [number, number] {
  const count = Math.max(1, results.length);
  return [
    results.reduce((sum, { homeGoals }) => sum + homeGoals, 0) / count,
    results.reduce((sum, { awayGoals }) => sum + awayGoals, 0) / count,
  ];
}
