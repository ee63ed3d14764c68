import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { civilDay, type Day, startOfDay } from "../../src/core/day.js";
import type { Fixture, MatchStatistics, SideStatistics } from "../../src/domain/fixture.js";
import type { Division, MarketView, Observation } from "../../src/models/forecaster.js";
import { sharedPath } from "../support/shared.js";

/** A match with its prices apart: what the model may learn from, and what it is judged by. */
export interface PricedMatch {
  readonly observation: Observation;
  /** Pinnacle's closing 1X2, margin removed; null where it has none. */
  readonly closing: MarketView | null;
  /** The early 1X2 and total, margin removed; null without any. */
  readonly early: MarketView | null;
}

export interface DivisionHistory {
  readonly division: Division;
  readonly matches: readonly PricedMatch[];
}

/** 1/price^k that sum to one: the power method, by Newton from k = 1. An independent copy for measurement only. */
export function powerFair(prices: readonly number[]): number[] {
  let k = 1;
  for (let step = 0; step < 60; step++) {
    const terms = prices.map((price) => price ** -k);
    const excess = terms.reduce((sum, term) => sum + term, -1);
    if (Math.abs(excess) < 1e-15) break;
    k += excess / terms.reduce((sum, term, i) => sum + term * Math.log(prices[i]), 0);
  }
  const terms = prices.map((price) => price ** -k);
  const sum = terms.reduce((total, term) => total + term, 0);
  return terms.map((term) => term / sum);
}

/** A division's seasons as football-data.co.uk publishes them; a season without a file is left out. */
export function readHistory(league: string, tier: number, from: number, to: number): DivisionHistory {
  const teams = new Map<string, number>();
  const clubs = new Map<number, Set<number>>();
  const matches: PricedMatch[] = [];
  for (let season = from; season <= to; season++) {
    const rows = readRows(league, season);
    if (rows === null) continue;
    const read = rows.flatMap((row, line) => {
      const match = readMatch(row, league, season, teams, season * 1000 + line);
      return match === null ? [] : [match];
    });
    read.sort((a, b) => a.observation.fixture.day - b.observation.fixture.day);
    const ids = read.flatMap(({ observation: { fixture } }) => [fixture.home.id, fixture.away.id]);
    clubs.set(season, new Set(ids));
    matches.push(...read);
  }
  return { division: { league, tier, clubs }, matches };
}

type Row = ReadonlyMap<string, string>;

function readRows(league: string, season: number): Row[] | null {
  const code = `${String(season % 100).padStart(2, "0")}${String((season + 1) % 100).padStart(2, "0")}`;
  const path = sharedPath("data", "football-data.co.uk", "mmz4281", code, `${league}.csv.gz`);
  if (!existsSync(path)) return null;
  const text = gunzipSync(readFileSync(path))
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "");
  const [header, ...lines] = text.split(/\r?\n/);
  const names = header.split(",").map((name) => name.trim());
  return lines.map((line) => {
    const cells = line.split(",");
    return new Map(names.map((name, i) => [name, (cells[i] ?? "").trim()]));
  });
}

function readMatch(
  row: Row,
  league: string,
  season: number,
  teams: Map<string, number>,
  sequence: number,
): PricedMatch | null {
  const day = readDay(row.get("Date") ?? "");
  const homeGoals = count(row, "FTHG");
  const awayGoals = count(row, "FTAG");
  if (day === null || homeGoals === null || awayGoals === null) return null;
  const fixture: Fixture = {
    id: sequence,
    league,
    season,
    day,
    kickOff: startOfDay(day),
    kickOffKnown: false,
    home: team(row.get("HomeTeam") ?? "", teams),
    away: team(row.get("AwayTeam") ?? "", teams),
    neutral: false,
  };
  const result = {
    fixtureId: sequence,
    revision: 0,
    homeGoals,
    awayGoals,
    halfTimeHome: null,
    halfTimeAway: null,
    knownAt: startOfDay(day + 1),
  };
  const closing = view(row, CLOSING_BOOKS, CLOSING_TOTALS);
  const early = view(row, EARLY_BOOKS, EARLY_TOTALS);
  const pinnacle = view(row, ["PSC"], []);
  const market = closing ?? early;
  const observed =
    market !== null && market.over25 === null ? { ...market, over25: early?.over25 ?? null } : market;
  const statistics: MatchStatistics = { home: side(row, "H"), away: side(row, "A") };
  return { observation: { fixture, result, statistics, market: observed }, closing: pinnacle, early };
}

const CLOSING_BOOKS = ["PSC", "AvgC", "B365C"];
const CLOSING_TOTALS = ["PC", "AvgC", "B365C"];
const EARLY_BOOKS = ["PS", "Avg", "BbAv", "B365", "BW", "WH", "IW", "LB", "GB"];
const EARLY_TOTALS = ["P", "Avg", "BbAv", "B365", "GB"];

function view(row: Row, books: readonly string[], totals: readonly string[]): MarketView | null {
  const match = firstBook(row, books, ["H", "D", "A"]);
  if (match === null) return null;
  const over = firstBook(row, totals, [">2.5", "<2.5"]);
  return { home: match[0], draw: match[1], away: match[2], over25: over === null ? null : over[0] };
}

function firstBook(row: Row, books: readonly string[], runners: readonly string[]): number[] | null {
  for (const book of books) {
    const prices = runners.map((runner) => Number(row.get(book + runner) || Number.NaN));
    if (prices.every((price) => price > 1)) return powerFair(prices);
  }
  return null;
}

function side(row: Row, letter: "H" | "A"): SideStatistics {
  return {
    shots: count(row, `${letter}S`),
    shotsOnTarget: count(row, `${letter}ST`),
    fouls: null,
    corners: null,
    yellowCards: null,
    redCards: count(row, `${letter}R`),
    offsides: null,
    woodwork: null,
    bookingPoints: null,
  };
}

function count(row: Row, name: string): number | null {
  const text = row.get(name) ?? "";
  return /^\d+$/.test(text) ? Number(text) : null;
}

function readDay(text: string): Day | null {
  const match = /^(\d\d)\/(\d\d)\/(\d\d|\d{4})$/.exec(text);
  if (match === null) return null;
  const year = Number(match[3]);
  return civilDay(
    match[3].length === 4 ? year : year + (year < 70 ? 2000 : 1900),
    Number(match[2]),
    Number(match[1]),
  );
}

function team(name: string, teams: Map<string, number>) {
  const id = teams.get(name) ?? teams.size + 1;
  teams.set(name, id);
  return { id, name, country: "" };
}
