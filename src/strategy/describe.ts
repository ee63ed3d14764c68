import { type Minor, toDecimal } from "../domain/money.js";
import { formatSeason } from "../domain/season.js";
import { formatMoment } from "./document.js";
import type { Filter, Limits, Range, Staking, Strategy } from "./strategy.js";

/** A strategy read back in words, one sentence a line: what `check` prints so that a person sees what was understood. */
export function describeStrategy(strategy: Strategy): string {
  const { name, description, leagues, seasons, prices, commission } = strategy;
  const lines = [
    description === "" ? name : `${name}: ${description}`,
    `${sideWords(strategy)} ${runnerWords(strategy)} in ${leagues.join(", ")}, seasons ${formatSeason(seasons.from)} to ${formatSeason(seasons.to)}`,
    `probabilities from ${modelWords(strategy)}`,
    `the best ${formatMoment(prices.moment)} price of ${prices.sources.join(", ")}, books up to ${percent(prices.maxOverround)} over`,
    `when the edge after ${percent(commission)} commission is ${rangeWords(strategy.entry.edge, percent)} and the price ${rangeWords(strategy.entry.price, String)}`,
    ...strategy.filters.map((filter) => `only if ${filterWords(filter)}`),
    `stake ${stakingWords(strategy.staking)}, from a bank of ${money(strategy.bankMinor)}`,
    ...limitWords(strategy.limits),
    `judged by the closing prices of ${prices.closing.join(", then ")}`,
    strategy.live.enabled ? "may be traded live" : "on paper only",
  ];
  return lines.join("\n");
}

function sideWords({ side }: Strategy): string {
  return side === "both" ? "back or lay" : side;
}

function runnerWords({ markets, runners }: Strategy): string {
  return runners === null ? markets.join(", ") : `${runners.join(", ")} of ${markets.join(", ")}`;
}

function modelWords({ model }: Strategy): string {
  const given = Object.entries(model.parameters).map(([key, value]) => `${key} ${value}`);
  return given.length === 0 ? model.name : `${model.name} (${given.join(", ")})`;
}

function rangeWords({ min, max }: Range, show: (value: number) => string): string {
  if (min === null && max === null) return "any";
  if (min === null) return `at most ${show(max ?? 0)}`;
  return max === null ? `at least ${show(min)}` : `from ${show(min)} to ${show(max)}`;
}

function filterWords(filter: Filter): string {
  const { team, venue, games, minGames } = filter;
  const where = venue === "any" ? "" : ` at ${venue}`;
  const fewer = minGames < games ? ` (${minGames} will do)` : "";
  const window = `the last ${games} games${where}${fewer}`;
  if (filter.kind === "result") return `the ${team} team ${filter.result} in all of ${window}`;
  const { stat, action, measure, range } = filter;
  return `${stat} ${action} the ${team} team, ${measure} of ${window}, ${rangeWords(range, String)}`;
}

function stakingWords(staking: Staking): string {
  const cap = staking.maxStakeMinor === null ? "" : `, at most ${money(staking.maxStakeMinor)}`;
  return `${methodWords(staking)}${cap}`;
}

function methodWords(staking: Staking): string {
  switch (staking.method) {
    case "flat":
      return money(staking.stakeMinor);
    case "percentage":
      return `${staking.percent}% of the bank`;
    case "kelly":
      return staking.fraction === 1 ? "full Kelly" : `${staking.fraction} of Kelly`;
    case "liability":
      return `so that ${money(staking.liabilityMinor)} can be lost`;
    case "target-profit":
      return `so that ${money(staking.profitMinor)} can be won after commission`;
  }
}

function limitWords(limits: Limits): string[] {
  const words = (label: string, minor: Minor | null): string[] =>
    minor === null ? [] : [`${label} ${money(minor)}`];
  const all = [
    ...words("a bet", limits.perBetMinor),
    ...words("a fixture", limits.perFixtureMinor),
    ...words("a day", limits.perDayMinor),
  ];
  const risk = all.length === 0 ? [] : [`risking at most ${all.join(", ")}`];
  return [...risk, ...words("no further bet on a day that has lost", limits.perDayLossMinor)];
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(4))}%`;
}

function money(minor: Minor): string {
  return toDecimal(minor).toFixed(2);
}
