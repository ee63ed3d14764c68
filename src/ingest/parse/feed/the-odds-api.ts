import type { Instant } from "../../../core/clock.js";
import type { Quote, Side } from "../../../domain/price.js";
import type { RecordedGoals } from "../../../warehouse/port.js";
import { bookOf } from "./book.js";
import {
  addItems,
  createDraft,
  type Draft,
  finish,
  leaveOut,
  type ParsedFeed,
  type RowReading,
  refused,
  setAside,
  shown,
} from "./draft.js";
import { at, idOf, instantOf, listAt, numberOf, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { readJson } from "./json.js";
import { type FeedLeague, foreignLeague, leagueByKey } from "./league.js";
import { addQuote, handicapLine, remarkInPlay, totalMarket } from "./quotes.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

/**
 * What The Odds API v4 answers to /odds and /scores, and what it answers to /historical: a list of events, or one.
 *
 * Prices are decimal and observed at the market's `last_update`, else the bookmaker's, else when the bytes came in.
 * Markets: h2h, h2h_lay (the lay side of an exchange), spreads, totals, draw_no_bet, btts.
 * Source: the-odds-api.com/liveapi/guides/v4.
 */
export function parseTheOddsApi(bytes: Uint8Array, hints: FeedHints): ParsedFeed | FeedRefusal {
  const json = readJson(bytes);
  if (json.kind === "refused") return json;
  const said = textOf(at(json.value, "message"));
  if (said !== null)
    return refuseFeed("source-error", `the source says "${said}"`, "look at the key and the plan");
  const events = eventsOf(json.value);
  if (events === null) return refuseFeed("feed-not-this", "no list of events of The Odds API");
  const draft = createDraft();
  addItems(draft, events, (event) => readEvent(draft, event, hints));
  return finish(draft);
}

/** A list of events; the list of a historical snapshot; one event. */
function eventsOf(value: unknown): readonly unknown[] | null {
  const inner = at(value, "data") ?? value;
  if (Array.isArray(inner)) return inner;
  return textOf(at(inner, "sport_key")) === null ? null : [inner];
}

function readEvent(draft: Draft, event: unknown, hints: FeedHints): RowReading {
  const eventId = idOf(at(event, "id"));
  if (eventId === null) return refused("event-without-id", "id", "an event without an id");
  const league = leagueOf(event);
  if (league === null)
    return refused("league-not-named", "sport_key", `no league, was ${shown(at(event, "sport_key"))}`);
  const [home, away] = [textOf(at(event, "home_team")), textOf(at(event, "away_team"))];
  if (home === null || away === null)
    return refused("team-missing", "home_team", "an event without two teams");
  const kickOff = instantOf(at(event, "commence_time"));
  if (kickOff === null)
    return refused(
      "start-not-an-instant",
      "commence_time",
      `no instant, was ${shown(at(event, "commence_time"))}`,
    );
  const quotes: Quote[] = [];
  for (const [index, book] of listAt(event, "bookmakers").entries())
    readBook(draft, quotes, book, { home, away, path: `bookmakers[${index}]`, receivedAt: hints.receivedAt });
  remarkInPlay(draft, quotes, kickOff);
  const goals = scoreOf(draft, event, home, away);
  return {
    kind: "fixture",
    fixture: fixtureOf(draft, { league, kickOff, home, away }, { eventId, quotes, goals }),
  };
}

function leagueOf(event: unknown): FeedLeague | null {
  const key = textOf(at(event, "sport_key"));
  if (key === null) return null;
  return (
    leagueByKey("the-odds-api", key) ??
    foreignLeague("the-odds-api", key, textOf(at(event, "sport_title")) ?? key, null)
  );
}

interface Place {
  readonly home: string;
  readonly away: string;
  readonly path: string;
  readonly receivedAt: Instant;
}

function readBook(draft: Draft, quotes: Quote[], book: unknown, place: Place): void {
  const key = textOf(at(book, "key"));
  if (key === null) return;
  const source = bookOf(key, textOf(at(book, "title")) ?? key);
  const stood = observed(draft, at(book, "last_update"), place.receivedAt, place.path);
  for (const [index, market] of listAt(book, "markets").entries()) {
    const path = `${place.path}.markets[${index}]`;
    const observedAt = observed(draft, at(market, "last_update"), stood, path);
    readMarket(draft, market, path, (told) => {
      const runner = runnerOf(told.name, place);
      const priced = priceKind(told, runner);
      if (priced === "left") leaveOut(draft, told.market);
      else if (priced === null)
        setAside(draft, told.path, "runner-unknown", `no runner of ${told.market}, was ${shown(told.name)}`);
      else
        addQuote(draft, quotes, { ...priced, book: source, price: told.price, observedAt, path: told.path });
    });
  }
}

interface Outcome {
  readonly market: string;
  readonly name: string;
  readonly price: unknown;
  readonly point: number | null;
  readonly path: string;
}

function readMarket(draft: Draft, market: unknown, path: string, take: (outcome: Outcome) => void): void {
  const key = textOf(at(market, "key"));
  if (key === null) return;
  for (const [index, outcome] of listAt(market, "outcomes").entries()) {
    const name = textOf(at(outcome, "name"));
    const here = `${path}.outcomes[${index}]`;
    if (name === null) setAside(draft, here, "runner-unknown", "an outcome without a name");
    else
      take({
        market: key,
        name,
        price: at(outcome, "price"),
        point: numberOf(at(outcome, "point")),
        path: here,
      });
  }
}

function runnerOf(name: string, { home, away }: Place): string {
  if (name === home) return "HOME";
  return name === away ? "AWAY" : name.toUpperCase();
}

type Priced = Pick<Parameters<typeof addQuote>[2], "market" | "runner" | "line" | "side">;

/** What an outcome is a price of; "left" for a market that is not kept, null for a runner it cannot have. */
function priceKind({ market, point }: Outcome, runner: string): Priced | "left" | null {
  const side: Side = market.endsWith("_lay") ? "LAY" : "BACK";
  const among = (runners: readonly string[], priced: Priced): Priced | null =>
    runners.includes(runner) ? priced : null;
  switch (market) {
    case "h2h":
    case "h2h_3_way":
    case "h2h_lay":
      return among(["HOME", "DRAW", "AWAY"], { market: "MATCH_ODDS", runner, side });
    case "draw_no_bet":
      return among(["HOME", "AWAY"], { market: "DRAW_NO_BET", runner });
    case "btts":
      return among(["YES", "NO"], { market: "BOTH_TEAMS_TO_SCORE", runner });
    case "totals":
    case "alternate_totals": {
      const total = point === null ? null : totalMarket(point);
      return total && among(["OVER", "UNDER"], { ...total, runner });
    }
    case "spreads":
    case "alternate_spreads": {
      const line = point === null ? null : handicapLine(runner === "AWAY" ? -point : point);
      return line === null ? null : among(["HOME", "AWAY"], { market: "ASIAN_HANDICAP", runner, line });
    }
    default:
      return "left";
  }
}

function observed(draft: Draft, told: unknown, fallback: Instant, path: string): Instant {
  if (told === undefined || told === null) return fallback;
  const instant = instantOf(told);
  if (instant === null)
    setAside(draft, `${path}.last_update`, "observed-not-an-instant", `no instant, was ${shown(told)}`);
  return instant ?? fallback;
}

/** Goals of a completed event of /scores, by the teams' names; null while it is played. */
function scoreOf(draft: Draft, event: unknown, home: string, away: string): RecordedGoals | null {
  if (at(event, "completed") !== true) return null;
  const of = (team: string): unknown =>
    at(
      listAt(event, "scores").find((score) => textOf(at(score, "name")) === team),
      "score",
    );
  return goalsOf(draft, "scores", [of(home), of(away)]);
}
