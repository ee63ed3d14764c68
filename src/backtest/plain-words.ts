import { formatDay } from "../core/day.js";
import { compareText } from "../domain/fixture.js";
import { toDecimal } from "../domain/money.js";
import { formatSeason } from "../domain/season.js";
import type { RefusalKind } from "../strategy/decide.js";
import { formatMoment } from "../strategy/document.js";
import type { Strategy } from "../strategy/strategy.js";
import type { Bet } from "./bet.js";
import type { Estimate } from "./breakdown.js";
import type { ClosingSummary } from "./closing-value.js";
import type { Coverage } from "./coverage.js";
import { sumOf } from "./match-day.js";
import type { Walk } from "./walk.js";

/** What a backtest took for granted, a sentence each. */
export function assumptionsOf(strategy: Strategy): string[] {
  return [
    ...momentWords(strategy),
    fillWords(strategy),
    ...(strategy.prices.assumedSpread === null
      ? []
      : [
          `a lay that is not quoted is taken to stand ${strategy.prices.assumedSpread} steps of the exchange's ladder above the back price, at any size: nobody has offered it`,
        ]),
    "models learn from matches of earlier days whose results were known at the decision, as they stood then",
    "all bets of one decision instant are staked from the bank of the bets settled by then; the stakes still open are kept back",
    "bets are settled when a result is first known, as it stood then; a correction moves the difference into the bank when it is known, and all figures count the last one; a match never played, or played more than three days late, is void",
    `commission of ${commissionWords(strategy)} is taken from the net winnings of each market of each fixture; profits are after it`,
    "intervals are 95%, from 2,000 bootstrap draws of whole match days with the run's seed, mended for skewness (BCa) and for few days (levels of Student's t)",
    "sharpe is of match-day returns on the bank, times the root of match days a year; it assumes nothing about their shape",
    "deflatedSharpe is the chance that the sharpe beats the best of all configurations tried, were none of them any good",
    "pValue is the share of 2,000 draws at fair odds, without any edge, that made at least this profit",
    `closing line value is price x fair closing probability - 1 against ${strategy.prices.closing.join(", then ")}, margin removed by the power method, each bet counting alike`,
    "maxDrawdown runs from a peak of the bank, match day by match day; its days end when the peak is reached again",
  ];
}

function fillWords({ fills }: Strategy): string {
  const { slippage, ticks, sizeShare, latencyMs, maxMove } = fills;
  const size = `up to ${sizeShare < 1 ? `${percent(sizeShare)} of ` : ""}the size on offer where the source gives one`;
  const lost = [
    ...(slippage > 0 ? [`${percent(slippage)} of the net odds`] : []),
    ...(ticks > 0 ? [`${ticks} steps of the exchange's ladder`] : []),
  ];
  const price = lost.length > 0 ? `the quoted price less ${lost.join(" and ")}` : "the quoted price";
  if (latencyMs === null)
    return `a bet is filled in full at ${price}, ${size}; the market does not move against it`;
  return `a bet is a limit order, filled in full ${size}, at the next price after ${latencyMs / 1000} s when that is ${price} or at most ${percent(maxMove)} of the net odds worse; without a further price there is no bet`;
}

function commissionWords({ commission, commissionBySource }: Strategy): string {
  const own = Object.entries(commissionBySource).map(([source, rate]) => `${percent(rate)} at ${source}`);
  return [...own, `${percent(commission)}${own.length > 0 ? " elsewhere" : ""}`].join(", ");
}

function momentWords({ prices }: Strategy): string[] {
  switch (prices.moment.kind) {
    case "early":
      return [
        "early prices carry no time stamp: they count as known at their collection slot (Friday 17:00 or Tuesday 15:00 in the United Kingdom) and can be had then",
      ];
    case "close":
      return ["closing prices count as known and can be had at kick-off"];
    case "asof":
      return [
        `prices are the last observed by ${formatMoment(prices.moment)} from kick-off; a start that the source does not give counts as 15:00 in the United Kingdom`,
      ];
  }
}

export interface Findings {
  readonly strategy: Strategy;
  readonly walk: Walk;
  readonly roi: Estimate;
  readonly closing: ClosingSummary;
  readonly pValue: number | null;
  readonly quoted: readonly Coverage[];
  readonly closed: readonly Coverage[];
  readonly finalBankMinor: number;
}

/** What a reader must know before believing the figures, a sentence each; the most important first. */
export function warningsOf(findings: Findings): string[] {
  return [
    ...luckWords(findings),
    ...priceWords(findings),
    ...coverageWords(findings),
    ...closingWords(findings),
    ...walkWords(findings),
  ];
}

function luckWords({ walk, roi, pValue, finalBankMinor, strategy }: Findings): string[] {
  if (walk.bets.length === 0) return [`no bet was struck: there is nothing to judge${whyNone(walk)}`];
  const ruined = finalBankMinor < strategy.bankMinor / 100 ? ["the bank was all but lost"] : [];
  if (roi.low === null || roi.high === null)
    return [...ruined, "all bets fall on one match day: nothing can be said of skill or luck"];
  const interval = `the 95% interval of the return on stakes, ${percent(roi.low)} to ${percent(roi.high)},`;
  if (roi.low <= 0 && roi.high >= 0)
    return [
      ...ruined,
      `${interval} includes zero: these ${walk.bets.length} bets cannot tell skill from luck (p ${pValue ?? "unknown"})`,
    ];
  if (roi.high < 0)
    return [...ruined, `${interval} is below zero: the strategy loses, and not by bad luck alone`];
  return ruined;
}

const REFUSED: Readonly<Record<RefusalKind, string>> = {
  filter: "a filter failed",
  "too-few-games": "too few known games for a filter",
  "no-forecast": "no forecast",
  book: "a book was incomplete or not sane",
  "no-price": "no price of that side",
  price: "a price out of range",
  edge: "an edge out of range",
  unconfirmed: "not confirmed by the second model",
  stake: "no stake",
  "day-loss": "too much lost on the day",
  "no-fill": "the price had moved or was not seen again",
};

/** What stood in the way, the commonest first. */
function whyNone({ refusals, slots }: Walk): string {
  if (slots === 0) return "; no fixture of the period has a price of these sources at this moment";
  const ordered = [...refusals].sort(([a, n], [b, m]) => m - n || compareText(a, b));
  return ordered.length === 0 ? "" : `; ${ordered.map(([kind, n]) => `${REFUSED[kind]} (${n})`).join(", ")}`;
}

function priceWords({ strategy, walk }: Findings): string[] {
  const kinds = new Map(walk.sources.map(({ code, kind }) => [code, kind]));
  const aggregates = strategy.prices.sources.filter((source) => kinds.get(source) === "aggregate");
  const words = aggregates.map(
    (source) => `${source} is a figure over many books, not a book: no single place takes a bet at its price`,
  );
  if (strategy.prices.moment.kind === "close")
    words.push(
      "bets are struck at closing prices, which cannot be had: closing line value shows no more than the margin",
    );
  return words;
}

const THIN_COVERAGE = 0.9;

function coverageWords({ quoted }: Findings): string[] {
  return quoted
    .filter(({ fixtures, of }) => fixtures < THIN_COVERAGE * of)
    .map((each) => `${each.source} quotes ${each.market} in ${ofFixtures(each)}`);
}

function closingWords({ closed, closing, walk, strategy }: Findings): string[] {
  const words = closed
    .filter(({ fixtures, of }) => fixtures < THIN_COVERAGE * of)
    .map((each) => `${each.source} closes ${each.market} in ${ofFixtures(each)}`);
  if (walk.bets.length > 0 && closing.coverage !== null && closing.coverage < THIN_COVERAGE)
    words.push(
      `closing line value covers ${percent(closing.coverage)} of the bets: no source other than ${strategy.prices.closing.join(", ")} steps in`,
    );
  return words;
}

function ofFixtures({ fixtures, of, without }: Coverage): string {
  const seasons = without.length === 0 ? "" : `, in none of ${without.map(formatSeason).join(", ")}`;
  return `${fixtures} of ${of} fixtures (${percent(of === 0 ? 0 : fixtures / of)})${seasons}`;
}

function walkWords({ walk, strategy }: Findings): string[] {
  const { pending, lateResults, refusals } = walk;
  const voids = walk.bets.filter(({ result }) => result === null).length;
  const late = walk.bets.filter(({ result, outcome }) => result !== null && outcome === "void").length;
  const corrected = walk.bets.filter(({ corrections }) => corrections.length > 0);
  const moved = toDecimal(sumOf(corrected, changedBy)).toFixed(2);
  const over = percent(strategy.prices.maxOverround);
  return [
    ...counted(pending, "fixture", (n) => `left out, without a result yet: ${n}`),
    ...counted(voids, "bet", (n) => `void, on matches that were never played: ${n}`),
    ...counted(late, "bet", (n) => `void, on matches played more than three days late: ${n}`),
    ...counted(corrected.length, "bet", (n) => `settled anew by a corrected result: ${n}, ${moved} in all`),
    ...counted(lateResults, "result", (n) => `known too late to be learnt from in order: ${n}`),
    ...counted(
      refusals.get("too-few-games") ?? 0,
      "time",
      (n) => `too few known games for a filter, so no bet: ${n}`,
    ),
    ...counted(
      refusals.get("book") ?? 0,
      "book",
      (n) => `incomplete or more than ${over} over, so left out: ${n}`,
    ),
    ...commonest(
      walk.refusedForecasts,
      (n, text) => `no forecast for ${plural(n, "fixture")}, such as: ${text}`,
    ),
    ...commonest(
      walk.notes,
      (n, text) => `the model has ${plural(n, "doubt")} about its forecasts, such as: ${text}`,
    ),
    ...historyWords(walk, strategy),
  ];
}

function changedBy({ corrections }: Bet): number {
  return sumOf(corrections, ({ changeMinor }) => changeMinor);
}

function counted(count: number, noun: string, words: (n: string) => string): string[] {
  return count > 0 ? [words(plural(count, noun))] : [];
}

function historyWords({ firstMatch }: Walk, strategy: Strategy): string[] {
  if (firstMatch === null || firstMatch.season < strategy.seasons.from) return [];
  return [`no match before ${formatDay(firstMatch.day)} to learn from: the first forecasts rest on little`];
}

/** The commonest text of a count with how often all of them occurred; nothing where there is none. */
function commonest(
  counts: ReadonlyMap<string, number>,
  words: (total: number, text: string) => string,
): string[] {
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || compareText(a, b));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return first ? [words(total, first[0])] : [];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}
