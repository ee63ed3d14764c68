/** A market type of the practice exchange: its runners, and which of them wins at a score. */
export interface MarketKind {
  readonly type: string;
  readonly name: string;
  /** Whether the exchange reconciles a starting price at the kick-off. */
  readonly bsp: boolean;
  /** Selection ids are Betfair's own for the runners that are the same in every match; teams get theirs. */
  readonly runners: readonly { readonly id: number | "home" | "away"; readonly name: string }[];
  /** Index of the runner that wins at a score: always exactly one. */
  winner(home: number, away: number): number;
  /** Whether no further goal can change it. */
  decided(home: number, away: number): boolean;
}

const never = (): boolean => false;

export const MARKET_KINDS: readonly MarketKind[] = [
  {
    type: "MATCH_ODDS",
    name: "Match Odds",
    bsp: true,
    runners: [
      { id: "home", name: "home" },
      { id: "away", name: "away" },
      { id: 58805, name: "The Draw" },
    ],
    winner: (home, away) => (home > away ? 0 : home < away ? 1 : 2),
    decided: never,
  },
  {
    type: "OVER_UNDER_25",
    name: "Over/Under 2.5 Goals",
    bsp: false,
    runners: [
      { id: 47972, name: "Under 2.5 Goals" },
      { id: 47973, name: "Over 2.5 Goals" },
    ],
    winner: (home, away) => (home + away > 2 ? 1 : 0),
    decided: (home, away) => home + away > 2,
  },
  {
    type: "BOTH_TEAMS_TO_SCORE",
    name: "Both teams to Score?",
    bsp: false,
    runners: [
      { id: 30246, name: "Yes" },
      { id: 110503, name: "No" },
    ],
    winner: (home, away) => (home > 0 && away > 0 ? 0 : 1),
    decided: (home, away) => home > 0 && away > 0,
  },
];

const MOST_GOALS = 12;

/**
 * Chance of each runner when `homeRate` and `awayRate` goals are still expected at a score.
 *
 * Independent Poisson counts up to 12 more goals a side (the rest is below 1e-5 for the rates here), renormalised.
 */
export function chances(
  kind: MarketKind,
  homeRate: number,
  awayRate: number,
  home: number,
  away: number,
): number[] {
  const [p, q] = [poisson(homeRate), poisson(awayRate)];
  const sums = kind.runners.map(() => 0);
  for (let i = 0; i <= MOST_GOALS; i++)
    for (let j = 0; j <= MOST_GOALS; j++) sums[kind.winner(home + i, away + j)] += p[i] * q[j];
  const total = sums.reduce((sum, chance) => sum + chance, 0);
  return sums.map((chance) => chance / total);
}

function poisson(rate: number): number[] {
  const chance = [Math.exp(-rate)];
  for (let n = 1; n <= MOST_GOALS; n++) chance.push((chance[n - 1] * rate) / n);
  return chance;
}
