import type { Fixture } from "../domain/fixture.js";
import type { Observation } from "../models/forecaster.js";
import { addForm, type Form, type FormBook, formOf, newFormBook } from "./form.js";
import { type RatingRule, type RatingStates, statesBefore, step } from "./replay.js";
import { type StatisticoState, statisticoRule } from "./statistico.js";

export interface RatingsModelParameters {
  /** Matches that make up a team's form. */
  readonly formGames: number;
  /** Matches both teams must have played before theirs is learnt from: until then a rating is its start. */
  readonly settledGames: number;
  /** Matches to have learnt from before a forecast is made. */
  readonly leastMatches: number;
  /** The regression is fitted anew when its rows have grown by this share. */
  readonly refitGrowth: number;
}

/** Of a side: constant, home, attack less the opponent's defence, own goals, the opponent's goals against. */
const WIDTH = 5;
const RATING_SCALE = 100;

/** What the ratings model has learnt: changed by `learnDay` alone. The rows are what the regression is fitted to. */
export interface RatingsMemory {
  readonly rule: RatingRule<StatisticoState>;
  readonly states: RatingStates<StatisticoState>;
  readonly form: FormBook;
  readonly width: number;
  readonly counts: number[];
  readonly covariates: number[];
  /** Rows that the fit at hand is made of: the data at the last size that called for a new one. */
  fitRows: number;
}

/** Nothing learnt yet. */
export function newMemory({ formGames }: RatingsModelParameters): RatingsMemory {
  return {
    rule: statisticoRule(),
    states: new Map(),
    form: newFormBook(formGames),
    width: WIDTH,
    counts: [],
    covariates: [],
    fitRows: 0,
  };
}

/** Learn the matches of one day; all their rows are made before any of their results is learnt. */
export function learnDay(
  memory: RatingsMemory,
  today: readonly Observation[],
  parameters: RatingsModelParameters,
): void {
  for (const { fixture, result } of today) {
    const sides = sidesOf(memory, fixture);
    if (Math.min(sides.homeForm.known, sides.awayForm.known) < parameters.settledGames) continue;
    memory.covariates.push(...sides.home, ...sides.away);
    memory.counts.push(result.homeGoals, result.awayGoals);
  }
  for (const match of today) {
    step(memory.rule, memory.states, match);
    addForm(memory.form, match);
  }
  const rows = memory.counts.length;
  const due = Math.max(2 * parameters.leastMatches, memory.fitRows * (1 + parameters.refitGrowth));
  if (rows >= due) memory.fitRows = rows;
}

/** A fixture as the regression sees it, as of the last day learnt. */
export interface Sides {
  /** Covariates of the two sides, `WIDTH` each. */
  readonly home: readonly number[];
  readonly away: readonly number[];
  readonly homeForm: Form;
  readonly awayForm: Form;
}

/** What both sides bring into a fixture. */
export function sidesOf({ rule, states, form }: RatingsMemory, fixture: Fixture): Sides {
  const [home, away] = statesBefore(rule, states, fixture).map(rule.show);
  const homeForm = formOf(form, fixture.home.id, fixture.season);
  const awayForm = formOf(form, fixture.away.id, fixture.season);
  const atHome = fixture.neutral ? 0 : 1;
  return {
    home: [1, atHome, (home.attack - away.defence) / RATING_SCALE, homeForm.scored, awayForm.conceded],
    away: [1, 0, (away.attack - home.defence) / RATING_SCALE, awayForm.scored, homeForm.conceded],
    homeForm,
    awayForm,
  };
}
