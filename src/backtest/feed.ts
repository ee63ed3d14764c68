import type { Instant } from "../core/clock.js";
import { type Day, dayOfInstant, startOfDay } from "../core/day.js";
import { compareKickOff, type MatchStatistics } from "../domain/fixture.js";
import type { MarketView, Observation } from "../models/forecaster.js";
import { firstKnownAt, type KnownResult, standingAt } from "./known-result.js";

/** Hands out a division's finished matches once each, when they have become known. */
export interface Feed {
  /**
   * What has become known by `asOf` and was not handed out yet, in kick-off order: matches of earlier UTC days than
   * that of `asOf`, as their results stood then. Instants must not go backwards.
   */
  until(asOf: Instant): readonly Observation[];
  /** Matches that became known too late to be learnt from in order of days. */
  readonly late: number;
}

/** What is known of past matches besides their results. */
export interface MatchFacts {
  readonly statistics: ReadonlyMap<number, MatchStatistics>;
  market(fixtureId: number): MarketView | null;
}

/**
 * A feed of one division. Matches of the day of the decision are held back even where they have ended: models forecast
 * as of the start of a day.
 */
export function feedOf(results: readonly KnownResult[], facts: MatchFacts): Feed {
  const waiting = [...results].sort(
    (a, b) => availableAt(a) - availableAt(b) || compareKickOff(a.fixture, b.fixture),
  );
  let next = 0;
  let lastDay: Day = Number.NEGATIVE_INFINITY;
  let late = 0;
  return {
    until(asOf) {
      const first = next;
      while (next < waiting.length && availableAt(waiting[next]) <= asOf) next++;
      if (first === next) return [];
      const known = waiting.slice(first, next).sort((a, b) => compareKickOff(a.fixture, b.fixture));
      const inOrder = known.filter(({ fixture }) => fixture.day >= lastDay);
      late += known.length - inOrder.length;
      if (inOrder.length > 0) lastDay = inOrder[inOrder.length - 1].fixture.day;
      return inOrder.map((match) => observationOf(match, asOf, facts));
    },
    get late() {
      return late;
    },
  };
}

/** A result counts from when it is known, and from the day after the match. */
function availableAt(match: KnownResult): Instant {
  return Math.max(firstKnownAt(match), startOfDay(match.fixture.day + 1));
}

function observationOf(match: KnownResult, asOf: Instant, facts: MatchFacts): Observation {
  const { fixture } = match;
  return {
    fixture,
    result: standingAt(match, asOf),
    statistics: facts.statistics.get(fixture.id) ?? null,
    market: facts.market(fixture.id),
  };
}

/** The day whose start a forecast at `asOf` is made for. */
export function forecastDay(asOf: Instant): Day {
  return dayOfInstant(asOf);
}
