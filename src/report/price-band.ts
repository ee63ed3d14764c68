/** Ends of the bands that bets are told apart by, each from one to below the next. */
const ENDS = [1.5, 2, 2.5, 3, 4, 6, 10] as const;

/** The number of a price's band, 0 for the shortest. */
export function priceBand(price: number): number {
  return ENDS.filter((end) => price >= end).length;
}

/** "2 to 2.5" of a band's number; open ends in words. */
export function priceBandName(band: number): string {
  if (band === 0) return `under ${ENDS[0]}`;
  return band === ENDS.length ? `${ENDS[band - 1]} or more` : `${ENDS[band - 1]} to ${ENDS[band]}`;
}
