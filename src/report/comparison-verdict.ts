import type { Comparison } from "./comparison.js";
import { signedPercent } from "./figures.js";
import type { Estimate } from "./html/backtest-report.js";
import type { Verdict } from "./html/verdict.js";

/** Whether the bets can tell the two runs apart, by return and by closing line value. */
export function comparisonVerdict({ first, second, figures }: Comparison): Verdict {
  const difference = (name: string): Estimate =>
    figures.find((figure) => figure.name === name)?.difference ?? { value: null, low: null, high: null };
  const returns = difference("yield");
  const closing = difference("closing line value");
  const better = (estimate: Estimate): string | null => {
    if (estimate.low !== null && estimate.low > 0) return second.label;
    return estimate.high !== null && estimate.high < 0 ? first.label : null;
  };
  const text = `${sentence("yield", returns)} ${sentence("closing line value", closing)} Differences are ${second.label} less ${first.label}, with intervals over match days.`;
  return { tone: "open", headline: headline(better(returns), better(closing)), text };
}

function headline(returns: string | null, closing: string | null): string {
  if (returns !== null && returns === closing) return `Return and closing line both speak for ${returns}`;
  if (returns !== null && closing !== null)
    return `The return speaks for ${returns}, the closing line for ${closing}`;
  if (returns !== null) return `The return speaks for ${returns}; the closing line does not confirm it`;
  if (closing !== null) return `The returns may differ by luck; ${closing} took the better prices`;
  return "These data cannot tell the two apart";
}

function sentence(name: string, { value, low, high }: Estimate): string {
  if (value === null) return `The ${name} of the two cannot be compared.`;
  const known =
    low === null || high === null ? "" : ` (95\u00a0%: ${signedPercent(low)} to ${signedPercent(high)})`;
  return `The ${name} differs by ${signedPercent(value)}${known}.`;
}
