import { additive } from "./additive.js";
import { balancedBook } from "./balanced-book.js";
import { type InvalidBook, isUnderround, readBook } from "./book.js";
import { gotoConversion } from "./goto.js";
import { jensenShannon } from "./jensen-shannon.js";
import { logarithmic } from "./logarithmic.js";
import { marginProportional } from "./margin-proportional.js";
import { MARGIN_METHODS, type MarginMethod, type Remover } from "./method.js";
import { multiplicative } from "./multiplicative.js";
import { oddsRatio } from "./odds-ratio.js";
import { power } from "./power.js";
import { shin } from "./shin.js";

export interface FairBook {
  readonly kind: "fair";
  readonly method: MarginMethod;
  /** One a runner, in the order of the prices; they sum to the number of winners. */
  readonly probabilities: readonly number[];
  /** What the method solved for, and its name; null for a method without one. */
  readonly parameter: number | null;
  readonly parameterName: string | null;
  readonly overround: number;
  /** True when a probability is not strictly between 0 and 1: the method does not fit this book. */
  readonly problematic: boolean;
}

/** Prices that pay out more than they take. `probabilities` is null for a method that explains margins only. */
export interface UnderroundBook extends Omit<FairBook, "kind" | "probabilities"> {
  readonly kind: "underround";
  readonly probabilities: readonly number[] | null;
}

export type Fair = FairBook | UnderroundBook | InvalidBook;

const REMOVERS: Readonly<
  Record<MarginMethod, { readonly remove: Remover; readonly parameterName: string | null }>
> = {
  multiplicative: { remove: multiplicative, parameterName: null },
  additive: { remove: additive, parameterName: null },
  power: { remove: power, parameterName: "exponent" },
  shin: { remove: shin, parameterName: "insiderShare" },
  "odds-ratio": { remove: oddsRatio, parameterName: "oddsRatio" },
  logarithmic: { remove: logarithmic, parameterName: "logOddsShift" },
  "margin-proportional": { remove: marginProportional, parameterName: null },
  "balanced-book": { remove: balancedBook, parameterName: "insiderShare" },
  goto: { remove: gotoConversion, parameterName: "standardErrors" },
  "jensen-shannon": { remove: jensenShannon, parameterName: "distance" },
};

/**
 * Margin-free probabilities of quoted decimal prices; `winners` is what they must sum to, 3 for a top-three market.
 *
 * Every solve is bounded; nothing is thrown for bad prices: they come back as `invalid` with the reason.
 */
export function removeMargin(prices: readonly number[], method: MarginMethod, winners = 1): Fair {
  const book = readBook(prices, winners);
  if (book.kind === "invalid") return book;
  const { remove, parameterName } = REMOVERS[method];
  const removal = remove(book);
  const rest = {
    method,
    parameter: removal?.parameter ?? null,
    parameterName,
    overround: book.overround,
    problematic: removal === null || removal.probabilities.some((p) => !(p > 0 && p < 1)),
  };
  if (isUnderround(book))
    return { kind: "underround", ...rest, probabilities: removal?.probabilities ?? null };
  return { kind: "fair", ...rest, probabilities: removal?.probabilities ?? [] };
}

/** Every method on the same prices, in the order of MARGIN_METHODS. */
export function removeMarginEveryWay(
  prices: readonly number[],
  winners = 1,
): ReadonlyMap<MarginMethod, Fair> {
  return new Map(MARGIN_METHODS.map((method) => [method, removeMargin(prices, method, winners)]));
}
