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

type Priced = Pick<ToldPrice, "market" | "line">;

/** A group of prices of one market and line: `sides` are its keys and, in capitals, its runners. */
interface Group {
  readonly priced: Priced;
  readonly sides: readonly string[];
  readonly prices: unknown;
  readonly size: number | null;
  readonly path: string;
}

function quotesOf(draft: Draft, period: unknown, observedAt: Instant): Quote[] {
  const quotes: Quote[] = [];
  for (const { priced, sides, prices, size, path } of groupsOf(draft, period))
    for (const side of sides) {
      const price = at(prices, side);
      if (price === null || price === undefined) continue;
      const place = { runner: side.toUpperCase(), path: `${path}.${side}` };
      addQuote(draft, quotes, { ...priced, ...place, book: PINNACLE, price, size, observedAt });
    }
  return quotes;
}

function groupsOf(draft: Draft, period: unknown): readonly Group[] {
  const result: Group = {
    priced: { market: "MATCH_ODDS" },
    sides: ["home", "draw", "away"],
    prices: at(period, "money_line"),
    size: numberOf(at(period, "meta", "max_money_line")),
    path: "periods.num_0.money_line",
  };
  return [
    result,
    ...linedGroups(draft, period, "spreads", "hdp", ["home", "away"], (goals) => {
      const line = handicapLine(goals);
      return line === null ? null : { market: "ASIAN_HANDICAP", line };
    }),
    ...linedGroups(draft, period, "totals", "points", ["over", "under"], totalMarket),
  ];
}

function linedGroups(
  draft: Draft,
  period: unknown,
  name: string,
  lineKey: string,
  sides: readonly string[],
  marketOf: (goals: number) => Priced | null,
): readonly Group[] {
  return entriesOf(at(period, name)).flatMap(([key, prices]) => {
    const path = `periods.num_0.${name}.${key}`;
    const told = at(prices, lineKey);
    const priced = marketOf(numberOf(told) ?? Number.NaN);
    if (priced === null) {
      setAside(draft, path, "line-off-grid", `no line in quarters of a goal, was ${shown(told)}`);
      return [];
    }
    return [{ priced, sides, prices, size: numberOf(at(prices, "max")), path }];
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
