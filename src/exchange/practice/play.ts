import { invariant } from "../../core/assert.js";
import type { Instant } from "../../core/clock.js";
import { createRng, type Rng } from "../../core/rng.js";
import { type ChangeJson, encodeChange } from "../recorded/encode.js";
import { createWriter } from "../recorded/writer.js";
import { MINIMUMS } from "../simulator/options.js";
import { openSimulation, step } from "../simulator/simulation.js";
import { crowdChange } from "./crowd.js";
import { createCrowd } from "./crowd-state.js";
import { definitionOf } from "./definition-json.js";
import { marketExposure } from "./exposure.js";
import type { PracticeMarket } from "./market.js";
import type { MarketKind } from "./market-kind.js";
import { type MatchScript, MINUTE } from "./match-script.js";
import { phasesOf } from "./phases.js";

export interface MarketSeed {
  readonly marketId: string;
  readonly eventId: string;
  readonly kind: MarketKind;
  readonly script: MatchScript;
  readonly teams: readonly [home: number, away: number];
  readonly seed: number;
  readonly stream: number;
  readonly startsAt: Instant;
}

/** Told of every update: the change as the stream sends it, and its publish time. */
export type Publish = (market: PracticeMarket, change: ChangeJson, publishTime: Instant) => void;

const LATENCY = { place: 0, cancel: 0, update: 0, replace: 0 };
const FAR_MS = 2 * 60 * MINUTE;
const SLOW_MS = 60_000;
const NEAR_MS = 10_000;
const QUICK_MS = 5000;

export function createMarket(told: MarketSeed): PracticeMarket {
  const { kind, script, teams, startsAt } = told;
  const writer = createWriter(told.marketId);
  const rng: Rng = createRng(told.seed, told.stream);
  return {
    marketId: told.marketId,
    eventId: told.eventId,
    kind,
    script,
    runnerIds: kind.runners.map(({ id }) => (typeof id === "number" ? id : teams[id === "home" ? 0 : 1])),
    phases: phasesOf(kind, script, startsAt),
    baseVersion: 4_000_000_000 + told.stream * 1000,
    writer,
    simulation: openSimulation(writer.recording, {
      latencyMs: LATENCY,
      lapseInPlay: true,
      minimum: MINIMUMS.GBP,
    }),
    crowd: createCrowd(kind.runners.length, rng),
    bets: [],
    open: [],
    delayed: [],
    phase: -1,
    nextAt: startsAt,
    updates: 0,
    exposureMinor: 0,
    endedLoss: kind.runners.map(() => 0),
    waiting: [],
    settledAt: null,
  };
}

/** Play everything due up to and including `now`: updates of the crowd and what waited out the bet delay, in time. */
export function advanceMarket(
  market: PracticeMarket,
  now: Instant,
  publish: Publish,
  after: (at: Instant) => void,
): void {
  for (;;) {
    const due = market.delayed[0]?.dueAt ?? Number.POSITIVE_INFINITY;
    if (due <= now && due < market.nextAt) {
      market.delayed.shift()?.run();
      continue;
    }
    if (market.nextAt > now) return;
    update(market, publish);
    after(market.simulation.book.publishTime);
  }
}

function update(market: PracticeMarket, publish: Publish): void {
  const { writer, simulation } = market;
  const at = market.nextAt;
  const phase = phaseAt(market, at);
  const changed = phase !== market.phase;
  market.phase = phase;
  const change: ChangeJson = {
    id: market.marketId,
    ...(market.updates === 0 ? { img: true } : {}),
    ...(changed ? { marketDefinition: definitionOf(market, at) } : {}),
    ...crowdChange(market, at),
  };
  // The log holds one update at a time: a market that is open for days keeps nothing of what is past.
  writer.recording.events.length = 0;
  simulation.at = 0;
  const rule = encodeChange(writer, change, at, ++market.updates);
  invariant(rule === null, `the crowd made a change that cannot be used: ${rule} ${writer.detail}`);
  step(simulation);
  market.nextAt = nextUpdate(market, at);
  if (changed || market.open.length > 0) market.exposureMinor = marketExposure(market);
  publish(market, change, at);
}

function phaseAt({ phases, phase }: PracticeMarket, at: Instant): number {
  let index = Math.max(0, phase);
  while (index + 1 < phases.length && phases[index + 1].from <= at) index += 1;
  return index;
}

/** Slowly while the match is far, quickly near it, exactly at every change of phase, and never after the close. */
function nextUpdate({ phases, phase, script }: PracticeMarket, at: Instant): Instant {
  if (phase === phases.length - 1) return Number.POSITIVE_INFINITY;
  const { kickOff } = script.fixture;
  const gap = at >= kickOff ? QUICK_MS : at < kickOff - FAR_MS ? SLOW_MS : NEAR_MS;
  return Math.min(at + gap, phases[phase + 1].from);
}
