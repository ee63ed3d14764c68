import type { Instant } from "../../../core/clock.js";
import type { Quote } from "../../../domain/price.js";
import { bookOf } from "./book.js";
import {
  addItems,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
  setAside,
  shown,
} from "./draft.js";
import { at, epochOf, idOf, instantOf, numberOf, textOf } from "./field.js";
import { fixtureOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { readJson } from "./json.js";
import { type FeedLeague, foreignLeague, leagueByName } from "./league.js";
import { addQuote, handicapLine, remarkInPlay, type ToldPrice, totalMarket } from "./quotes.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

const PINNACLE = bookOf("pinnacle", "Pinnacle");

/**
 * Events with prices in the shape Pinnacle's feed has: `periods.num_0` is the whole match, `money_line` may be null,
 * `max` is the highest stake and stands as the price's size.
 *
 * `starts` carries no zone and is UTC; prices are observed at the event's `last`, in seconds.
 */
export function parsePinnacle(bytes: Uint8Array, hints: FeedHints): ParsedFeed | FeedRefusal {
  const json = readJson(bytes);
  if (json.kind === "refused") return json;
  const events = at(json.value, "events");
  if (!Array.isArray(events)) return refuseFeed("feed-not-this", "no events of a Pinnacle feed");
  const draft = createDraft();
  addItems(draft, events, (event) => readEvent(draft, event, hints));
  return finish(draft);
}

function readEvent(draft: Draft, event: unknown, hints: FeedHints): RowReading {
  const eventId = idOf(at(event, "event_id"));
  if (eventId === null) return refused("event-without-id", "event_id", "an event without an id");
  const [home, away] = [textOf(at(event, "home")), textOf(at(event, "away"))];
  if (home === null || away === null) return refused("team-missing", "home", "an event without two teams");
  const kickOff = instantOf(at(event, "starts"));
  if (kickOff === null)
    return refused("start-not-an-instant", "starts", `no instant, was ${shown(at(event, "starts"))}`);
  const league = leagueOf(event);
  if (league === null) return refused("league-not-named", "league_id", "an event without a league");
  const observedAt = epochOf(at(event, "last")) ?? hints.receivedAt;
  const quotes = quotesOf(draft, at(event, "periods", "num_0"), observedAt);
  remarkInPlay(draft, quotes, kickOff);
  return { kind: "fixture", fixture: fixtureOf(draft, { league, kickOff, home, away }, { eventId, quotes }) };
}

/** "England - Premier League". */
function leagueOf(event: unknown): FeedLeague | null {
  const name = textOf(at(event, "league_name"));
  const key = idOf(at(event, "league_id"));
  if (name === null || key === null) return null;
  const [country = "", league = ""] = name.split(" - ");
  return (
    leagueByName(country, league) ?? foreignLeague("pinnacle", key, name, league === "" ? null : country)
  );
}

function quotesOf(draft: Draft, period: unknown, observedAt: Instant): Quote[] {
  const quotes: Quote[] = [];
  const add = (told: Omit<ToldPrice, "book" | "observedAt">): void => {
    if (told.price !== null && told.price !== undefined)
      addQuote(draft, quotes, { ...told, book: PINNACLE, observedAt });
  };
  const most = numberOf(at(period, "meta", "max_money_line"));
  for (const side of ["home", "draw", "away"])
    add({
      market: "MATCH_ODDS",
      runner: side.toUpperCase(),
      price: at(period, "money_line", side),
      size: most,
      path: `periods.num_0.money_line.${side}`,
    });
  for (const [key, spread] of entriesOf(at(period, "spreads"))) {
    const path = `periods.num_0.spreads.${key}`;
    const line = handicapLine(numberOf(at(spread, "hdp")) ?? Number.NaN);
    if (line === null) offGrid(draft, path, at(spread, "hdp"));
    else
      for (const side of ["home", "away"])
        add({
          market: "ASIAN_HANDICAP",
          runner: side.toUpperCase(),
          line,
          price: at(spread, side),
          size: numberOf(at(spread, "max")),
          path: `${path}.${side}`,
        });
  }
  for (const [key, total] of entriesOf(at(period, "totals"))) {
    const path = `periods.num_0.totals.${key}`;
    const market = totalMarket(numberOf(at(total, "points")) ?? Number.NaN);
    if (market === null) offGrid(draft, path, at(total, "points"));
    else
      for (const side of ["over", "under"])
        add({
          ...market,
          runner: side.toUpperCase(),
          price: at(total, side),
          size: numberOf(at(total, "max")),
          path: `${path}.${side}`,
        });
  }
  return quotes;
}

function offGrid(draft: Draft, path: string, told: unknown): void {
  setAside(draft, path, "line-off-grid", `no line in quarters of a goal, was ${shown(told)}`);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
