import type { Instant } from "../../core/clock.js";
import { CLASSIC, classicFloor } from "../../domain/ladder.js";
import { currentPhase, type PracticeMarket, versionOf } from "./market.js";
import { chances } from "./market-kind.js";
import { scoreAt } from "./match-script.js";

export const BASE_RATE = 5;
export const SOCCER = "1";
const BET_DELAY = 5;

/** The market's definition as the live stream writes it, without names. Source: Betfair Exchange Stream API, MarketDefinition. */
export function definitionOf(market: PracticeMarket, at: Instant): object {
  const { kind, script, eventId } = market;
  const phase = currentPhase(market);
  const kickOff = iso(script.fixture.kickOff);
  return {
    bspMarket: kind.bsp,
    turnInPlayEnabled: true,
    persistenceEnabled: true,
    marketBaseRate: BASE_RATE,
    eventId,
    eventTypeId: SOCCER,
    numberOfWinners: 1,
    bettingType: "ODDS",
    marketType: kind.type,
    marketTime: kickOff,
    suspendTime: kickOff,
    bspReconciled: kind.bsp && at >= script.fixture.kickOff,
    complete: true,
    inPlay: phase.inPlay,
    crossMatching: true,
    runnersVoidable: false,
    numberOfActiveRunners: phase.status === "CLOSED" ? 0 : kind.runners.length,
    betDelay: betDelayOf(market),
    status: phase.status,
    ...(phase.status === "CLOSED" ? { settledTime: iso(at) } : {}),
    runners: runnersOf(market, at),
    regulators: ["MR_INT"],
    countryCode: "GB",
    discountAllowed: true,
    timezone: "GMT",
    openDate: kickOff,
    version: versionOf(market),
    priceLadderDefinition: { type: "CLASSIC" },
  };
}

/** Whole seconds that a bet waits. */
export function betDelayOf(market: PracticeMarket): number {
  return currentPhase(market).inPlay ? BET_DELAY : 0;
}

function runnersOf(market: PracticeMarket, at: Instant): object[] {
  const { kind, script } = market;
  const closed = currentPhase(market).status === "CLOSED";
  const [home, away] = scoreAt(script, at);
  const starts = kind.bsp && at >= script.fixture.kickOff ? startingPrices(market) : [];
  return kind.runners.map((_, i) => ({
    status: closed ? (kind.winner(home, away) === i ? "WINNER" : "LOSER") : "ACTIVE",
    sortPriority: i + 1,
    ...(starts.length > 0 ? { bsp: starts[i] } : {}),
    id: market.runnerIds[i],
  }));
}

export function runnerName({ kind, script }: PracticeMarket, i: number): string {
  const { id, name } = kind.runners[i];
  if (typeof id === "number") return name;
  return id === "home" ? script.fixture.home : script.fixture.away;
}

/** The fair prices at the kick-off, on the ladder. */
function startingPrices({ kind, script }: PracticeMarket): number[] {
  return chances(kind, script.homeRate, script.awayRate, 0, 0).map((chance) =>
    CLASSIC.price(classicFloor(1 / Math.max(chance, 0.001))),
  );
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
