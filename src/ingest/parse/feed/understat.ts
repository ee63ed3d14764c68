import type { RecordedExpectedGoals } from "../../../warehouse/port.js";
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
import { at, countOf, expectedNumber, idOf, instantOf, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { readJson } from "./json.js";
import { type FeedLeague, leagueByKey, namedLeague } from "./league.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";
import { parseUnderstatShots } from "./understat-shots.js";

/**
 * What Understat has: the matches of a league's season (a list, or under `dates`), one match's facts, and tables of
 * shots. Numbers are texts; kick-offs are UTC without a zone.
 *
 * A list does not name its league: the address or the path does ("/EPL/2020"), or the operator.
 */
export function parseUnderstat(bytes: Uint8Array, hints: FeedHints): ParsedFeed | FeedRefusal {
  const league = understatLeague(hints);
  if (/^(?:\ufeff)?"?id"?,"?minute/.test(new TextDecoder().decode(bytes.subarray(0, 64))))
    return league ? parseUnderstatShots(bytes, league) : noLeague();
  const json = readJson(bytes);
  if (json.kind === "refused") return json;
  const draft = createDraft();
  if (at(json.value, "h_xg") !== undefined) {
    addItems(draft, [json.value], (match) => readMatchInfo(draft, match));
    return finish(draft);
  }
  const dates = at(json.value, "dates") ?? json.value;
  if (!Array.isArray(dates) || (dates.length > 0 && at(dates[0], "h", "title") === undefined))
    return refuseFeed("feed-not-this", "no matches of Understat");
  if (league === null) return noLeague();
  addItems(draft, dates, (match) => readMatch(draft, match, league));
  return finish(draft);
}

function noLeague(): FeedRefusal {
  return refuseFeed(
    "league-missing",
    "neither the file nor its path says what league it is of",
    "statistico ingest understat --from FILE --as E0",
  );
}

/** The league an operator says, or the path does: EPL, La_liga, Bundesliga, Serie_A, Ligue_1, RFPL. */
export function understatLeague({ name, league }: FeedHints): FeedLeague | null {
  if (league !== undefined) return namedLeague(league);
  const word = /(?:^|[\\/_])(EPL|La_liga|Bundesliga|Serie_A|Ligue_1|RFPL)(?=[\\/_.]|$)/i.exec(name)?.[1];
  return word === undefined ? null : byWord(word);
}

const WORDS = ["EPL", "La_liga", "Bundesliga", "Serie_A", "Ligue_1", "RFPL"];

function byWord(word: string): FeedLeague | null {
  const key = WORDS.find((known) => known.toLowerCase() === word.replace(" ", "_").toLowerCase());
  return key === undefined ? null : leagueByKey("understat", key);
}

function readMatch(draft: Draft, match: unknown, league: FeedLeague): RowReading {
  const eventId = idOf(at(match, "id"));
  if (eventId === null) return refused("event-without-id", "id", "a match without an id");
  const [home, away] = [textOf(at(match, "h", "title")), textOf(at(match, "a", "title"))];
  if (home === null || away === null) return refused("team-missing", "h.title", "a match without two teams");
  const kickOff = instantOf(at(match, "datetime"));
  if (kickOff === null)
    return refused("start-not-an-instant", "datetime", `no instant, was ${shown(at(match, "datetime"))}`);
  const played = at(match, "isResult") === true;
  const goals = played ? goalsOf(draft, "goals", [at(match, "goals", "h"), at(match, "goals", "a")]) : null;
  const expectedGoals = played ? expected(draft, at(match, "xG", "h"), at(match, "xG", "a")) : undefined;
  return {
    kind: "fixture",
    fixture: fixtureOf(draft, { league, kickOff, home, away }, { eventId, goals, expectedGoals }),
  };
}

function readMatchInfo(draft: Draft, match: unknown): RowReading {
  const eventId = idOf(at(match, "id"));
  if (eventId === null) return refused("event-without-id", "id", "a match without an id");
  const [home, away] = [textOf(at(match, "team_h")), textOf(at(match, "team_a"))];
  if (home === null || away === null) return refused("team-missing", "team_h", "a match without two teams");
  const kickOff = instantOf(at(match, "date"));
  if (kickOff === null)
    return refused("start-not-an-instant", "date", `no instant, was ${shown(at(match, "date"))}`);
  const league = byWord(textOf(at(match, "league")) ?? "");
  if (league === null)
    return refused("league-not-named", "league", `no league, was ${shown(at(match, "league"))}`);
  const goals = goalsOf(draft, "h_goals", [at(match, "h_goals"), at(match, "a_goals")]);
  const shots = { homeShots: countOf(at(match, "h_shot")), awayShots: countOf(at(match, "a_shot")) };
  const expectedGoals = expected(draft, at(match, "h_xg"), at(match, "a_xg"), shots);
  return {
    kind: "fixture",
    fixture: fixtureOf(
      draft,
      { league, kickOff, season: countOf(at(match, "season")), home, away },
      { eventId, goals, expectedGoals },
    ),
  };
}

const NO_SHOTS = { homeShots: null, awayShots: null };

function expected(
  draft: Draft,
  toldHome: unknown,
  toldAway: unknown,
  shots: Pick<RecordedExpectedGoals, "homeShots" | "awayShots"> = NO_SHOTS,
): RecordedExpectedGoals | undefined {
  const [home, away] = [expectedNumber(toldHome), expectedNumber(toldAway)];
  if (home !== null && away !== null) return { home, away, ...shots };
  setAside(
    draft,
    "xG",
    "expected-goals-not-a-number",
    `no expected goals, was ${shown([toldHome, toldAway])}`,
  );
  return undefined;
}
