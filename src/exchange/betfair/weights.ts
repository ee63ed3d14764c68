/** Sum of weights over the markets of one request. Source: Betfair, "Market data request limits". */
export const MOST_WEIGHT = 200;

export type PriceData = "SP_AVAILABLE" | "SP_TRADED" | "EX_BEST_OFFERS" | "EX_ALL_OFFERS" | "EX_TRADED";

const ALONE: Readonly<Record<PriceData, number>> = {
  SP_AVAILABLE: 3,
  EX_BEST_OFFERS: 5,
  SP_TRADED: 7,
  EX_ALL_OFFERS: 17,
  EX_TRADED: 17,
};
const NONE = 2;
const BEST_AND_TRADED = 20;
const ALL_AND_TRADED = 32;
/** Best offers weigh what they do for this many prices a side; more weigh in proportion. */
const USUAL_DEPTH = 3;

/** Weight of one market of listMarketBook. `depth`: of best offers, when it is asked for. */
export function bookWeight(data: readonly PriceData[], depth = USUAL_DEPTH): number {
  const asked = new Set(data);
  if (asked.size === 0) return NONE;
  const scale = Math.max(1, depth / USUAL_DEPTH);
  let weight = 0;
  const take = (...parts: PriceData[]): boolean => {
    if (!parts.every((part) => asked.has(part))) return false;
    for (const part of parts) asked.delete(part);
    return true;
  };
  if (take("EX_ALL_OFFERS", "EX_TRADED")) weight += ALL_AND_TRADED;
  else if (take("EX_BEST_OFFERS", "EX_TRADED")) weight += BEST_AND_TRADED * scale;
  // All offers hold the best ones.
  if (data.includes("EX_ALL_OFFERS")) asked.delete("EX_BEST_OFFERS");
  for (const part of asked) weight += ALONE[part] * (part === "EX_BEST_OFFERS" ? scale : 1);
  return weight;
}

/** Markets that may be asked for together; 1 at the least. */
export function marketsPerRequest(weight: number): number {
  return Math.max(1, Math.floor(MOST_WEIGHT / weight));
}

/** Consecutive parts of at most `size`. */
export function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
