import { figure, percentFigure, signedPercent } from "../figures.js";
import type { BacktestDocument, Estimate } from "./backtest-report.js";

/** What the figures allow to be said, in plain words. */
export interface Verdict {
  readonly tone: "gain" | "loss" | "open";
  readonly headline: string;
  readonly text: string;
}

type Standing = "above" | "below" | "open" | "none";

// Below this many bets an interval from resampling days is itself not to be trusted.
const FEW_BETS = 100;

/**
 * Whether the bets can tell skill from luck. Return and closing line value are judged apart, by whether their 95 %
 * intervals leave out zero: a price taken is an observation of skill long before a profit is.
 */
export function verdict(document: BacktestDocument): Verdict {
  const { bets, roi, clv } = document;
  if (bets === 0)
    return { tone: "open", headline: "No bets were struck", text: "There is nothing to judge." };
  const closing = standing({ value: clv.mean, low: clv.low, high: clv.high });
  const judged = judge(standing(roi), closing);
  const few = bets < FEW_BETS ? ` With only ${bets} bets even the intervals are rough.` : "";
  return { ...judged, text: `${returnSentence(document)} ${closingSentence(document, closing)}${few}` };
}

function judge(profit: Standing, closing: Standing): Omit<Verdict, "text"> {
  if (profit === "below") return { tone: "loss", headline: "It lost more than bad luck explains" };
  if (profit === "above" && closing === "above")
    return { tone: "gain", headline: "Return and closing line both point to skill" };
  if (profit === "above" && closing === "below")
    return {
      tone: "open",
      headline: "It won, but at prices worse than the closing line: luck is the likelier cause",
    };
  if (profit === "above")
    return {
      tone: "open",
      headline: "The return stands clear of zero; the closing line does not confirm it",
    };
  if (closing === "above")
    return { tone: "open", headline: "The return may be luck; the prices taken beat the closing line" };
  if (closing === "below")
    return {
      tone: "loss",
      headline: "The return may be luck, and the prices were worse than the closing line",
    };
  return { tone: "open", headline: "These data cannot tell skill from luck" };
}

function returnSentence({ roi, bets, pValue }: BacktestDocument): string {
  const known = interval(roi);
  if (roi.value === null || known === null) return `There is no interval for the return of ${bets} bets.`;
  const where = standing(roi) === "open" ? "which includes zero" : "which leaves out zero";
  const chance =
    pValue === null ? "" : ` (bets at fair prices would do as well with probability ${figure(pValue, 3)})`;
  return `The return of ${signedPercent(roi.value)} has a 95\u00a0% interval of ${known}, ${where}${chance}.${betsNeeded(roi, bets)}`;
}

/** The interval shrinks with the square root of the bets: how many would clear zero if the return stayed as it is. */
function betsNeeded(roi: Estimate, bets: number): string {
  if (standing(roi) !== "open" || !roi.value || roi.low === null || roi.high === null) return "";
  const half = (roi.high - roi.low) / 2;
  const needed = Math.ceil(bets * (half / roi.value) ** 2);
  if (needed > 1e6) return " No number of bets in a lifetime would tell such a return from zero.";
  const rounded = Number(needed.toPrecision(2));
  return ` To tell such a return from zero would take about ${figure(Math.max(rounded, bets))} bets.`;
}

function closingSentence({ clv }: BacktestDocument, closing: Standing): string {
  if (closing === "none" || clv.mean === null)
    return "No closing prices were at hand to judge the prices taken.";
  const known = interval({ value: clv.mean, low: clv.low, high: clv.high });
  const covered = clv.coverage === null ? "" : `, known for ${percentFigure(clv.coverage, 0)} of the bets`;
  return `Against the margin-free closing line the prices were worth ${signedPercent(clv.mean)} (${known}${covered}).`;
}

function standing({ value, low, high }: Estimate): Standing {
  if (value === null || low === null || high === null) return "none";
  if (low > 0) return "above";
  return high < 0 ? "below" : "open";
}

function interval({ low, high }: Estimate): string | null {
  return low === null || high === null ? null : `${signedPercent(low)} to ${signedPercent(high)}`;
}
