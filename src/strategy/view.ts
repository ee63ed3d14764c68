import type { Instant } from "../core/clock.js";
import type { Day } from "../core/day.js";
import type { Fixture, SideStatistics } from "../domain/fixture.js";
import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { Minor } from "../domain/money.js";
import type { Side, SourceCode } from "../domain/price.js";
import type { Season } from "../domain/season.js";

/** All that is known of one fixture when it is decided, and nothing of how it ended. */
export interface MarketView {
  readonly fixture: Fixture;
  readonly asOf: Instant;
  /** Name and parameters of the model behind the chances. */
  readonly modelVersion: string;
  /** Why the model gave no forecast; null when it gave one. */
  readonly refusal: string | null;
  /** Goals that the model expects of each side; none where no model of goals stands behind the chances. */
  readonly expected?: { readonly home: number; readonly away: number } | null;
  readonly books: readonly BookView[];
  readonly form: { readonly home: readonly FormMatch[]; readonly away: readonly FormMatch[] };
  readonly account: Account;
}

/** One market at one line, as all sources quote it at the strategy's moment. */
export interface BookView {
  readonly market: Market;
  readonly line: QuarterLine;
  readonly runners: readonly RunnerView[];
}

export interface RunnerView {
  readonly runner: Runner;
  /** Our view of it; null when the model cannot price it. */
  readonly chance: Chance | null;
  /** What the confirming model thinks of it; none without one, or when it cannot price it. */
  readonly second?: Chance | null;
  readonly offers: readonly Offer[];
}

/** How the backer of a runner may fare. The five add up to 1. */
export interface OutcomeShares {
  readonly win: number;
  readonly halfWin: number;
  readonly push: number;
  readonly halfLoss: number;
  readonly loss: number;
}

export interface Chance {
  readonly shares: OutcomeShares;
  /** 95% interval of the winning probability; null when the model gives none. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A price that could be had. */
export interface Offer {
  readonly source: SourceCode;
  readonly side: Side;
  readonly price: number;
  readonly size: number | null;
  readonly observedAt: Instant;
}

/** A finished match of a team in one of the strategy's leagues, known by then. Oldest first. */
export interface FormMatch {
  readonly league: string;
  readonly season: Season;
  readonly day: Day;
  readonly venue: "home" | "away";
  readonly goalsFor: number;
  readonly goalsAgainst: number;
  readonly statisticsFor: SideStatistics | null;
  readonly statisticsAgainst: SideStatistics | null;
}

/** Money as known at the decision. Bets struck at this very instant on other fixtures count as open, not as settled. */
export interface Account {
  readonly bankMinor: Minor;
  /** What the bets not yet settled can lose. */
  readonly openMinor: Minor;
  /** What the bets struck on this UTC day can lose, or could. */
  readonly dayRiskMinor: Minor;
  /** Net loss of the bets settled on this UTC day; 0 when they won. */
  readonly dayLossMinor: Minor;
}

/** Shares of a runner that either wins or loses. */
export function plainShares(probability: number): OutcomeShares {
  return { win: probability, halfWin: 0, push: 0, halfLoss: 0, loss: 1 - probability };
}

/** The same bet seen by its layer. */
export function layerShares(shares: OutcomeShares): OutcomeShares {
  const { win, halfWin, push, halfLoss, loss } = shares;
  return { win: loss, halfWin: halfLoss, push, halfLoss: halfWin, loss: win };
}

/**
 * Probability that a fair price is the inverse of: winning shares over decided shares, halves counted half. For a
 * runner without pushes and halves it is the winning probability.
 */
export function fairProbability(shares: OutcomeShares): number {
  const won = shares.win + shares.halfWin / 2;
  const lost = shares.loss + shares.halfLoss / 2;
  return won + lost > 0 ? won / (won + lost) : 0;
}
