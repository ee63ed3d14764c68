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
  /** A further model that must see an edge in this range too; null = none. */
  readonly confirm: Confirmation | null;
  readonly prices: PriceRule;
  readonly entry: { readonly edge: Range; readonly price: Range };
  /** All of them must hold. */
  readonly filters: readonly Filter[];
  readonly staking: Staking;
  readonly bankMinor: Minor;
  /** Share of the net winnings of a market, 0.02 = 2%: of sources without a rate of their own. */
  readonly commission: number;
  readonly commissionBySource: Readonly<Record<SourceCode, number>>;
  readonly fills: Fills;
  readonly limits: Limits;
  readonly live: { readonly enabled: boolean };
  /** A file of code that picks the bets, and the digest it must have; null where this file says it all. */
  readonly code: CodeFile | null;
}

export interface CodeFile {
  /** Relative to the strategy's own folder. */
  readonly path: string;
  /** SHA-256 of its bytes, hexadecimal; null = any. */
  readonly hash: string | null;
}

export type ParameterValue = number | string | boolean;

export interface ModelChoice {
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** What a blend is made of; null for every other model. */
  readonly parts: readonly BlendPart[] | null;
}

export interface BlendPart {
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** > 0, relative to the others. */
  readonly weight: number;
}

export interface Confirmation {
  readonly model: ModelChoice;
  readonly edge: Range;
}

/** What stands between the price that was seen and the price that is had. */
export interface Fills {
  /** Share of the net odds that is lost: 0.02 makes 3.00 a 2.96 to back and a 3.04 to lay. */
  readonly slippage: number;
  /** Steps of the exchange's ladder that are lost besides. */
  readonly ticks: number;
  /** Share of a known size that can be taken. */
  readonly sizeShare: number;
  /** Between decision and bet; the next price observed after it is the one that is had. Null = none. */
  readonly latencyMs: number | null;
  /** How far that price may have moved against us, as a share of the net odds. */
  readonly maxMove: number;
}

export interface PriceRule {
  /** The best of them is taken; where two are equal, the one named first. */
  readonly sources: readonly SourceCode[];
  readonly moment: DecisionMoment;
  /** A source's book with a larger sum of 1/price - 1 is left out. */
  readonly maxOverround: number;
  /** Whose closing prices judge the bets, in this order. No other source steps in. */
  readonly closing: readonly SourceCode[];
  /**
   * Where a source quotes backs alone, its lays are taken to stand so many steps of the exchange's ladder above them:
   * an assumption, not a price. Null = no lay without a quoted one.
   */
  readonly assumedSpread: number | null;
}

/**
 * Which price of a line counts, chosen before any price filter. `everyTick`: from then on every change of a recorded
 * exchange market is decided on; what does not replay markets takes it as the moment alone.
 */
export type DecisionMoment =
  | { readonly kind: "early" }
  | { readonly kind: "close" }
  | { readonly kind: "asof"; readonly beforeMs: number; readonly everyTick?: true };

/** Inclusive at both ends; null = open. */
export interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

/** `points`: three a win, one a draw. `cards`: yellow and red ones. */
export type FormStatistic = "goals" | "points" | "cards" | keyof SideStatistics;
export type FilterTeam = "home" | "away";
export type FilterVenue = "home" | "away" | "any";
export type FilterResult = "win" | "lose" | "draw" | "win-or-draw" | "lose-or-draw" | "win-or-lose";

interface FilterScope {
  /** Holds unasked in other leagues; null = asked in all. */
  readonly leagues: readonly string[] | null;
}

interface FilterWindow extends FilterScope {
  readonly team: FilterTeam;
  readonly venue: FilterVenue;
  /** `season`: the fixture's league and season alone; `overall`: also earlier ones and the strategy's other leagues. */
  readonly within: "season" | "overall";
  /** The last so many matches of the team. */
  readonly games: number;
  /** With fewer known matches than this there is no bet. */
  readonly minGames: number;
}

export interface StatisticFilter extends FilterWindow {
  readonly kind: "statistic";
  readonly stat: FormStatistic;
  /** `combined`: both sides' figures added up; `difference`: for less against. */
  readonly action: "for" | "against" | "combined" | "difference";
  /** `every`: each match by itself must lie in the range. */
  readonly measure: "total" | "average" | "every";
  readonly range: Range;
}

/** Every match of the window ended so. */
export interface ResultFilter extends FilterWindow {
  readonly kind: "result";
  readonly result: FilterResult;
}

/** The team is one of these, or none of them. */
export interface TeamFilter extends FilterScope {
  readonly kind: "team";
  readonly team: FilterTeam;
  readonly names: readonly string[];
  readonly wanted: boolean;
}

/** What the model expects: goals of a side, of both, or home less away. */
export interface RatingFilter extends FilterScope {
  readonly kind: "rating";
  readonly rating: "home" | "away" | "total" | "difference";
  readonly range: Range;
}

export type Filter = StatisticFilter | ResultFilter | TeamFilter | RatingFilter;

/** Which bets Kelly stakes as one: none, those on one market, those of one decision instant. */
export type Together = "single" | "market" | "day";

export type StakingMethod =
  | { readonly method: "flat"; readonly stakeMinor: Minor }
  | { readonly method: "percentage"; readonly percent: number }
  | { readonly method: "kelly"; readonly fraction: number; readonly together: Together }
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

/** Share of net winnings that a source keeps. */
export function commissionOf(
  { commission, commissionBySource }: Pick<Strategy, "commission" | "commissionBySource">,
  source: SourceCode,
): number {
  return commissionBySource[source] ?? commission;
}
