import type {
  Filter,
  FilterResult,
  FormStatistic,
  Range,
  RatingFilter,
  ResultFilter,
  StatisticFilter,
  TeamFilter,
} from "./strategy.js";
import type { FormMatch, MarketView } from "./view.js";

export type FilterVerdict =
  | { readonly kind: "holds"; readonly because: string }
  | { readonly kind: "fails"; readonly because: string }
  | { readonly kind: "too-few"; readonly because: string };

/**
 * Whether a filter holds for a fixture.
 *
 * The window is the last `games` matches that the team has finished at `venue`, in the fixture's league and season or
 * overall, as known at the decision. Matches whose figure is unknown do not count as known games: fewer than `minGames`
 * known games is "too-few", never a pass. Totals and averages are cut to two decimals before they are compared, so that
 * `atMost: 1.33` holds for four goals in three games. An unknown rating fails. A filter for other leagues holds.
 */
export function judgeFilter(
  filter: Filter,
  view: Pick<MarketView, "form" | "fixture" | "expected">,
): FilterVerdict {
  const { league } = view.fixture;
  if (filter.leagues !== null && !filter.leagues.includes(league))
    return { kind: "holds", because: `not asked in ${league}` };
  switch (filter.kind) {
    case "team":
      return judgeTeam(filter, view.fixture[filter.team].name);
    case "rating":
      return judgeRating(filter, view.expected);
    case "result":
      return judgeResult(filter, windowOf(filter, view));
    case "statistic":
      return judgeStatistic(filter, windowOf(filter, view));
  }
}

function windowOf(
  { team, venue, within, games }: StatisticFilter | ResultFilter,
  { form, fixture }: Pick<MarketView, "form" | "fixture">,
): readonly FormMatch[] {
  return form[team]
    .filter(
      (match) =>
        (venue === "any" || match.venue === venue) &&
        (within === "overall" || (match.season === fixture.season && match.league === fixture.league)),
    )
    .slice(-games);
}

function judgeTeam({ team, names, wanted }: TeamFilter, name: string): FilterVerdict {
  const among = names.includes(name);
  return {
    kind: among === wanted ? "holds" : "fails",
    because: `${team} team is ${among ? "" : "not "}among those named`,
  };
}

function judgeRating({ rating, range }: RatingFilter, expected: MarketView["expected"]): FilterVerdict {
  if (!expected) return { kind: "fails", because: "the model expects no number of goals" };
  const { home, away } = expected;
  const value = { home, away, total: home + away, difference: home - away }[rating];
  return {
    kind: inRange(value, range) ? "holds" : "fails",
    because: `expected goals ${rating} ${value.toFixed(3)}`,
  };
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
  const own = action === "against" ? null : sideFigure(stat, match, "for");
  const theirs = action === "for" ? null : sideFigure(stat, match, "against");
  if (action === "for") return own;
  if (action === "against") return theirs;
  if (own === null || theirs === null) return null;
  return action === "combined" ? own + theirs : own - theirs;
}

function sideFigure(stat: FormStatistic, match: FormMatch, side: "for" | "against"): number | null {
  const [goals, other] =
    side === "for" ? [match.goalsFor, match.goalsAgainst] : [match.goalsAgainst, match.goalsFor];
  if (stat === "goals") return goals;
  if (stat === "points") return goals === other ? 1 : 3 * Number(goals > other);
  const counts = side === "for" ? match.statisticsFor : match.statisticsAgainst;
  if (stat !== "cards") return counts?.[stat] ?? null;
  return counts === null || counts.yellowCards === null || counts.redCards === null
    ? null
    : counts.yellowCards + counts.redCards;
}

function tooFew(filter: StatisticFilter | ResultFilter, known: number): FilterVerdict {
  const where = filter.venue === "any" ? "" : ` at ${filter.venue}`;
  return {
    kind: "too-few",
    because: `${filter.team} has ${known} known games${where}; ${filter.minGames} needed`,
  };
}

/** Two decimals, cut; the tolerance keeps 1.2 what it is. */
function cut(value: number): number {
  return Math.sign(value) * (Math.floor(Math.abs(value) * 100 + 1e-9) / 100);
}

/** Inclusive at both ends, for prices, edges and statistics alike; 1e-12 forgives the last bit of a product. */
export function inRange(value: number, { min, max }: Range): boolean {
  return (min === null || value >= min - 1e-12) && (max === null || value <= max + 1e-12);
}
