import { roundTo } from "../../core/number.js";
import type { Rng } from "../../core/rng.js";
import type { GoalRates } from "../../domain/goals.js";
import { drawNormal } from "./draw.js";
import { balancedLine, type FairChances, fairChances, handicapShare } from "./score.js";

/** Prices of one book at one moment, decimal; null = no quote. */
export interface BookPrices {
  readonly home: number;
  readonly draw: number;
  readonly away: number;
  readonly over: number;
  readonly under: number;
  readonly handicapHome: number;
  readonly handicapAway: number;
}

/** All prices of a match at one moment. `line`: handicap on the home side, in goals. */
export interface MomentPrices {
  readonly line: number;
  readonly books: Readonly<Record<string, BookPrices | null>>;
}

/** A simulated book: how much it asks for, and how far its log rates stray from the sharp book's. */
interface Book {
  readonly code: string;
  readonly margin: number;
  readonly earlySd: number;
  readonly closeSd: number;
}

/** The sharp book, and the soft ones that follow it with errors and margins of their own. */
export const SHARP: Book = { code: "PS", margin: 0.025, earlySd: 0, closeSd: 0 };
export const SOFT_BOOKS: readonly Book[] = [
  { code: "B365", margin: 0.055, earlySd: 0.03, closeSd: 0.02 },
  { code: "BW", margin: 0.065, earlySd: 0.04, closeSd: 0.025 },
  { code: "WH", margin: 0.06, earlySd: 0.035, closeSd: 0.02 },
];
const EXCHANGE_CODE = "BFE";

/** Standard deviation of the sharp book's error in each log rate: early, and what the close adds to the rest of it. */
export const SHARP_ERROR = { earlySd: 0.07, kept: 0.35, addedSd: 0.015 } as const;

/** How the exchange stands at a moment: its half spread, and how often it is thin or has nobody at all. */
const EXCHANGE = {
  early: { sd: 0.012, halfSpread: 0.005, thin: 0.15, absent: 0.02 },
  close: { sd: 0.006, halfSpread: 0.003, thin: 0.05, absent: 0.005 },
} as const;

type Errors = readonly [home: number, away: number];

/** Early and closing prices of one match of known true rates: the errors of the close grow out of the early ones. */
export function drawPrices(rng: Rng, truth: GoalRates): { early: MomentPrices; close: MomentPrices } {
  const earlyError: Errors = [SHARP_ERROR.earlySd * drawNormal(rng), SHARP_ERROR.earlySd * drawNormal(rng)];
  const closeError = strayed(
    rng,
    [SHARP_ERROR.kept * earlyError[0], SHARP_ERROR.kept * earlyError[1]],
    SHARP_ERROR.addedSd,
  );
  return {
    early: drawMoment(rng, truth, earlyError, "early"),
    close: drawMoment(rng, truth, closeError, "close"),
  };
}

function drawMoment(rng: Rng, truth: GoalRates, sharp: Errors, moment: "early" | "close"): MomentPrices {
  const sharpChances = believed(truth, sharp);
  const line = balancedLine(sharpChances);
  const books: Record<string, BookPrices | null> = { PS: quote(sharpChances, line, SHARP.margin) };
  for (const book of SOFT_BOOKS) {
    const sd = moment === "early" ? book.earlySd : book.closeSd;
    books[book.code] = quote(believed(truth, strayed(rng, sharp, sd)), line, book.margin);
  }
  const all = Object.values(books).filter((prices) => prices !== null);
  books.Max = merged(all, (values) => Math.max(...values));
  books.Avg = merged(all, (values) =>
    roundTo(values.reduce((sum, value) => sum + value, 0) / values.length, 2),
  );
  books[EXCHANGE_CODE] = drawExchange(rng, truth, sharp, line, moment);
  return { line, books };
}

function drawExchange(rng: Rng, truth: GoalRates, sharp: Errors, line: number, moment: "early" | "close") {
  const { sd, halfSpread, thin, absent } = EXCHANGE[moment];
  const luck = rng();
  const gap = luck < thin ? 0.02 + 0.06 * rng() : 0;
  const chances = believed(truth, strayed(rng, sharp, sd));
  return luck < absent ? null : quote(chances, line, halfSpread + gap);
}

/** Prices with the margin laid on every outcome alike: 1 / (probability x (1 + margin)), two decimals, 1.01 at least. */
export function quote(chances: FairChances, line: number, margin: number): BookPrices {
  const price = (probability: number) => Math.max(1.01, roundTo(1 / (probability * (1 + margin)), 2));
  const share = handicapShare(chances, line);
  return {
    home: price(chances.home),
    draw: price(chances.draw),
    away: price(chances.away),
    over: price(chances.over25),
    under: price(1 - chances.over25),
    handicapHome: price(share),
    handicapAway: price(1 - share),
  };
}

function believed({ homeRate, awayRate, rho }: GoalRates, [home, away]: Errors): FairChances {
  return fairChances({ homeRate: homeRate * Math.exp(home), awayRate: awayRate * Math.exp(away), rho });
}

function strayed(rng: Rng, [home, away]: Errors, sd: number): Errors {
  return [home + sd * drawNormal(rng), away + sd * drawNormal(rng)];
}

function merged(books: readonly BookPrices[], merge: (values: number[]) => number): BookPrices {
  const of = (field: keyof BookPrices) => merge(books.map((book) => book[field]));
  return {
    home: of("home"),
    draw: of("draw"),
    away: of("away"),
    over: of("over"),
    under: of("under"),
    handicapHome: of("handicapHome"),
    handicapAway: of("handicapAway"),
  };
}
