import type { SideStatistics } from "../domain/fixture.js";
import type { Market, Runner } from "../domain/market.js";
import type { Minor } from "../domain/money.js";
import type { SourceCode } from "../domain/price.js";
import type { Season } from "../domain/season.js";

/** A strategy as a person wrote it, checked and with every default filled in. Frozen plain data: it decides nothing. */
export interface Strategy {
  readonly name: string;
  readonly description: string;
  readonly leagues: readonly string[];
  readonly seasons: { readonly from: Season; readonly to: Season };
  readonly markets: readonly Market[];
  /** Only these runners; null = every runner of the markets. */
  readonly runners: readonly Runner[] | null;
  readonly side: "back" | "lay" | "both";
  readonly model: ModelChoice;
  readonly prices: PriceRule;
  readonly entry: { readonly edge: Range; readonly price: Range };
  /** All of them must hold. */
  readonly filters: readonly Filter[];
  readonly staking: Staking;
  readonly bankMinor: Minor;
  /** Share of the net winnings of a market, 0.02 = 2%. */
  readonly commission: number;
  readonly limits: Limits;
  readonly live: { readonly enabled: boolean };
}

export type ParameterValue = number | string | boolean;

export interface ModelChoice {
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export interface PriceRule {
  /** The best of them is taken; where two are equal, the one named first. */
  readonly sources: readonly SourceCode[];
  readonly moment: DecisionMoment;
  /** A source's book with a larger sum of 1/price - 1 is left out. */
  readonly maxOverround: number;
  /** Whose closing prices judge the bets, in this order. No other source steps in. */
  readonly closing: readonly SourceCode[];
}

/** Which price of a line counts, chosen before any price filter. */
export type DecisionMoment =
  | { readonly kind: "early" }
  | { readonly kind: "close" }
  | { readonly kind: "asof"; readonly beforeMs: number };

/** Inclusive at both ends; null = open. */
export interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

export type FormStatistic = "goals" | keyof SideStatistics;
export type FilterTeam = "home" | "away";
export type FilterVenue = "home" | "away" | "any";
export type FilterResult = "win" | "lose" | "draw" | "win-or-draw" | "lose-or-draw" | "win-or-lose";

interface FilterWindow {
  readonly team: FilterTeam;
  readonly venue: FilterVenue;
  /** The last so many matches of the team in the same league and season. */
  readonly games: number;
  /** With fewer known matches than this there is no bet. */
  readonly minGames: number;
}

export interface StatisticFilter extends FilterWindow {
  readonly kind: "statistic";
  readonly stat: FormStatistic;
  readonly action: "for" | "against";
  /** `every`: each match by itself must lie in the range. */
  readonly measure: "total" | "average" | "every";
  readonly range: Range;
}

/** Every match of the window ended so. */
export interface ResultFilter extends FilterWindow {
  readonly kind: "result";
  readonly result: FilterResult;
}

export type Filter = StatisticFilter | ResultFilter;

export type StakingMethod =
  | { readonly method: "flat"; readonly stakeMinor: Minor }
  | { readonly method: "percentage"; readonly percent: number }
  | { readonly method: "kelly"; readonly fraction: number }
  | { readonly method: "liability"; readonly liabilityMinor: Minor }
  | { readonly method: "target-profit"; readonly profitMinor: Minor };

export type Staking = StakingMethod & {
  readonly minStakeMinor: Minor;
  readonly maxStakeMinor: Minor | null;
};

/** Caps on what can be lost: the stake of a back, the liability of a lay. Null = no cap. */
export interface Limits {
  readonly perBetMinor: Minor | null;
  readonly perFixtureMinor: Minor | null;
  /** On bets struck on one UTC day. */
  readonly perDayMinor: Minor | null;
  /** No further bet on a UTC day whose settled bets have lost this much. */
  readonly perDayLossMinor: Minor | null;
}
