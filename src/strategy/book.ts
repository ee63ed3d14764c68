import { RUNNERS } from "../domain/market.js";
import type { Side, SourceCode } from "../domain/price.js";
import { terms } from "./edge.js";
import { commissionOf, type PriceRule, type Strategy } from "./strategy.js";
import { takenPrice } from "./taken-price.js";
import type { BookView, Offer, RunnerView } from "./view.js";

/** Sources of a book that may be bet with, and why the others may not. */
export interface SaneSources {
  readonly sane: ReadonlySet<SourceCode>;
  readonly refusals: readonly string[];
}

/**
 * A source may be bet with when it quotes every runner of the book and its backs sum to no more than
 * 1 + `maxOverround`. An incomplete book cannot be judged and is left out; so is a lay without its backs, but for
 * sources that quote lays alone.
 */
export function saneSources(book: BookView, rule: PriceRule): SaneSources {
  const sane = new Set<SourceCode>();
  const refusals: string[] = [];
  for (const source of rule.sources) {
    const sums = overroundOf(book, source);
    if (sums === "not-quoted") continue;
    if (sums === "lays-only" || (sums !== "incomplete" && sums <= rule.maxOverround)) sane.add(source);
    else
      refusals.push(
        `${source} ${sums === "incomplete" ? "book is incomplete" : `book sums to ${(1 + sums).toFixed(3)}`}`,
      );
  }
  return { sane, refusals };
}

function overroundOf(book: BookView, source: SourceCode): number | "not-quoted" | "incomplete" | "lays-only" {
  let quoted = 0;
  let sum = 0;
  for (const runner of book.runners) {
    const back = offerOf(runner, source, "BACK");
    if (back === undefined) continue;
    quoted++;
    sum += 1 / back.price;
  }
  if (quoted === 0)
    return book.runners.some((runner) => offerOf(runner, source, "LAY")) ? "lays-only" : "not-quoted";
  return quoted < (RUNNERS[book.market]?.length ?? book.runners.length) ? "incomplete" : sum - 1;
}

function offerOf(runner: RunnerView, source: SourceCode, side: Side): Offer | undefined {
  for (const offer of runner.offers) if (offer.source === source && offer.side === side) return offer;
  return undefined;
}

/** The offer worth most after commission; of equals that of the source named first in the strategy. */
export function bestOffer(
  runner: RunnerView,
  side: Side,
  strategy: Strategy,
  sane: ReadonlySet<SourceCode>,
): Offer | null {
  let best: Offer | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const source of strategy.prices.sources) {
    const offer = sane.has(source) ? offerFor(runner, source, side, strategy.prices) : undefined;
    if (!offer) continue;
    const { netWin, netLoss } = terms(side, offer.price, commissionOf(strategy, source));
    if (netWin / netLoss <= most) continue;
    best = offer;
    most = netWin / netLoss;
  }
  return best;
}

/** A quoted price; for a lay that is not quoted the assumed one, where the strategy makes that assumption. */
function offerFor(
  runner: RunnerView,
  source: SourceCode,
  side: Side,
  { assumedSpread }: PriceRule,
): Offer | undefined {
  const quoted = offerOf(runner, source, side);
  if (quoted || side === "BACK" || assumedSpread === null) return quoted;
  const back = offerOf(runner, source, "BACK");
  const price = back ? takenPrice("LAY", back.price, { slippage: 0, ticks: assumedSpread }) : 0;
  return back && price > 0 ? { ...back, side, price, size: null } : undefined;
}
