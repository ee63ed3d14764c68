import type { Fixture } from "../domain/fixture.js";
import type { Forecast } from "../models/forecaster.js";
import { consider, type Refusal, type RefusalKind } from "../strategy/decide.js";
import type { Strategy } from "../strategy/strategy.js";
import { type Bet, type Ending, settleFixture } from "./bet.js";
import { gridPricer } from "./chance.js";
import { closingBooks } from "./closing.js";
import { endingsOf } from "./ending.js";
import { formBook } from "./form-book.js";
import type { Inputs } from "./inputs.js";
import { knownResults } from "./known-result.js";
import { advance, type Lane, lanesOf } from "./lane.js";
import { type Ledger, openLedger } from "./ledger.js";
import { type PricedRunner, pricedRunners, sightOf, type ViewParts } from "./market-view.js";
import { fairPriceSource, type ModelEntry } from "./model.js";
import type { PricesByFixture } from "./price-book.js";
import { type Candidate, type Slot, slotsOf } from "./schedule.js";

/** What a walk forward through the seasons came to. */
export interface Walk {
  /** Fixtures of the period that have ended, one way or the other. */
  readonly fixtures: readonly Fixture[];
  /** Fixtures still to be played: left out. */
  readonly pending: number;
  /** Fixtures with a forecast and a price. */
  readonly priced: number;
  readonly slots: number;
  /** In the order in which they were struck. */
  readonly bets: readonly Bet[];
  readonly runners: readonly PricedRunner[];
  /** How often a bet was not struck, by the kind of reason. */
  readonly refusals: ReadonlyMap<RefusalKind, number>;
  /** Why there was no forecast, and what the model noted, by their text. */
  readonly refusedForecasts: ReadonlyMap<string, number>;
  readonly notes: ReadonlyMap<string, number>;
  readonly lateResults: number;
}

export interface WalkOptions {
  readonly onSlot?: ((done: number, of: number) => void) | undefined;
}

/**
 * Replay the seasons slot by slot.
 *
 * At each decision instant: pay out what had been settled, let the models see the matches of earlier days whose
 * results were known, then decide every fixture of the slot on its prices. All fixtures of a slot see the same bank.
 */
export function walkForward(
  inputs: Inputs,
  strategy: Strategy,
  entry: ModelEntry | null,
  { onSlot }: WalkOptions = {},
): Walk {
  const stage = setStage(inputs, strategy, entry);
  for (const [index, slot] of stage.slots.entries()) {
    playSlot(stage, slot);
    onSlot?.(index + 1, stage.slots.length);
  }
  return {
    ...stage.tally,
    fixtures: stage.fixtures,
    pending: stage.pending,
    slots: stage.slots.length,
    lateResults: [...stage.lanes.values()].reduce((sum, { feed }) => sum + feed.late, 0),
  };
}

interface Tally {
  priced: number;
  readonly bets: Bet[];
  readonly runners: PricedRunner[];
  readonly refusals: Map<RefusalKind, number>;
  readonly refusedForecasts: Map<string, number>;
  readonly notes: Map<string, number>;
}

interface Stage {
  readonly strategy: Strategy;
  readonly fixtures: readonly Fixture[];
  readonly pending: number;
  readonly endings: ReadonlyMap<number, Ending>;
  readonly prices: PricesByFixture;
  readonly slots: readonly Slot[];
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly ledger: Ledger;
  readonly parts: ViewParts;
  readonly tally: Tally;
}

function setStage(inputs: Inputs, strategy: Strategy, entry: ModelEntry | null): Stage {
  const results = knownResults(inputs.matches, inputs.revisions);
  const endings = endingsOf(inputs.fixtures, results);
  const inPeriod = inputs.fixtures.filter(({ season }) => season >= strategy.seasons.from);
  const fixtures = inPeriod.filter(({ id }) => endings.has(id));
  const { prices } = inputs;
  return {
    strategy,
    fixtures,
    pending: inPeriod.length - fixtures.length,
    endings,
    prices,
    slots: slotsOf(strategy, fixtures, prices),
    lanes: lanesOf(inputs, strategy, entry, results),
    ledger: openLedger(strategy.bankMinor),
    parts: { pricer: gridPricer(), form: formBook(), fairSource: fairPriceSource(strategy) },
    tally: {
      priced: 0,
      bets: [],
      runners: [],
      refusals: new Map(),
      refusedForecasts: new Map(),
      notes: new Map(),
    },
  };
}

function playSlot(stage: Stage, { asOf, candidates }: Slot): void {
  stage.ledger.settleUntil(asOf);
  const form = stage.strategy.filters.length > 0 ? stage.parts.form : null;
  for (const league of new Set(candidates.map(({ fixture }) => fixture.league))) {
    const lane = stage.lanes.get(league);
    if (lane) advance(lane, asOf, form);
  }
  for (const candidate of candidates) playCandidate(stage, candidate);
}

function playCandidate(stage: Stage, candidate: Candidate): void {
  const { fixture, asOf } = candidate;
  const lane = stage.lanes.get(fixture.league);
  const ending = stage.endings.get(fixture.id);
  if (!lane || !ending) return;
  const { view, forecast } = sightOf(candidate, lane, stage.ledger.account(asOf), stage.parts);
  noteForecast(stage.tally, forecast);
  if (view.books.some(({ runners }) => runners.some(({ chance }) => chance !== null))) stage.tally.priced++;
  stage.tally.runners.push(...pricedRunners(view, ending));
  const { intents, refusals } = consider(stage.strategy, view);
  noteRefusals(stage.tally, refusals);
  if (intents.length === 0) return;
  const { closing: sources, maxOverround } = stage.strategy.prices;
  const closing = closingBooks(stage.prices.get(fixture.id) ?? [], sources, maxOverround);
  const bets = settleFixture(intents, fixture, ending, stage.strategy.commission, (intent) =>
    closing.of(intent),
  );
  stage.ledger.strike(bets, asOf);
  stage.tally.bets.push(...bets);
}

function noteForecast(tally: Tally, forecast: Forecast | null): void {
  if (forecast?.kind === "refused") count(tally.refusedForecasts, forecast.reason);
  if (forecast?.kind === "forecast") for (const note of forecast.notes) count(tally.notes, note);
}

function noteRefusals(tally: Tally, refusals: readonly Refusal[]): void {
  for (const { kind } of refusals) count(tally.refusals, kind);
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
