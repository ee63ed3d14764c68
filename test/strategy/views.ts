import { parseStrategy } from "../../src/strategy/parse.js";
import type { Strategy } from "../../src/strategy/strategy.js";
import {
  type BookView,
  type FormMatch,
  type MarketView,
  type Offer,
  plainShares,
} from "../../src/strategy/view.js";
import { SHORT } from "./example.js";

export const KICK_OFF = Date.UTC(2015, 7, 15, 14);
export const SLOT = Date.UTC(2015, 7, 14, 16);

/** SHORT with keys put after it or in place of its own. */
export function strategyOf(...lines: readonly string[]): Strategy {
  const keys = lines.map((line) => line.split(":")[0]);
  const kept = SHORT.split("\n").filter((line) => !keys.includes(line.split(":")[0]));
  return parseStrategy([...kept, ...lines].join("\n"), "s.yaml");
}

export function offer(price: number, overrides: Partial<Offer> = {}): Offer {
  return { source: "B365", side: "BACK", price, size: null, observedAt: SLOT, ...overrides };
}

/** A match-odds book: probabilities of ours and prices of B365, or other offers, in the order home, draw, away. */
export function matchOdds(chances: readonly number[], offers: readonly (readonly Offer[])[]): BookView {
  return {
    market: "MATCH_ODDS",
    line: 0,
    runners: ["HOME", "DRAW", "AWAY"].map((runner, index) => ({
      runner,
      chance: { shares: plainShares(chances[index] ?? 0), low: null, high: null },
      offers: offers[index] ?? [],
    })),
  };
}

export function viewOf(overrides: Partial<MarketView> = {}): MarketView {
  return {
    fixture: {
      id: 7,
      league: "E0",
      season: 2015,
      day: Math.floor(KICK_OFF / 86_400_000),
      kickOff: KICK_OFF,
      kickOffKnown: true,
      home: { id: 1, name: "Ash", country: "Nowhere" },
      away: { id: 2, name: "Birch", country: "Nowhere" },
      neutral: false,
    },
    asOf: SLOT,
    modelVersion: "stub",
    refusal: null,
    books: [matchOdds([0.5, 0.25, 0.25], [[offer(2.2)], [offer(3.6)], [offer(3.4)]])],
    form: { home: [], away: [] },
    account: { bankMinor: 10_000, openMinor: 0, dayRiskMinor: 0, dayLossMinor: 0 },
    ...overrides,
  };
}

/** A match of a team's form: "2-1" with the team's own goals first. */
export function played(score: string, venue: "home" | "away", shots: number | null = null): FormMatch {
  const [goalsFor = 0, goalsAgainst = 0] = score.split("-").map(Number);
  const statistics = {
    shots,
    shotsOnTarget: null,
    fouls: null,
    corners: null,
    yellowCards: null,
    redCards: null,
    offsides: null,
    woodwork: null,
    bookingPoints: null,
  };
  return {
    league: "E0",
    season: 2015,
    day: 16_600,
    venue,
    goalsFor,
    goalsAgainst,
    statisticsFor: statistics,
    statisticsAgainst: null,
  };
}
