import { readFileSync } from "node:fs";
import type { GoalModel } from "../../src/models/fit.js";
import type { GoalMatch } from "../../src/models/goal-match.js";
import { sharedPath } from "../support/shared.js";

/** An optimum of shared/reference, teams in name order. */
export interface ReferenceFit {
  readonly ll: number;
  readonly intercept: number;
  readonly hfa: number;
  readonly rho: number | null;
  readonly attack: readonly number[];
  readonly defence: readonly number[];
  readonly teams: readonly string[];
}

export const REFERENCE_KEYS = ["epl1", "epl5"].flatMap((input) =>
  ["poisson", "dixon_coles"].flatMap((model) => [`${input}:${model}:u`, `${input}:${model}:w`]),
);

export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath("reference", name), "utf8"));
}

interface InputMatch {
  readonly home: string;
  readonly away: string;
  readonly hg: number;
  readonly ag: number;
  readonly w: number;
}

/** Matches of "epl1" or "epl5", with the file's weights or all 1. */
export function referenceMatches(input: string, weighted: boolean): GoalMatch[] {
  const { matches } = readReference<{ matches: InputMatch[] }>(`input_${input}.json`);
  return matches.map(({ home, away, hg, ag, w }) => ({
    home,
    away,
    homeGoals: hg,
    awayGoals: ag,
    weight: weighted ? w : 1,
  }));
}

/** What a key like "epl5:dixon_coles:w" stands for. */
export function referenceTask(key: string): { matches: GoalMatch[]; model: GoalModel } {
  const [input, model, weights] = key.split(":");
  return {
    matches: referenceMatches(input, weights === "w"),
    model: model === "poisson" ? "poisson" : "dixon-coles",
  };
}
