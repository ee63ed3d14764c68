import type { RecordedGoals } from "../../../warehouse/port.js";
import {
  addItems,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
  remark,
  setAside,
  shown,
} from "./draft.js";
import { at, countOf, idOf, instantOf, parseYear, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { type JsonReading, readJson } from "./json.js";
import { type FeedLeague, foreignLeague, leagueByKey } from "./league.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

/**
 * What football-data.org v4 answers about matches: a list, or one match; as it came, or saved with its headers, the
 * answer a text under `body`.
 *
 * A score after extra time holds those goals: such a match is kept without a score unless `score.regularTime` has it.
 * Source: docs.football-data.org/general/v4.
 */
export function parseFootballDataOrg(bytes: Uint8Array, _hints: FeedHints): ParsedFeed | FeedRefusal {
  const json = unwrapped(readJson(bytes));
  if (json.kind === "refused") return json;
  const { value } = json;
  const list = at(value, "matches");
  const matches = Array.isArray(list) ? list : at(value, "homeTeam") === undefined ? null : [value];
  if (matches === null) {
    const said = textOf(at(value, "message"));
    return said === null
      ? refuseFeed("feed-not-this", "no matches of football-data.org")
      : refuseFeed("source-error", `the source says "${said}"`, "look at the key and the plan");
  }
  const draft = createDraft();
  addItems(draft, matches, (match) => readMatch(draft, match, at(value, "competition")));
  return finish(draft);
}

function unwrapped(json: JsonReading): JsonReading {
  if (json.kind === "refused") return json;
  const body = at(json.value, "body");
  return typeof body === "string" ? readJson(new TextEncoder().encode(body)) : json;
}

const CALLED_OFF = new Set(["POSTPONED", "SUSPENDED", "CANCELLED"]);

function readMatch(draft: Draft, match: unknown, competition: unknown): RowReading {
  const eventId = idOf(at(match, "id"));
  if (eventId === null) return refused("event-without-id", "id", "a match without an id");
  const [home, away] = [textOf(at(match, "homeTeam", "name")), textOf(at(match, "awayTeam", "name"))];
  if (home === null || away === null)
    return refused("team-missing", "homeTeam", "a match whose teams are not known yet");
  const kickOff = instantOf(at(match, "utcDate"));
  if (kickOff === null)
    return refused("start-not-an-instant", "utcDate", `no instant, was ${shown(at(match, "utcDate"))}`);
  const league = leagueOf(match, competition);
  if (league === null) return refused("league-not-named", "competition", "a match without a competition");
  const status = textOf(at(match, "status")) ?? "";
  if (CALLED_OFF.has(status)) remark(draft, "status", "postponed", `${home} - ${away} is ${status}`);
  if (status === "AWARDED") remark(draft, "status", "awarded", `${home} - ${away}`);
  const season = parseYear(at(match, "season", "startDate"));
  const goals = status === "FINISHED" || status === "AWARDED" ? scoreOf(draft, match) : null;
  const referee = textOf(at(refereeOf(match), "name"));
  const attendance = countOf(at(match, "attendance"));
  return {
    kind: "fixture",
    fixture: fixtureOf(
      draft,
      { league, kickOff, season, home, away },
      { eventId, goals, referee, attendance },
    ),
  };
}

function refereeOf(match: unknown): unknown {
  const referees = at(match, "referees");
  return Array.isArray(referees) ? referees.find((one) => at(one, "type") === "REFEREE") : undefined;
}

function leagueOf(match: unknown, outer: unknown): FeedLeague | null {
  const competition = at(match, "competition") ?? outer;
  const key = textOf(at(competition, "code")) ?? idOf(at(competition, "id"));
  if (key === null) return null;
  const area = textOf(at(match, "area", "name"));
  return (
    leagueByKey("football-data.org", key) ??
    foreignLeague("football-data.org", key, textOf(at(competition, "name")) ?? key, area)
  );
}

function scoreOf(draft: Draft, match: unknown): RecordedGoals | null {
  const pair = (part: string): [unknown, unknown] => [
    at(match, "score", part, "home"),
    at(match, "score", part, "away"),
  ];
  const regular = textOf(at(match, "score", "duration")) === "REGULAR";
  const after90 = regular ? pair("fullTime") : pair("regularTime");
  if (!regular && countOf(after90[0]) === null) {
    setAside(draft, "score", "score-after-extra-time", "the score after 90 minutes is not told");
    return null;
  }
  return goalsOf(draft, "score", after90, pair("halfTime"));
}
