import type { Market, QuarterLine, Runner } from "../domain/market.js";
import { type Outcome, settleRunner } from "./settlement.js";

interface Score {
  readonly homeGoals: number;
  readonly awayGoals: number;
}

/** How a match came to its end, as far as bets are concerned. */
export type Fate =
  | ({ readonly kind: "played" } & Score)
  /** Played so many days after the day it was meant for. */
  | ({ readonly kind: "postponed"; readonly days: number } & Score)
  /** Stopped at this score and not ended within three days. */
  | ({ readonly kind: "abandoned" } & Score)
  /** Decided by a verdict; `played` is the score on the pitch of a match that was ended, null of one that was not. */
  | { readonly kind: "awarded"; readonly played: Score | null }
  | { readonly kind: "not-played" };

/** Bets stand on a match that is put off by no more than this. */
export const STANDS_FOR_DAYS = 3;
/** Goals either side could still score that are looked at: beyond the widest line of any market. */
const MOST_FURTHER_GOALS = 24;

/**
 * Outcome of a runner for its backer, whatever became of the match.
 *
 * A score on the pitch stands, verdicts do not change it. A match not ended voids what was still open; what no further
 * goal could change (over 2.5 at 2-1) stands. A match played more than three days late is void.
 * Throws   InvariantError for a runner that the market does not have.
 * Source   the exchange's football rules: abandoned and postponed matches, three days; awarded results.
 */
export function settleFate(market: Market, runner: Runner, line: QuarterLine, fate: Fate): Outcome {
  switch (fate.kind) {
    case "played":
      return settleRunner(market, runner, line, fate.homeGoals, fate.awayGoals);
    case "postponed":
      return fate.days <= STANDS_FOR_DAYS
        ? settleRunner(market, runner, line, fate.homeGoals, fate.awayGoals)
        : "void";
    case "abandoned":
      return decidedAt(market, runner, line, fate) ?? "void";
    case "awarded":
      return fate.played
        ? settleRunner(market, runner, line, fate.played.homeGoals, fate.played.awayGoals)
        : "void";
    case "not-played":
      return "void";
  }
}

/** The outcome that no further goal can change; null while it is open. */
function decidedAt(
  market: Market,
  runner: Runner,
  line: QuarterLine,
  { homeGoals, awayGoals }: Score,
): Outcome | null {
  const now = settleRunner(market, runner, line, homeGoals, awayGoals);
  for (let home = 0; home <= MOST_FURTHER_GOALS; home++)
    for (let away = 0; away <= MOST_FURTHER_GOALS; away++)
      if (settleRunner(market, runner, line, homeGoals + home, awayGoals + away) !== now) return null;
  return now;
}
