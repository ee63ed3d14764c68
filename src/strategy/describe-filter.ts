import type { Filter, Range, ResultFilter, StatisticFilter } from "./strategy.js";

/** "goals for the home team, average of the last 5 games, at least 1.2". */
export function filterWords(filter: Filter): string {
  const scope = filter.leagues === null ? "" : ` (asked in ${filter.leagues.join(", ")} alone)`;
  return `${conditionWords(filter)}${scope}`;
}

function conditionWords(filter: Filter): string {
  switch (filter.kind) {
    case "team":
      return `the ${filter.team} team is ${filter.wanted ? "one" : "none"} of ${filter.names.join(", ")}`;
    case "rating":
      return `the model's ${ratingWords[filter.rating]} is ${rangeWords(filter.range, String)}`;
    case "result":
      return `the ${filter.team} team ${filter.result} in all of ${windowWords(filter)}`;
    case "statistic":
      return `${filter.stat} ${actionWords(filter)}, ${filter.measure} of ${windowWords(filter)}, ${rangeWords(filter.range, String)}`;
  }
}

const ratingWords = {
  home: "expected home goals",
  away: "expected away goals",
  total: "expected total of goals",
  difference: "expected goals, home less away,",
} as const;

function actionWords({ action, team }: StatisticFilter): string {
  if (action === "combined") return `of both sides in the ${team} team's matches`;
  return action === "difference" ? `for less against the ${team} team` : `${action} the ${team} team`;
}

function windowWords({ venue, games, minGames, within }: StatisticFilter | ResultFilter): string {
  const where = venue === "any" ? "" : ` at ${venue}`;
  const fewer = minGames < games ? ` (${minGames} will do)` : "";
  const when = within === "overall" ? " of any season" : "";
  return `the last ${games} games${where}${when}${fewer}`;
}

/** "from 0.03 to 0.3", "at least 2", "any". */
export function rangeWords({ min, max }: Range, show: (value: number) => string): string {
  if (min === null && max === null) return "any";
  if (min === null) return `at most ${show(max ?? 0)}`;
  return max === null ? `at least ${show(min)}` : `from ${show(min)} to ${show(max)}`;
}
