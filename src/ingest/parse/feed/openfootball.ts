import { parseIsoDay } from "../../../core/day.js";
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
import { at, listAt, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import { parseFootballText } from "./football-text.js";
import type { FeedHints } from "./hints.js";
import { readJson } from "./json.js";
import type { FeedLeague } from "./league.js";
import { clockMinutes, leagueOfFile, seasonIn, ukStart } from "./place.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

/**
 * Files of openfootball, in the public domain: football.json, one season of a league, and Football.TXT in the two
 * layouts it had by 2025.
 *
 * Times are the clocks of the league's country. The league is told by the file's path ("de.1.json") or the operator.
 * Source: github.com/openfootball/football.json and /england.
 */
export function parseOpenfootball(bytes: Uint8Array, hints: FeedHints): ParsedFeed | FeedRefusal {
  const league = leagueOfFile(hints);
  if (!/^[\s\ufeff]*[[{<]/.test(new TextDecoder().decode(bytes.subarray(0, 64))) && bytes.length > 0)
    return league ? parseFootballText(bytes, league) : noLeague();
  const json = readJson(bytes);
  if (json.kind === "refused") return json;
  if (!Array.isArray(at(json.value, "matches")))
    return refuseFeed("feed-not-this", "no matches of football.json");
  if (league === null) return noLeague();
  const draft = createDraft();
  const season = seasonIn(textOf(at(json.value, "name")) ?? "") ?? seasonIn(hints.name);
  addItems(draft, listAt(json.value, "matches"), (match) => readMatch(draft, match, league, season));
  return finish(draft);
}

function noLeague(): FeedRefusal {
  return refuseFeed(
    "league-missing",
    "neither the file nor its path says what league it is of",
    "statistico ingest openfootball --from FILE --as E0",
  );
}

function readMatch(draft: Draft, match: unknown, league: FeedLeague, season: number | null): RowReading {
  const [home, away] = [teamOf(at(match, "team1")), teamOf(at(match, "team2"))];
  if (home === null || away === null) return refused("team-missing", "team1", "a match without two teams");
  const date = at(match, "date");
  const day = parseIsoDay(textOf(date) ?? "");
  if (day === null) return refused("start-not-an-instant", "date", `no date, was ${shown(date)}`);
  const start = ukStart(league.description.country, day, clockMinutes(textOf(at(match, "time")) ?? ""));
  if (at(match, "status") === "awarded") remark(draft, "status", "awarded", `${home} - ${away}`);
  return {
    kind: "fixture",
    fixture: fixtureOf(
      draft,
      { league, kickOff: start, season, home, away },
      { goals: scoreOf(draft, match) },
    ),
  };
}

/** A team is a text, or an object with a name in files from before 2019. */
function teamOf(team: unknown): string | null {
  return textOf(team) ?? textOf(at(team, "name"));
}

function scoreOf(draft: Draft, match: unknown): ReturnType<typeof goalsOf> {
  const pair = (key: string): [unknown, unknown] => {
    const [home, away] = listAt(match, "score", key);
    return [home, away];
  };
  if (listAt(match, "score", "et").length > 0 && listAt(match, "score", "ft").length === 0) {
    setAside(draft, "score", "score-after-extra-time", "the score after 90 minutes is not told");
    return null;
  }
  return goalsOf(draft, "score", pair("ft"), pair("ht"));
}
