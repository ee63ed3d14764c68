import type { Day } from "../../core/day.js";
import { type Minor, toDecimal } from "../../domain/money.js";
import type { ReportEquity } from "./backtest-report.js";

/** A fall of the bank from a peak, to its lowest point and back; `recovered` null when it has not come back. */
export interface Drawdown {
  readonly from: Day;
  readonly lowest: Day;
  readonly recovered: Day | null;
  /** Decimal money. */
  readonly amount: number;
  /** Of the bank at the peak. */
  readonly share: number;
}

/** How far below its highest the bank stood, as a share from -1 to 0, at each point. */
export function underwater(equity: readonly ReportEquity[]): number[] {
  let peak: Minor = 0;
  return equity.map(({ bankMinor }) => {
    peak = Math.max(peak, bankMinor);
    return peak > 0 ? bankMinor / peak - 1 : 0;
  });
}

/** The deepest falls by amount, deepest first, at most `most`. `equity` holds the start at least. */
export function deepestDrawdowns(equity: readonly ReportEquity[], most: number): Drawdown[] {
  return drawdowns(equity)
    .sort((a, b) => b.amount - a.amount || a.from - b.from)
    .slice(0, most);
}

function drawdowns(equity: readonly ReportEquity[]): Drawdown[] {
  const falls: Drawdown[] = [];
  let peak = equity[0];
  let lowest = peak;
  const close = (recovered: Day | null) => {
    if (lowest.bankMinor < peak.bankMinor) falls.push(fall(peak, lowest, recovered));
  };
  for (const point of equity) {
    if (point.bankMinor >= peak.bankMinor) {
      close(point.day);
      peak = point;
      lowest = point;
    } else if (point.bankMinor < lowest.bankMinor) lowest = point;
  }
  close(null);
  return falls;
}

function fall(peak: ReportEquity, lowest: ReportEquity, recovered: Day | null): Drawdown {
  const lost = peak.bankMinor - lowest.bankMinor;
  const share = peak.bankMinor > 0 ? lost / peak.bankMinor : 0;
  return { from: peak.day, lowest: lowest.day, recovered, amount: toDecimal(lost), share };
}
