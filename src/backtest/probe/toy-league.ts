import { parseIsoDay } from "../../core/day.js";
import { createRng, type Rng } from "../../core/rng.js";
import type { Fixture, MatchStatistics, Result, Team } from "../../domain/fixture.js";
import type { Runner } from "../../domain/market.js";
import type { PriceSnapshot } from "../../domain/price.js";
import { collectionSlot, kickOffInstant, resultKnownAt } from "../../domain/slot.js";
import type { BacktestSource } from "../inputs.js";

const TEAMS = 8;
const SEASONS = [2015, 2016, 2017];
const DAY_MS = 86_400_000;
/** A third of the scores are corrected so much later. */
const CORRECTED_AFTER_MS = 30 * DAY_MS;
const RUNNERS: readonly Runner[] = ["HOME", "DRAW", "AWAY"];

interface ToyMatch {
  readonly fixture: Fixture;
  readonly results: readonly Result[];
  readonly statistics: MatchStatistics;
  readonly prices: readonly PriceSnapshot[];
}

/** A small made-up league in memory, with corrected scores, statistics, early and closing prices: TOY, 2015 to 2017. */
export function toyLeague(seed: number): BacktestSource {
  const rng = createRng(seed, 0);
  const teams = Array.from({ length: TEAMS }, (_, id) => ({ id, name: `Toy ${id + 1}`, country: "Toyland" }));
  const matches = SEASONS.flatMap((season, index) => seasonOf(season, index * 1000, teams, rng));
  const within = (seasons: readonly number[] | undefined): ToyMatch[] =>
    matches.filter(({ fixture }) => seasons?.includes(fixture.season) ?? true);
  return {
    leagues: async () => [
      {
        code: "TOY",
        name: "Toy league",
        country: "Toyland",
        tier: 1,
        seasons: SEASONS,
        fixtures: matches.length,
        results: matches.length,
        teams: TEAMS,
        firstDay: matches[0]?.fixture.day ?? null,
        lastDay: matches.at(-1)?.fixture.day ?? null,
      },
    ],
    fixtures: async ({ seasons }) => within(seasons).map(({ fixture }) => fixture),
    matches: async ({ seasons }) =>
      within(seasons).flatMap(({ fixture, results }) =>
        results.slice(-1).map((result) => ({ fixture, result })),
      ),
    revisions: async ({ seasons }) =>
      within(seasons).flatMap(({ results }) => (results.length > 1 ? results : [])),
    statistics: async ({ seasons }) =>
      new Map(within(seasons).map(({ fixture, statistics }) => [fixture.id, statistics])),
    prices: async ({ ids, seasons, sources, markets, moments }) =>
      within(seasons)
        .filter(({ fixture }) => ids?.includes(fixture.id) ?? true)
        .flatMap(({ prices }) => prices)
        .filter(
          ({ source, market, moment }) =>
            (sources?.includes(source) ?? true) &&
            (markets?.includes(market) ?? true) &&
            (moments?.includes(moment) ?? true),
        ),
    moves: async () => [],
    sources: async () => [{ code: "PS", name: "Pinnacle", kind: "bookmaker" }],
  };
}

function seasonOf(season: number, firstId: number, teams: readonly Team[], rng: Rng): ToyMatch[] {
  const start = parseIsoDay(`${season}-08-15`) ?? 0;
  return roundsOf(teams).flatMap((pairs, round) =>
    pairs.map(([home, away], slot) => {
      const day = start + 14 * round;
      const kickOff = kickOffInstant(day, null);
      const id = firstId + 10 * round + slot + 1;
      const fixture = {
        id,
        league: "TOY",
        season,
        day,
        kickOff,
        kickOffKnown: false,
        home,
        away,
        neutral: false,
      };
      return matchOf(fixture, rng);
    }),
  );
}

/** Every pair at home and away: the circle method. */
function roundsOf(teams: readonly Team[]): (readonly [Team, Team])[][] {
  const [fixed, ...turning] = teams;
  const half = turning.map((_, round) => {
    const order = [fixed, ...turning.slice(round), ...turning.slice(0, round)];
    return order.slice(0, TEAMS / 2).map((team, at) => [team, order[TEAMS - 1 - at]] as const);
  });
  return [...half, ...half.map((pairs) => pairs.map(([home, away]) => [away, home] as const))];
}

function matchOf(fixture: Fixture, rng: Rng): ToyMatch {
  const strength = (team: Team): number => (TEAMS - team.id) / TEAMS;
  const homeGoals = goals(rng, 0.9 + strength(fixture.home));
  const awayGoals = goals(rng, 0.6 + strength(fixture.away));
  const knownAt = resultKnownAt(fixture.day, null);
  const first = {
    fixtureId: fixture.id,
    revision: 0,
    homeGoals,
    awayGoals,
    halfTimeHome: null,
    halfTimeAway: null,
    knownAt,
  };
  const corrected = {
    ...first,
    revision: 1,
    homeGoals: awayGoals + 1,
    awayGoals: homeGoals,
    knownAt: knownAt + CORRECTED_AFTER_MS,
  };
  return {
    fixture,
    results: rng() < 1 / 3 ? [first, corrected] : [first],
    statistics: { home: side(rng), away: side(rng) },
    prices: pricesOf(fixture, strength(fixture.home) - strength(fixture.away), rng),
  };
}

/** Two or three chances in each of six spells: bounded, and enough for a toy. */
function goals(rng: Rng, mean: number): number {
  let count = 0;
  for (let spell = 0; spell < 6; spell++) if (rng() < mean / 6) count++;
  return count;
}

function side(rng: Rng): MatchStatistics["home"] {
  const upTo = (most: number): number => Math.floor(most * rng());
  return {
    shots: 5 + upTo(15),
    shotsOnTarget: upTo(8),
    fouls: upTo(15),
    corners: upTo(10),
    yellowCards: upTo(4),
    redCards: 0,
    offsides: null,
    woodwork: null,
    bookingPoints: null,
  };
}

function pricesOf(fixture: Fixture, gap: number, rng: Rng): PriceSnapshot[] {
  const home = 0.42 + 0.25 * gap;
  const moments = [
    ["early", collectionSlot(fixture.day, null)],
    ["close", fixture.kickOff],
  ] as const;
  return moments.flatMap(([moment, observedAt]) => {
    const shift = 0.06 * (rng() - 0.5);
    const chances = [home + shift, 0.26, 0.74 - home - shift];
    return RUNNERS.map((runner, index) => ({
      fixtureId: fixture.id,
      market: "MATCH_ODDS" as const,
      runner,
      line: 0,
      source: "PS",
      side: "BACK" as const,
      moment,
      price: Math.round(100 / (1.03 * (chances[index] ?? 1))) / 100,
      size: null,
      observedAt,
    }));
  });
}
