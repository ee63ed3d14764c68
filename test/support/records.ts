import { createHash } from "node:crypto";
import { dayOf } from "../../src/core/day.js";
import { createRng } from "../../src/core/rng.js";
import type { MatchStatistics, SideStatistics } from "../../src/domain/fixture.js";
import type { Quote, QuoteKind } from "../../src/domain/price.js";
import { collectionSlot, kickOffInstant } from "../../src/domain/slot.js";
import type {
  FixtureRecord,
  IngestedFile,
  RawFile,
  RecordedGoals,
  TeamAlias,
} from "../../src/warehouse/port.js";

/** 2020-01-01T00:00:00Z: when hand-made files come in, unless they say otherwise. */
export const RECEIVED = 1_577_836_800_000;

const LEAGUE = { code: "E0", name: "Premier League", country: "England", tier: 1 } as const;
const SOURCES = [
  { code: "B365", name: "Bet365", kind: "bookmaker" },
  { code: "PS", name: "Pinnacle", kind: "bookmaker" },
  { code: "Max", name: "Market maximum", kind: "aggregate" },
] as const;

/** A record of E0 2014/15, day 16 August 2014, Arsenal 2-1 Burnley without prices, except as told. */
export function record(told: Partial<FixtureRecord> = {}): FixtureRecord {
  return {
    line: 2,
    league: "E0",
    season: 2014,
    day: dayOf(2014, 8, 16),
    minutes: 900,
    home: "Arsenal",
    away: "Burnley",
    goals: goals(2, 1, 1, 0),
    statistics: null,
    referee: null,
    attendance: null,
    quotes: [],
    ...told,
  };
}

export function goals(
  homeGoals: number,
  awayGoals: number,
  halfTimeHome: number | null = null,
  halfTimeAway: number | null = null,
): RecordedGoals {
  return { homeGoals, awayGoals, halfTimeHome, halfTimeAway };
}

/** Shots and corners of both sides; everything else unknown. */
export function statistics(home: Partial<SideStatistics>, away: Partial<SideStatistics>): MatchStatistics {
  const unknown: SideStatistics = {
    shots: null,
    shotsOnTarget: null,
    fouls: null,
    corners: null,
    yellowCards: null,
    redCards: null,
    offsides: null,
    woodwork: null,
    bookingPoints: null,
  };
  return { home: { ...unknown, ...home }, away: { ...unknown, ...away } };
}

const kinds = new Map<string, QuoteKind>();

/** One shared object a kind, as a parser makes them. */
export function kind(told: Partial<QuoteKind> = {}): QuoteKind {
  const made: QuoteKind = {
    source: "B365",
    market: "MATCH_ODDS",
    runner: "HOME",
    side: "BACK",
    moment: "early",
    ...told,
  };
  const key = JSON.stringify(made);
  const known = kinds.get(key) ?? made;
  kinds.set(key, known);
  return known;
}

/** A price of the match of `record()`, observed in its collection slot. */
export function quote(price: number, told: Partial<QuoteKind> = {}, more: Partial<Quote> = {}): Quote {
  const observedAt = collectionSlot(dayOf(2014, 8, 16), 900);
  return { kind: kind(told), line: 0, price, size: null, observedAt, ...more };
}

/** A file that says `records`; its sha256 is that of what it says, unless `raw` has another. */
export function file(
  records: readonly FixtureRecord[],
  told: Partial<Omit<IngestedFile, "raw" | "records">> & { readonly raw?: Partial<RawFile> } = {},
): IngestedFile {
  const { raw, ...rest } = told;
  const rejects = told.rejects ?? [];
  const blank = told.blank ?? 0;
  const sha256 = createHash("sha256")
    .update(JSON.stringify([records, rest]))
    .digest("hex");
  return {
    raw: {
      sha256,
      source: "football-data",
      path: "E0.csv",
      bytes: 1000,
      receivedAt: RECEIVED,
      reading: "1",
      ...raw,
    },
    leagues: [LEAGUE],
    sources: SOURCES,
    aliases: [],
    blank,
    rejects,
    warnings: [],
    records,
    rows: records.length + rejects.filter(({ scope }) => scope === "row").length + blank,
    ...rest,
  };
}

export function alias(from: string, team: string, told: Partial<TeamAlias> = {}): TeamAlias {
  return { source: "football-data", country: "England", alias: from, team, origin: "user", ...told };
}

/** Clubs that nobody would take for one another. */
export const CLUBS = [
  "Arsenal",
  "Burnley",
  "Chelsea",
  "Crystal Palace",
  "Everton",
  "Hull",
  "Leicester",
  "Liverpool",
  "Man City",
  "Newcastle",
  "Southampton",
  "Tottenham",
] as const;

export interface SeasonShape {
  readonly league?: string;
  readonly season?: number;
  readonly clubs?: readonly string[];
  /** Books, each with an early and a closing 1X2 and an over/under 2.5: ten prices a book and match. */
  readonly books?: readonly string[];
  readonly seed?: number;
}

/** A double round robin, one match a day from 10 August on, with goals, statistics and prices drawn from a seed. */
export function seasonRecords(shape: SeasonShape = {}): FixtureRecord[] {
  const { league = "E0", season = 2014, clubs = CLUBS, books = ["B365", "PS"], seed = 1 } = shape;
  const rng = createRng(seed, season);
  const whole = (below: number): number => Math.floor(rng() * below);
  const first = dayOf(season, 8, 10);
  const pairs = clubs.flatMap((home) =>
    clubs.filter((away) => away !== home).map((away) => ({ home, away })),
  );
  return pairs.map(({ home, away }, i): FixtureRecord => {
    const [day, minutes] = [first + (i % 280), 900];
    const [half, other] = [whole(2), whole(2)];
    return {
      line: i + 2,
      league,
      season,
      day,
      minutes,
      home,
      away,
      goals: goals(half + whole(3), other + whole(2), half, other),
      statistics: statistics(
        { shots: 8 + whole(10), corners: whole(9) },
        { shots: 5 + whole(10), corners: whole(9) },
      ),
      referee: `Referee ${whole(20)}`,
      attendance: null,
      quotes: books.flatMap((source) => bookQuotes(source, day, minutes, whole)),
    };
  });
}

function bookQuotes(source: string, day: number, minutes: number, whole: (below: number) => number): Quote[] {
  return (["early", "close"] as const).flatMap((moment) => {
    const observedAt = moment === "early" ? collectionSlot(day, minutes) : kickOffInstant(day, minutes);
    const price = (): number => (105 + whole(500)) / 100;
    const of = (market: QuoteKind["market"], runner: string): Quote => ({
      kind: kind({ source, market, runner, moment }),
      line: 0,
      price: price(),
      size: null,
      observedAt,
    });
    return [
      ...["HOME", "DRAW", "AWAY"].map((runner) => of("MATCH_ODDS", runner)),
      ...["OVER", "UNDER"].map((runner) => of("OVER_UNDER_25", runner)),
    ];
  });
}
