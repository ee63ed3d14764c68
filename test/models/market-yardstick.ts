import type { Forecaster, MarketView } from "../../src/models/forecaster.js";
import type { DivisionHistory, PricedMatch } from "./market-seasons.js";

/** One scored forecast beside the closing line. */
export interface Scored {
  readonly match: PricedMatch;
  readonly model: MarketView;
  readonly closing: MarketView;
}

export interface Verdict {
  readonly n: number;
  readonly logLoss: number;
  readonly rps: number;
  /** KL(closing || model), 1e-3 nats. */
  readonly divergence: number;
  readonly closingLogLoss: number;
  readonly closingRps: number;
}

/** Walk a forecaster through a division: all forecasts of a day, then its matches. */
export function walk(history: DivisionHistory, forecaster: Forecaster, from: number, to: number): Scored[] {
  const scored: Scored[] = [];
  for (const day of daysOf(history.matches)) {
    for (const match of day) {
      const { season } = match.observation.fixture;
      if (season < from || season > to || match.closing === null || match.early === null) continue;
      const model = probabilities(forecaster, match);
      if (model !== null) scored.push({ match, model, closing: match.closing });
    }
    forecaster.observe(day.map(({ observation }) => observation));
  }
  return scored;
}

export function daysOf(matches: readonly PricedMatch[]): PricedMatch[][] {
  const days: PricedMatch[][] = [];
  for (const match of matches) {
    const last = days.at(-1);
    if (last?.[0].observation.fixture.day === match.observation.fixture.day) last.push(match);
    else days.push([match]);
  }
  return days;
}

function probabilities(forecaster: Forecaster, { observation: { fixture } }: PricedMatch): MarketView | null {
  const forecast = forecaster.forecast(fixture, fixture.day);
  return forecast.kind === "refused" ? null : viewOf(forecast.grid().cells);
}

/** 1X2 and over 2.5 of a square grid of cells. */
export function viewOf(cells: Float64Array): MarketView {
  const width = Math.sqrt(cells.length);
  let home = 0;
  let draw = 0;
  let away = 0;
  let over25 = 0;
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) {
      const p = cells[i * width + j];
      if (i > j) home += p;
      else if (i === j) draw += p;
      else away += p;
      if (i + j > 2) over25 += p;
    }
  return { home, draw, away, over25 };
}

export function judge(scored: readonly Scored[]): Verdict {
  let logLoss = 0;
  let rps = 0;
  let divergence = 0;
  let closingLogLoss = 0;
  let closingRps = 0;
  for (const { match, model, closing } of scored) {
    const { homeGoals, awayGoals } = match.observation.result;
    const runner = homeGoals > awayGoals ? "home" : homeGoals < awayGoals ? "away" : "draw";
    logLoss -= Math.log(model[runner]);
    closingLogLoss -= Math.log(closing[runner]);
    rps += rankedScore(model, runner);
    closingRps += rankedScore(closing, runner);
    for (const r of ["home", "draw", "away"] as const)
      divergence += closing[r] * Math.log(closing[r] / model[r]);
  }
  const n = scored.length;
  return {
    n,
    logLoss: logLoss / n,
    rps: rps / n,
    divergence: (1000 * divergence) / n,
    closingLogLoss: closingLogLoss / n,
    closingRps: closingRps / n,
  };
}

/** Ranked probability score of home, draw, away: half the squared distances of the two cumulative sums. */
function rankedScore(p: MarketView, runner: "home" | "draw" | "away"): number {
  const first = p.home - (runner === "home" ? 1 : 0);
  const second = p.away - (runner === "away" ? 1 : 0);
  return (first * first + second * second) / 2;
}
