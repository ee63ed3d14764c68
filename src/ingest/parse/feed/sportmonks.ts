import type { Quote } from "../../../domain/price.js";
import type { RecordedGoals } from "../../../warehouse/port.js";
import { bookOf } from "./book.js";
import {
  addItems,
  BLANK,
  createDraft,
  type Draft,
  finish,
  leaveOut,
  type ParsedFeed,
  type RowReading,
  refused,
  remark,
  shown,
} from "./draft.js";
import { at, countOf, epochOf, idOf, instantOf, listAt, numberOf, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { readJson } from "./json.js";
import { type FeedLeague, foreignLeague, leagueByKey, leagueByName } from "./league.js";
import { addQuote, handicapLine, totalMarket } from "./quotes.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

/**
 * What Sportmonks answers about fixtures and pre-match odds: version 3, and fixtures of version 2 as they were saved.
 *
 * Who is at home only `participants[].meta.location` says. `scores` is a heap: CURRENT is the last score, 1ST_HALF the
 * half time, 2ND_HALF the score after 90 minutes. Source: docs.sportmonks.com/football.
 */
export function parseSportmonks(bytes: Uint8Array, hints: FeedHints): ParsedFeed | FeedRefusal {
  const json = readJson(bytes);
  if (json.kind === "refused") return json;
  const said = textOf(at(json.value, "message"));
  if (said !== null)
    return refuseFeed("source-error", `the source says "${said}"`, "look at the key and the plan");
  const data = at(json.value, "data", "fixtures", "data") ?? at(json.value, "data") ?? json.value;
  const items = Array.isArray(data) ? data : [data];
  const read = readerOf(items[0]);
  if (read === null) return refuseFeed("feed-not-this", "no fixtures or odds of Sportmonks");
  const draft = createDraft();
  addItems(draft, items, (item) => read(draft, item, hints));
  if (at(json.value, "pagination", "has_more") === true)
    remark(draft, "pagination", "incomplete-pages", "one page of several");
  return finish(draft);
}

type Read = (draft: Draft, item: unknown, hints: FeedHints) => RowReading;

function readerOf(item: unknown): Read | null {
  if (at(item, "bookmaker_id") !== undefined && at(item, "value") !== undefined) return readOdd;
  if (at(item, "localteam_id") !== undefined) return readOldFixture;
  return at(item, "starting_at") !== undefined && at(item, "state_id") !== undefined ? readFixture : null;
}

/** States by id: 5 full time, 7 after extra time, 8 after penalties; 10 postponed, 12 cancelled, 14 abandoned. */
const FINISHED = new Set([5, 7, 8]);
const CALLED_OFF = new Set([10, 11, 12, 14, 16]);

function readFixture(draft: Draft, item: unknown): RowReading {
  const eventId = idOf(at(item, "id"));
  if (eventId === null) return refused("event-without-id", "id", "a fixture without an id");
  const side = (location: string): string | null =>
    textOf(
      at(
        listAt(item, "participants").find((one) => at(one, "meta", "location") === location),
        "name",
      ),
    );
  const [home, away] = [side("home"), side("away")];
  if (home === null || away === null)
    return refused(
      "team-missing",
      "participants",
      "no participants with their location: ask for include=participants",
    );
  const kickOff = epochOf(at(item, "starting_at_timestamp")) ?? instantOf(at(item, "starting_at"));
  if (kickOff === null)
    return refused(
      "start-not-an-instant",
      "starting_at",
      `no instant, was ${shown(at(item, "starting_at"))}`,
    );
  const league = leagueOf(item);
  if (league === null) return refused("league-not-named", "league_id", "a fixture without a league");
  const state = countOf(at(item, "state_id")) ?? 0;
  if (CALLED_OFF.has(state)) remark(draft, "state_id", "postponed", `${home} - ${away} is in state ${state}`);
  const goals = FINISHED.has(state) ? scoreOf(draft, item) : null;
  return { kind: "fixture", fixture: fixtureOf(draft, { league, kickOff, home, away }, { eventId, goals }) };
}

function leagueOf(item: unknown): FeedLeague | null {
  const key = idOf(at(item, "league_id"));
  if (key === null) return null;
  const name = textOf(at(item, "league", "name")) ?? key;
  return leagueByKey("sportmonks", key) ?? foreignLeague("sportmonks", key, name, null);
}

function scoreOf(draft: Draft, item: unknown): RecordedGoals | null {
  const goals = (description: string): [unknown, unknown] => {
    const of = (participant: string): unknown =>
      at(
        listAt(item, "scores").find(
          (one) => at(one, "description") === description && at(one, "score", "participant") === participant,
        ),
        "score",
        "goals",
      );
    return [of("home"), of("away")];
  };
  const after90 = goals("2ND_HALF");
  const told = after90.every((one) => countOf(one) !== null) ? after90 : goals("CURRENT");
  return goalsOf(draft, "scores", told, goals("1ST_HALF"));
}

function readOldFixture(draft: Draft, item: unknown): RowReading {
  const eventId = idOf(at(item, "id"));
  if (eventId === null) return refused("event-without-id", "id", "a fixture without an id");
  const [home, away] = [
    textOf(at(item, "localTeam", "data", "name")),
    textOf(at(item, "visitorTeam", "data", "name")),
  ];
  if (home === null || away === null)
    return refused(
      "team-missing",
      "localTeam",
      "no names of the teams: ask for include=localTeam,visitorTeam",
    );
  const kickOff = epochOf(at(item, "time", "starting_at", "timestamp"));
  if (kickOff === null) return refused("start-not-an-instant", "time.starting_at", "no kick-off");
  const league = oldLeagueOf(item);
  if (league === null) return refused("league-not-named", "league_id", "a fixture without a league");
  const status = textOf(at(item, "time", "status")) ?? "";
  if (/^(?:POSTP|CANCL|ABAN|SUSP|DELAYED)$/.test(status))
    remark(draft, "time.status", "postponed", `${home} - ${away} is ${status}`);
  const goals = /^(?:FT|AET|FT_PEN)$/.test(status) ? oldScoreOf(draft, item) : null;
  return {
    kind: "fixture",
    fixture: fixtureOf(draft, { league, kickOff, home, away }, { eventId: `v2-${eventId}`, goals }),
  };
}

/** Ids of leagues are the same in both versions. */
function oldLeagueOf(item: unknown): FeedLeague | null {
  const key = idOf(at(item, "league_id"));
  if (key === null) return null;
  const name = textOf(at(item, "league", "data", "name"));
  const country = textOf(at(item, "league", "data", "country", "data", "name"));
  return (
    leagueByKey("sportmonks", key) ??
    (name !== null && country !== null ? leagueByName(country, name) : null) ??
    foreignLeague("sportmonks", key, name ?? key, country)
  );
}

function oldScoreOf(draft: Draft, item: unknown): RecordedGoals | null {
  const pair = (key: string): [unknown, unknown] => {
    const [home, away] = /^(\d+)-(\d+)$/.exec(textOf(at(item, "scores", key)) ?? "")?.slice(1) ?? [];
    return [home, away];
  };
  return goalsOf(draft, "scores", pair("ft_score"), pair("ht_score"));
}

/** How far a price and what is told beside it may lie apart, as probabilities: both are rounded. */
const ROUNDING = 0.005;

/** One price. `dp3` and `probability` say the same in other words; where they do not, none of them is believed. */
function readOdd(draft: Draft, item: unknown, { receivedAt }: FeedHints): RowReading {
  const eventId = idOf(at(item, "fixture_id"));
  if (eventId === null) return refused("event-without-id", "fixture_id", "a price without a fixture's id");
  const price = numberOf(at(item, "value"));
  const others = [1 / (numberOf(at(item, "dp3")) ?? Number.NaN), percentage(at(item, "probability"))];
  const contrary = others.find((other) => price !== null && Math.abs(1 / price - other) > ROUNDING);
  if (contrary !== undefined)
    return refused(
      "price-contradicts",
      "value",
      `${shown(at(item, "value"))}, but beside it a chance of ${contrary.toFixed(4)}`,
    );
  const priced = priceKind(item);
  if (priced === null) {
    leaveOut(draft, textOf(at(item, "market_description")) ?? `market ${idOf(at(item, "market_id"))}`);
    return BLANK;
  }
  const book = bookOf(
    textOf(at(item, "bookmaker", "name")) ?? `sportmonks-${idOf(at(item, "bookmaker_id"))}`,
  );
  const told = instantOf(at(item, "latest_bookmaker_update"));
  const quotes: Quote[] = [];
  addQuote(draft, quotes, {
    ...priced,
    book,
    price: at(item, "value"),
    observedAt: told ?? receivedAt,
    path: "value",
  });
  return { kind: "event", event: { eventId, quotes } };
}

function percentage(value: unknown): number {
  const text = textOf(value);
  return text === null ? Number.NaN : (numberOf(text.replace(/%$/, "")) ?? Number.NaN) / 100;
}

type Priced = Pick<Parameters<typeof addQuote>[2], "market" | "runner" | "line">;

/** Markets by id: 1 full-time result, 6 Asian handicap, 14 both teams to score, 80 goals over and under. */
function priceKind(item: unknown): Priced | null {
  const runner = (textOf(at(item, "label")) ?? "").toUpperCase();
  const is = (...runners: readonly string[]): boolean => runners.includes(runner);
  const number = (key: string): number => numberOf(at(item, key)) ?? Number.NaN;
  switch (countOf(at(item, "market_id"))) {
    case 1:
      return is("HOME", "DRAW", "AWAY") ? { market: "MATCH_ODDS", runner } : null;
    case 6: {
      const line = handicapLine(is("AWAY") ? -number("handicap") : number("handicap"));
      return line !== null && is("HOME", "AWAY") ? { market: "ASIAN_HANDICAP", runner, line } : null;
    }
    case 14:
      return is("YES", "NO") ? { market: "BOTH_TEAMS_TO_SCORE", runner } : null;
    case 80: {
      const total = totalMarket(number("total"));
      return total && is("OVER", "UNDER") ? { ...total, runner } : null;
    }
    default:
      return null;
  }
}
