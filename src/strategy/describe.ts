import { type Minor, toDecimal } from "../domain/money.js";
import { formatSeason } from "../domain/season.js";
import { filterWords, rangeWords } from "./describe-filter.js";
import { formatMoment, formatSpan } from "./document.js";
import type { Limits, ModelChoice, Staking, Strategy } from "./strategy.js";

/** A strategy read back in words, one sentence a line: what `check` prints so that a person sees what was understood. */
export function describeStrategy(strategy: Strategy): string {
  const { name, description, leagues, seasons, prices } = strategy;
  const lines = [
    description === "" ? name : `${name}: ${description}`,
    `${sideWords(strategy)} ${runnerWords(strategy)} in ${leagues.join(", ")}, seasons ${formatSeason(seasons.from)} to ${formatSeason(seasons.to)}`,
    `probabilities from ${modelWords(strategy.model)}`,
    `the best ${formatMoment(prices.moment)} price of ${prices.sources.join(", ")}, books up to ${percent(prices.maxOverround)} over`,
    ...(prices.assumedSpread === null
      ? []
      : [`lays assumed ${prices.assumedSpread} ticks above the back price where none is quoted`]),
    ...fillWords(strategy),
    `when the edge after ${commissionWords(strategy)} commission is ${rangeWords(strategy.entry.edge, percent)} and the price ${rangeWords(strategy.entry.price, String)}`,
    ...confirmWords(strategy),
    ...strategy.filters.map((filter) => `only if ${filterWords(filter)}`),
    `stake ${stakingWords(strategy.staking)}, from a bank of ${money(strategy.bankMinor)}`,
    ...limitWords(strategy.limits),
    ...(strategy.code === null ? [] : [`the bets are picked by the code in ${strategy.code.path}`]),
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

function modelWords({ name, parameters, parts }: ModelChoice): string {
  if (parts !== null)
    return `a blend of ${parts.map((part) => `${modelWords({ ...part, parts: null })} (weight ${part.weight})`).join(", ")}`;
  const given = Object.entries(parameters).map(([key, value]) => `${key} ${value}`);
  return given.length === 0 ? name : `${name} (${given.join(", ")})`;
}

function confirmWords({ confirm }: Strategy): string[] {
  if (confirm === null) return [];
  return [`only if ${modelWords(confirm.model)} sees an edge too, ${rangeWords(confirm.edge, percent)}`];
}

function commissionWords({ commission, commissionBySource }: Strategy): string {
  const own = Object.entries(commissionBySource).map(([source, rate]) => `${percent(rate)} at ${source}`);
  return [...own, `${percent(commission)}${own.length > 0 ? " elsewhere" : ""}`].join(", ");
}

function fillWords({ fills }: Strategy): string[] {
  const { slippage, ticks, sizeShare, latencyMs, maxMove } = fills;
  const words = [
    ...(slippage > 0 ? [`${percent(slippage)} of the net odds`] : []),
    ...(ticks > 0 ? [`${ticks} ticks`] : []),
  ];
  return [
    ...(words.length > 0 ? [`losing ${words.join(" and ")} between the price seen and the price had`] : []),
    ...(latencyMs === null
      ? []
      : [
          `at the next price after ${formatSpan(latencyMs)}, if it is worse by no more than ${percent(maxMove)} of the net odds`,
        ]),
    ...(sizeShare < 1 ? [`taking at most ${percent(sizeShare)} of the size on offer`] : []),
  ];
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
      return `${staking.fraction === 1 ? "full Kelly" : `${staking.fraction} of Kelly`}${togetherWords[staking.together]}`;
    case "liability":
      return `so that ${money(staking.liabilityMinor)} can be lost`;
    case "target-profit":
      return `so that ${money(staking.profitMinor)} can be won after commission`;
  }
}

const togetherWords = {
  single: "",
  market: ", the bets on one market as one",
  day: ", the bets of one decision as one",
} as const;

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
