import type { ModelEntry, ModelRegistry } from "../../../src/backtest/model.js";
import { formatDay } from "../../../src/core/day.js";
import { createRng, type Rng } from "../../../src/core/rng.js";
import { collectionSlot, kickOffInstant } from "../../../src/domain/slot.js";
import { scoreGrid } from "../../../src/models/dixon-coles-grid.js";
import { dayOf, type Row, type RowPrices } from "../source.js";

const CLUBS = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir"];
const MINUTE = 60_000;
const KICK_OFF = 20 * 60;

/**
 * Matches with everything that a strategy can trip over: several markets and lines, two books and an exchange with lays
 * and sizes, prices that move before kick-off, incomplete books, corrected results, matches never played, statistics.
 */
export function fieldRows(seed: number, rounds: number): Row[] {
  const rng = createRng(seed);
  return Array.from({ length: rounds }, (_, round) =>
    [0, 1, 2].map((pair) =>
      fieldRow(rng, round, CLUBS[(2 * pair + round) % 6], CLUBS[(2 * pair + 1 + round * 3) % 6]),
    ),
  )
    .flat()
    .filter(({ home, away }) => home !== away);
}

function fieldRow(rng: Rng, round: number, home: string, away: string): Row {
  // From August on, now and then two rounds in one week.
  const number = dayOf("2015-08-15") + Math.floor(round * 5.5) + Math.floor(3 * rng());
  const goals = (): number => Math.floor(4 * rng() * rng() + rng());
  const score = `${goals()}-${goals()}`;
  const corrected = {
    score: `${goals()}-${goals()}`,
    knownAt: kickOffInstant(number, KICK_OFF) + (1 + 200 * rng()) * 60 * MINUTE,
  };
  const played = rng();
  return {
    day: formatDay(number),
    minutes: KICK_OFF,
    home,
    away,
    ...(played < 0.94 ? { score } : {}),
    ...(played < 0.15 ? { corrected } : {}),
    prices: pricesOf(rng, number),
  };
}

function pricesOf(rng: Rng, day: number): RowPrices[] {
  const kickOff = kickOffInstant(day, KICK_OFF);
  const slot = collectionSlot(day, KICK_OFF);
  const book = (runners: number, margin: number): number[] => {
    const weights = Array.from({ length: runners }, () => 0.4 + rng());
    const sum = weights.reduce((total, each) => total + each, 0);
    return weights.map((weight) => Math.max(1.02, Math.round((100 * sum) / (weight * (1 + margin))) / 100));
  };
  const ticks = (
    prices: readonly number[],
    more: Omit<RowPrices, "moment" | "prices" | "observedAt">,
  ): RowPrices[] =>
    [90, 60, 30, 5].map((before) => ({
      ...more,
      moment: "tick",
      observedAt: kickOff - before * MINUTE,
      prices: prices.map((price) =>
        Math.max(1.02, Math.round(100 * (1 + (price - 1) * (0.9 + 0.2 * rng()))) / 100),
      ),
    }));
  const odds = book(3, 0.05);
  const line = Math.floor(9 * rng()) - 4;
  const size = Math.floor(400 * rng()) / 10;
  const all: RowPrices[] = [
    { source: "B365", moment: "early", prices: odds },
    { source: "PS", moment: "early", prices: book(3, rng() < 0.2 ? 0.3 : 0.02) },
    { source: "BFE", moment: "early", prices: book(3, 0.01), size },
    { source: "BFE", moment: "early", side: "LAY", prices: book(3, -0.02), size },
    { source: "PS", moment: "close", prices: book(3, 0.02) },
    { source: "B365", moment: "early", market: "OVER_UNDER_25", prices: book(2, 0.05) },
    { source: "PS", moment: "early", market: "ASIAN_HANDICAP", line, prices: book(2, 0.02) },
    { source: "B365", moment: "early", market: "ASIAN_HANDICAP", line: line + 1, prices: book(2, 0.04) },
    { source: "PS", moment: "close", market: "ASIAN_HANDICAP", line, prices: book(2, 0.02) },
    ...ticks(odds, { source: "B365" }),
    ...ticks(book(3, 0.01), { source: "BFE", size }),
    ...ticks(book(3, -0.02), { source: "BFE", side: "LAY" }),
    ...ticks(book(2, 0.02), { source: "PS", market: "ASIAN_HANDICAP", line }),
  ];
  return all
    .filter(() => rng() < 0.9)
    .map((each) => ({ observedAt: each.moment === "close" ? kickOff : slot, ...each }));
}

/** A model whose goals depend on the names alone, and that refuses some fixtures. */
function namedModel(salt: number): ModelEntry {
  return {
    parameters: [],
    uses: { market: false, statistics: false },
    create: () => ({
      version: `named ${salt}`,
      observe: () => {},
      forecast: ({ home, away, day }) => {
        const rng = createRng(salt, 31 * home.name.length + 7 * away.name.charCodeAt(0) + day);
        if (rng() < 0.05) return { kind: "refused", reason: "not today" };
        const rates = { homeRate: 0.6 + 1.6 * rng(), awayRate: 0.5 + 1.4 * rng(), rho: -0.05 };
        return { kind: "forecast", ...rates, grid: () => scoreGrid(rates), notes: [] };
      },
    }),
  };
}

export const NAMED: ModelRegistry = { poisson: namedModel(1), "dixon-coles": namedModel(2) };
