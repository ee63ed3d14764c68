import type { Filter, FilterResult, Range, ResultFilter, StatisticFilter } from "./strategy.js";
import type { FormMatch, MarketView } from "./view.js";

export type FilterVerdict =
  | { readonly kind: "holds"; readonly because: string }
  | { readonly kind: "fails"; readonly because: string }
  | { readonly kind: "too-few"; readonly because: string };

/**
 * Whether a filter holds for a fixture.
 *
 * The window is the last `games` matches that the team has finished at `venue` in the fixture's league and season, as
 * known at the decision. Matches whose figure is unknown do not count as known games: fewer than `minGames` known
 * games is "too-few", never a pass. Totals and averages are cut to two decimals before they are compared, so that
 * `atMost: 1.33` holds for four goals in three games.
 */
export function judgeFilter(filter: Filter, view: Pick<MarketView, "form">): FilterVerdict {
  const window = view.form[filter.team]
    .filter((match) => filter.venue === "any" || match.venue === filter.venue)
    .slice(-filter.games);
  return filter.kind === "result" ? judgeResult(filter, window) : judgeStatistic(filter, window);
}

function judgeResult(filter: ResultFilter, window: readonly FormMatch[]): FilterVerdict {
  if (window.length < filter.minGames) return tooFew(filter, window.length);
  const matching = window.filter((match) => resultHolds(filter.result, match)).length;
  const because = `${filter.team} ${filter.result} in ${matching} of ${window.length} games`;
  return { kind: matching === window.length ? "holds" : "fails", because };
}

function resultHolds(result: FilterResult, { goalsFor, goalsAgainst }: FormMatch): boolean {
  if (goalsFor === goalsAgainst)
    return result === "draw" || result === "win-or-draw" || result === "lose-or-draw";
  return goalsFor > goalsAgainst
    ? result === "win" || result === "win-or-draw" || result === "win-or-lose"
    : result === "lose" || result === "lose-or-draw" || result === "win-or-lose";
}

function judgeStatistic(filter: StatisticFilter, window: readonly FormMatch[]): FilterVerdict {
  const known = window.map((match) => figure(filter, match)).filter((value) => value !== null);
  if (known.length < filter.minGames) return tooFew(filter, known.length);
  const total = known.reduce((sum, value) => sum + value, 0);
  const value = filter.measure === "average" ? cut(total / known.length) : total;
  const holds =
    filter.measure === "every"
      ? known.every((each) => inRange(each, filter.range))
      : inRange(value, filter.range);
  const measured = filter.measure === "every" ? known.join(" ") : String(value);
  const because = `${filter.team} ${filter.stat} ${filter.action} ${filter.measure} ${measured} over ${known.length} games`;
  return { kind: holds ? "holds" : "fails", because };
}

function figure({ stat, action }: StatisticFilter, match: FormMatch): number | null {
  if (stat === "goals") return action === "for" ? match.goalsFor : match.goalsAgainst;
  return (action === "for" ? match.statisticsFor : match.statisticsAgainst)?.[stat] ?? null;
}

function tooFew(filter: Filter, known: number): FilterVerdict {
  const where = filter.venue === "any" ? "" : ` at ${filter.venue}`;
  return {
    kind: "too-few",
    because: `${filter.team} has ${known} known games${where}; ${filter.minGames} needed`,
  };
}

/** Two decimals, cut; the tolerance keeps 1.2 what it is. */
function cut(value: number): number {
  return Math.floor(value * 100 + 1e-9) / 100;
}

/** Inclusive at both ends, for prices, edges and statistics alike; 1e-12 forgives the last bit of a product. */
export function inRange(value: number, { min, max }: Range): boolean {
  return (min === null || value >= min - 1e-12) && (max === null || value <= max + 1e-12);
}
