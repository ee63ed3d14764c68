import type { Instant } from "../../core/clock.js";
import { formatDay } from "../../core/day.js";
import { createRng } from "../../core/rng.js";
import type { Season } from "../../domain/season.js";
import type { Picker } from "../../strategy/pick.js";
import type { Strategy } from "../../strategy/strategy.js";
import { prepareInTurn } from "../backtest.js";
import type { Hash } from "../data-hash.js";
import type { BacktestSource } from "../inputs.js";
import { type ModelRegistry, modelsOf } from "../model.js";
import { closingBooksIn, play } from "../play.js";
import { type Scene, sceneOf } from "../sights.js";
import { scrambledAfter } from "./scramble.js";

/** What is put to the test: a strategy on a warehouse, with the models that it may use. */
export interface Subject {
  readonly source: BacktestSource;
  readonly strategy: Strategy;
  /** Made anew for each view of the warehouse, so that a model which reads it behind our back is found out. */
  readonly models: (source: BacktestSource) => Promise<ModelRegistry>;
  readonly hash: Hash;
  readonly picker?: Picker | null;
}

export interface ProbeOptions {
  /** Decisions to look at, drawn at random. */
  readonly decisions: number;
  readonly seed: number;
  readonly onDecision?: (done: number, of: number) => void;
}

/** A decision that was another one when what came after it was another. */
export interface Leak {
  readonly league: string;
  readonly season: Season;
  readonly day: string;
  readonly fixture: string;
  /** The instant after which everything was scrambled. */
  readonly asOf: Instant;
  /** The first thing that differed. */
  readonly text: string;
}

export interface ProbeReport {
  /** Instants that were cut at. */
  readonly decisions: number;
  /** Decisions up to those instants that were compared, each with all that it saw. */
  readonly compared: number;
  readonly leaks: readonly Leak[];
}

/**
 * Look for knowledge of the future: decide each season up to an instant twice, once as it was and once with everything
 * that became known after the instant replaced at random. What a decision saw and what it did must not change by a bit.
 *
 * A season of one league at a time, from a fresh bank: what leaks there leaks in the whole.
 */
export async function probeLookAhead(
  subject: Subject,
  { decisions, seed, onDecision }: ProbeOptions,
): Promise<ProbeReport> {
  const parts = await seasonsOf(subject);
  const rng = createRng(seed, PROBE_STREAM);
  const leaks: Leak[] = [];
  let compared = 0;
  let done = 0;
  for (let draw = 0; draw < decisions && parts.length > 0; draw++) {
    const part = parts[Math.floor(rng() * parts.length)];
    const truth = await part.truth();
    const asOf = truth.instants[Math.floor(rng() * truth.instants.length)];
    done++;
    onDecision?.(done, decisions);
    if (asOf === undefined) continue;
    const view = scrambledAfter(subject.source, asOf, seed + draw);
    const other = await decisionsOf({ ...subject, source: view }, part.strategy);
    const before = [...truth.decisions].filter(([, decision]) => decision.asOf <= asOf);
    compared += before.length;
    const leak = firstDifference(before, other.decisions, asOf);
    if (leak !== null) leaks.push(leak);
  }
  return { decisions: done, compared, leaks };
}

const PROBE_STREAM = 11;

interface Decision {
  readonly asOf: Instant;
  readonly league: string;
  readonly season: Season;
  readonly day: string;
  readonly fixture: string;
  /** All that was seen and done, by name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

interface Decided {
  readonly decisions: ReadonlyMap<number, Decision>;
  readonly instants: readonly Instant[];
}

interface SeasonPart {
  readonly strategy: Strategy;
  readonly truth: () => Promise<Decided>;
}

/** The strategy season by season and league by league, each decided once when it is first drawn. */
async function seasonsOf(subject: Subject): Promise<SeasonPart[]> {
  const { strategy, source } = subject;
  const { from, to } = strategy.seasons;
  const summaries = await source.leagues();
  return strategy.leagues.flatMap((league) => {
    const seasons = summaries.find(({ code }) => code === league)?.seasons ?? [];
    return seasons
      .filter((season) => season >= from && season <= to)
      .map((season) => {
        const part = { ...strategy, leagues: [league], seasons: { from: season, to: season } };
        let truth: Promise<Decided> | null = null;
        return {
          strategy: part,
          truth: () => {
            truth ??= decisionsOf(subject, part);
            return truth;
          },
        };
      });
  });
}

async function decisionsOf({ source, models, hash, picker }: Subject, strategy: Strategy): Promise<Decided> {
  const registry = await models(source);
  const leagues = await prepareInTurn(source, hash)(strategy, modelsOf(strategy, registry));
  const scene = sceneOf(leagues, strategy);
  const closingOf = closingBooksIn(scene.prices, strategy.prices);
  // What is filled after the decision is not the decision's: the price of later may be another one.
  const decided = { ...strategy, fills: { ...strategy.fills, latencyMs: null } };
  const { bets } = play(decided, scene.slots, { closingOf, picker: picker ?? null });
  const done = new Map<number, string[]>();
  for (const {
    fixtureId,
    market,
    runner,
    line,
    side,
    price,
    source: book,
    probability,
    edge,
    stakeMinor,
  } of bets) {
    const text = JSON.stringify([market, runner, line, side, price, book, probability, edge, stakeMinor]);
    done.set(fixtureId, [...(done.get(fixtureId) ?? []), text]);
  }
  return { decisions: decisionsIn(scene, done), instants: scene.slots.map(({ asOf }) => asOf) };
}

function decisionsIn(
  { slots }: Scene,
  done: ReadonlyMap<number, readonly string[]>,
): ReadonlyMap<number, Decision> {
  const sights = slots.flatMap((slot) => slot.sights);
  return new Map(
    sights.map(({ fixture, view }) => {
      const { asOf, refusal, expected, books, form } = view;
      const facts = [
        ["refusal", JSON.stringify(refusal)],
        ["expected goals", JSON.stringify(expected)],
        ["form", JSON.stringify(form)],
        ...books.flatMap((book) =>
          book.runners.flatMap(({ runner, chance, second, offers }) => [
            [`chance of ${book.market} ${runner}`, JSON.stringify(chance)] as const,
            [`second chance of ${book.market} ${runner}`, JSON.stringify(second)] as const,
            [`offers of ${book.market} ${runner}`, JSON.stringify(offers)] as const,
          ]),
        ),
        ["bets", JSON.stringify(done.get(fixture.id) ?? [])],
      ] as const;
      const { league, season, day, home, away } = fixture;
      return [
        fixture.id,
        { asOf, league, season, day: formatDay(day), fixture: `${home.name} - ${away.name}`, facts },
      ];
    }),
  );
}

function firstDifference(
  before: readonly (readonly [number, Decision])[],
  other: ReadonlyMap<number, Decision>,
  asOf: Instant,
): Leak | null {
  for (const [id, { league, season, day, fixture, facts }] of before) {
    const then = new Map(other.get(id)?.facts ?? []);
    const differs = facts.find(([name, value]) => then.get(name) !== value);
    if (!differs) continue;
    const [name, value] = differs;
    return {
      league,
      season,
      day,
      fixture,
      asOf,
      text: `${name}: ${value} became ${then.get(name) ?? "nothing"}`,
    };
  }
  return null;
}
