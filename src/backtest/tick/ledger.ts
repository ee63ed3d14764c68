import type { Instant } from "../../core/clock.js";
import { dayOfInstant } from "../../core/day.js";
import type { Minor } from "../../domain/money.js";
import type { Account } from "../../strategy/view.js";

/** A fixture's bets as money. */
export interface Position {
  readonly placedAt: Instant;
  readonly settledAt: Instant;
  readonly riskMinor: Minor;
  /** After commission. */
  readonly netMinor: Minor;
}

/** Money as known at an instant: what is settled by then is in the bank, the rest can still be lost. */
export function accountAt(bankMinor: Minor, positions: readonly Position[], asOf: Instant): Account {
  const today = dayOfInstant(asOf);
  const settled = positions.filter(({ settledAt }) => settledAt <= asOf);
  const open = positions.filter(({ settledAt }) => settledAt > asOf);
  const ofToday = settled.filter(({ settledAt }) => dayOfInstant(settledAt) === today);
  return {
    bankMinor: bankMinor + sum(settled, ({ netMinor }) => netMinor),
    openMinor: sum(open, ({ riskMinor }) => riskMinor),
    dayRiskMinor: sum(
      positions.filter(({ placedAt }) => dayOfInstant(placedAt) === today),
      ({ riskMinor }) => riskMinor,
    ),
    dayLossMinor: Math.max(0, -sum(ofToday, ({ netMinor }) => netMinor)),
  };
}

function sum(positions: readonly Position[], of: (position: Position) => Minor): Minor {
  return positions.reduce((total, position) => total + of(position), 0);
}
