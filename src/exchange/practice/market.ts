import type { Instant } from "../../core/clock.js";
import type { Minor } from "../../domain/money.js";
import type { MarketWriter } from "../recorded/writer.js";
import type { SimulatedOrder } from "../simulator/order.js";
import type { Simulation } from "../simulator/state.js";
import type { Bet } from "./bet.js";
import type { Crowd } from "./crowd-state.js";
import type { MarketKind } from "./market-kind.js";
import type { MatchScript } from "./match-script.js";
import type { Phase } from "./phases.js";

/** What waits out the bet delay. */
export interface Delayed {
  readonly dueAt: Instant;
  readonly run: () => void;
}

/** A market of the practice exchange: a recording that is made as it is played, and the house's simulator on it. */
export interface PracticeMarket {
  readonly marketId: string;
  readonly eventId: string;
  readonly kind: MarketKind;
  readonly script: MatchScript;
  readonly runnerIds: readonly number[];
  readonly phases: readonly Phase[];
  readonly baseVersion: number;
  readonly writer: MarketWriter;
  readonly simulation: Simulation;
  readonly crowd: Crowd;
  readonly bets: Bet[];
  /** Those of `bets` that can still change before the close. */
  open: Bet[];
  delayed: Delayed[];
  phase: number;
  /** When the next update is made. */
  nextAt: Instant;
  updates: number;
  exposureMinor: Minor;
  /** What orders that have ended lose if each runner wins. */
  readonly endedLoss: Minor[];
  /** Orders that wait out the bet delay. */
  waiting: SimulatedOrder[];
  /** Set at the close. */
  settledAt: Instant | null;
}

export function currentPhase({ phases, phase }: PracticeMarket): Phase {
  return phases[Math.max(0, phase)];
}

export function versionOf({ baseVersion, phase }: PracticeMarket): number {
  return baseVersion + Math.max(0, phase);
}
