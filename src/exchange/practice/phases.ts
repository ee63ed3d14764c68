import type { Instant } from "../../core/clock.js";
import type { MarketStatus } from "../recorded/definition.js";
import type { MarketKind } from "./market-kind.js";
import { type MatchScript, SUSPENSION_MS, scoreAt } from "./match-script.js";

/** A stretch of a market's life in which its definition does not change. */
export interface Phase {
  readonly from: Instant;
  readonly status: MarketStatus;
  readonly inPlay: boolean;
}

/** Between the end of a match and its settlement. */
const SETTLES_AFTER_MS = 60_000;

/**
 * A market's life: open, suspended to turn in play, open in play, suspended at each goal, suspended when it is decided
 * and closed a minute later. Each phase raises the version, as each material event does on the exchange.
 */
export function phasesOf(kind: MarketKind, script: MatchScript, startsAt: Instant): Phase[] {
  const { kickOff } = script.fixture;
  const phases: Phase[] = [
    { from: Math.min(startsAt, kickOff), status: "OPEN", inPlay: false },
    { from: kickOff, status: "SUSPENDED", inPlay: false },
    { from: kickOff + SUSPENSION_MS, status: "OPEN", inPlay: true },
  ];
  for (const { at } of script.goals) {
    phases.push({ from: at, status: "SUSPENDED", inPlay: true });
    if (kind.decided(...scoreAt(script, at))) return ended(phases, at);
    phases.push({ from: at + SUSPENSION_MS, status: "OPEN", inPlay: true });
  }
  phases.push({ from: script.endsAt, status: "SUSPENDED", inPlay: true });
  return ended(phases, script.endsAt);
}

function ended(phases: Phase[], at: Instant): Phase[] {
  phases.push({ from: at + SETTLES_AFTER_MS, status: "CLOSED", inPlay: true });
  return phases;
}
