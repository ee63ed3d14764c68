import { civilDay, type Day, weekday } from "../../../core/day.js";
import { collapseSpace } from "../../../core/text.js";
import { decodeText } from "../decode.js";
import { lineText, splitLines } from "../lines.js";
import {
  addRow,
  BLANK,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
  shown,
} from "./draft.js";
import { monthOf, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedLeague } from "./league.js";
import { clockMinutes, seasonIn, ukStart } from "./place.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

/** Where the reader is: dates stand once above their matches, times once before those that start together. */
interface Place {
  readonly season: number;
  readonly league: FeedLeague;
  day: Day | null;
  minutes: number | null;
}

/**
 * A season in Football.TXT: "Arsenal FC  2-1 (1-0)  Chelsea FC" or "Arsenal FC v Chelsea FC  2-1 (1-0)" under dates
 * like "[Sat Aug/10]" or "Sat Aug/10 2019". A match line is a row; titles, rounds, dates and remarks are none.
 *
 * A date has no year: it is the one of the season's two in which the weekday is right. After extra time or penalties
 * the score in brackets is that of 90 minutes. Cancelled matches are blank rows.
 */
export function parseFootballText(bytes: Uint8Array, league: FeedLeague): ParsedFeed | FeedRefusal {
  const lines = splitLines(decodeText(bytes));
  const title = lines.starts.map((_, index) => lineText(lines, index)).find((line) => line.startsWith("="));
  const season = seasonIn(title ?? "");
  if (title === undefined || season === null)
    return refuseFeed("feed-not-this", "no title with a season, like = English Premier League 2019/20");
  const place: Place = { season, league, day: null, minutes: null };
  const draft = createDraft();
  for (let index = 0; index < lines.starts.length; index++) {
    const text = lineText(lines, index);
    if (isRemark(text) || takeDate(place, text)) continue;
    addRow(
      draft,
      index + 1,
      () => text,
      () => readMatch(draft, place, text),
    );
  }
  return finish(draft);
}

function isRemark(line: string): boolean {
  return /^\s*$|^\s*[#=»▪]|^\s*(?:Matchday|Round|Group|Semi|Quarter|Final)\b[^-–]*$/.test(line);
}

const DATE = /^\s*\[?(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2})\/(\d{1,2})(?: (\d{4}))?\]?\s*$/;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** True for a line that is a date; the place takes it. */
function takeDate(place: Place, line: string): boolean {
  const match = DATE.exec(line);
  if (!match) return false;
  const [, name = "", word = "", dayOfMonth, year] = match;
  const month = monthOf(word) ?? 0;
  const years = year === undefined ? [place.season, place.season + 1] : [Number(year)];
  const days = years.map((one) => civilDay(one, month, Number(dayOfMonth)));
  place.day = days.find((day) => day !== null && WEEKDAYS[weekday(day)] === name) ?? null;
  place.minutes = null;
  return true;
}

const SCORE =
  /(?:(\d+)-(\d+) pen\.\s*)?(?:(\d+)-(\d+)( a\.e\.t\.)?)?\s*(?:\((\d+)-(\d+)(?:, (\d+)-(\d+))?\))?/;
const AFTER = new RegExp(`^(?:(\\d{1,2}[.:]\\d{2})\\s+)?(.+?)\\s+v\\s+(.+?)(?:\\s{2,}${SCORE.source})?$`);
const BETWEEN = new RegExp(`^(?:(\\d{1,2}[.:]\\d{2})\\s+)?(.+?)\\s{1,}${SCORE.source}\\s{2,}(.+)$`);

function readMatch(draft: Draft, place: Place, line: string): RowReading {
  const text = line.trim();
  if (/\[(?:cancelled|annulled|postponed|abandoned)\]$/.test(text)) return BLANK;
  const match = splitMatch(text);
  if (match === null) return refused("line-not-understood", "", `no match, was ${shown(text)}`);
  if (place.day === null)
    return refused("start-not-an-instant", "", "a match below no date that can be read");
  if (match.time !== undefined) place.minutes = clockMinutes(match.time);
  const { league, season } = place;
  const kickOff = ukStart(league.description.country, place.day, place.minutes);
  const [home, away] = [textOf(match.home), textOf(match.away)];
  if (home === null || away === null) return refused("team-missing", "", "a match without two teams");
  const goals = goalsOf(draft, "score", match.fullTime, match.halfTime);
  return { kind: "fixture", fixture: fixtureOf(draft, { league, kickOff, season, home, away }, { goals }) };
}

interface Split {
  readonly time: string | undefined;
  readonly home: string;
  readonly away: string;
  readonly fullTime: readonly [unknown, unknown];
  readonly halfTime: readonly [unknown, unknown];
}

function splitMatch(text: string): Split | null {
  const after = AFTER.exec(text);
  if (after) return splitOf(after[1], after[2], after[3], after.slice(4));
  const between = BETWEEN.exec(text);
  if (!between || between.slice(3, 7).every((goals) => goals === undefined)) return null;
  return splitOf(between[1], between[2], between[between.length - 1], between.slice(3, -1));
}

/** `score`: penalties, goals, the word for extra time, and the two pairs in brackets. */
function splitOf(
  time: string | undefined,
  home: string | undefined,
  away: string | undefined,
  score: readonly (string | undefined)[],
): Split {
  const [penalties, , homeGoals, awayGoals, extra, a, b, c, d] = score;
  const decidedLater = penalties !== undefined || extra !== undefined;
  return {
    time,
    home: collapseSpace(home ?? ""),
    away: collapseSpace(away ?? ""),
    fullTime: decidedLater ? [a, b] : [homeGoals, awayGoals],
    halfTime: decidedLater ? [c, d] : [a, b],
  };
}
