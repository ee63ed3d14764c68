import type { Instant } from "../core/clock.js";
import type { Selection } from "../domain/market.js";
import type { Minor } from "../domain/money.js";
import type { Side, SourceCode } from "../domain/price.js";
import type { Stake } from "./staking.js";
import type { Strategy } from "./strategy.js";
import { fairProbability } from "./view.js";
import type { Wish } from "./wish.js";

/** A wish with a reason: nothing has been sent anywhere. */
export interface Intent extends Selection {
  readonly side: Side;
  readonly asOf: Instant;
  /** The worst price that will do: what was quoted, less slippage and what it may move. */
  readonly price: number;
  /** As the source had it. */
  readonly quotedPrice: number;
  readonly source: SourceCode;
  readonly observedAt: Instant;
  /** Ours that the runner wins (pushes and halves: see `fairProbability`), for backs and lays alike. */
  readonly probability: number;
  /** Expected profit per unit of stake after commission. */
  readonly edge: number;
  /** The backer's stake. */
  readonly stakeMinor: Minor;
  /** What the bet can lose: the stake of a back, (price - 1) x stake of a lay. */
  readonly liabilityMinor: Minor;
  readonly modelVersion: string;
  readonly because: string;
}

/** A wish with its stake, and the words that say why. */
export function intentOf(
  strategy: Strategy,
  wish: Wish,
  { stakeMinor, riskMinor, cut }: Extract<Stake, { kind: "stake" }>,
): Intent {
  const { view, book, runner, offer, price, edge } = wish;
  const probability = fairProbability(wish.shares);
  return {
    fixtureId: view.fixture.id,
    market: book.market,
    runner: runner.runner,
    line: book.line,
    side: offer.side,
    asOf: view.asOf,
    price,
    quotedPrice: offer.price,
    source: offer.source,
    observedAt: offer.observedAt,
    probability,
    edge,
    stakeMinor,
    liabilityMinor: riskMinor,
    modelVersion: view.modelVersion,
    because: reason(strategy, wish, probability, cut),
  };
}

/** No commas: the text goes into CSV files that people split by hand. */
function reason(
  { staking }: Strategy,
  { offer, price, edge, reasons, stakeMinor }: Wish,
  probability: number,
  cut: string | null,
): string {
  const method = stakeMinor === null ? staking.method : "stake of the code";
  const parts = [
    `edge ${(100 * edge).toFixed(2)}% at ${price} with ${offer.source}`,
    `ours ${probability.toFixed(4)} against ${(1 / price).toFixed(4)}`,
    ...(price === offer.price ? [] : [`quoted ${offer.price}`]),
    ...reasons,
    cut === null ? method : `${method} cut by ${cut}`,
  ];
  return parts.join("; ");
}
