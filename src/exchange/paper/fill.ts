import { CLASSIC, FINEST, type LadderType } from "../../domain/ladder.js";
import type { Minor } from "../../domain/money.js";
import type { PriceSize, Side, VenueBook } from "../venue.js";

export interface PaperFill {
  readonly tick: number;
  readonly price: number;
  readonly sizeMinor: Minor;
}

/** What has been taken of a book already, by runner, side, tick and the moment of its prices. */
export type Taken = Map<string, Minor>;

interface Wanted {
  readonly selectionId: number;
  readonly handicap: number;
  readonly side: Side;
  readonly tick: number;
  readonly sizeMinor: Minor;
}

/**
 * Match an order with what a book offers at its price or better, best first, each offer once: an order on paper moves
 * no market, so what was taken is remembered as long as the prices are the same.
 */
export function fillFrom(book: VenueBook, wanted: Wanted, taken: Taken): PaperFill[] {
  const fills: PaperFill[] = [];
  let left = wanted.sizeMinor;
  for (const { tick, sizeMinor } of offersOf(book, wanted)) {
    if (left === 0 || !reaches(wanted, tick)) break;
    const key = [book.marketId, wanted.selectionId, wanted.handicap, wanted.side, tick, book.pricedAt].join(
      "|",
    );
    const free = sizeMinor - (taken.get(key) ?? 0);
    const part = Math.min(left, Math.max(0, free));
    if (part === 0) continue;
    taken.set(key, (taken.get(key) ?? 0) + part);
    fills.push({ tick, price: ladderPrice(book.ladder, tick), sizeMinor: part });
    left -= part;
  }
  return fills;
}

function offersOf(book: VenueBook, { selectionId, handicap, side }: Wanted): readonly PriceSize[] {
  if (book.status !== "OPEN" || book.inPlay) return [];
  const runner = book.runners.find(
    (each) => each.selectionId === selectionId && each.handicap === handicap && each.status === "ACTIVE",
  );
  return (side === "back" ? runner?.toBack : runner?.toLay) ?? [];
}

function reaches({ side, tick: limit }: Wanted, tick: number): boolean {
  return side === "back" ? tick >= limit : tick <= limit;
}

export function ladderPrice(ladder: LadderType, tick: number): number {
  return (ladder === "FINEST" ? FINEST : CLASSIC).price(tick);
}
