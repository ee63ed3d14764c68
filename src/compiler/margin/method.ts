import type { Book } from "./book.js";

/** Every way of removing a margin, by the names that commands and documents use. */
export const MARGIN_METHODS = [
  "multiplicative",
  "additive",
  "power",
  "shin",
  "odds-ratio",
  "logarithmic",
  "margin-proportional",
  "balanced-book",
  "goto",
  "jensen-shannon",
] as const;

export type MarginMethod = (typeof MARGIN_METHODS)[number];

/** What a method makes of a book: one probability a runner, and the number it had to solve for. */
export interface Removal {
  readonly probabilities: readonly number[];
  /** Exponent, insider share, odds ratio, ...; null when the method has none. */
  readonly parameter: number | null;
}

/** `null` when the method has no meaning for the book, which is then an underround. */
export type Remover = (book: Book) => Removal | null;

/** The short names of the literature and of the R package `implied`. */
const ALIASES: Readonly<Record<string, MarginMethod>> = {
  basic: "multiplicative",
  odds_ratio: "odds-ratio",
  or: "odds-ratio",
  log: "logarithmic",
  wpo: "margin-proportional",
  bb: "balanced-book",
  jsd: "jensen-shannon",
};

/** The method a person named, by its name or a short one; null when there is none such. */
export function parseMarginMethod(text: string): MarginMethod | null {
  const folded = text.trim().toLowerCase();
  return MARGIN_METHODS.find((method) => method === folded) ?? ALIASES[folded] ?? null;
}
