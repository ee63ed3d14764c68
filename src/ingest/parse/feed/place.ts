import type { Instant } from "../../../core/clock.js";
import { type Day, ukClock, ukInstant } from "../../../core/day.js";
import type { FeedHints } from "./hints.js";
import { type FeedLeague, foreignLeague, leagueByKey, namedLeague } from "./league.js";

/** Hours that a country's clocks are before the United Kingdom's, where both change on the same Sundays. */
const HOURS_BEFORE: Readonly<Record<string, number>> = {
  England: 0,
  Scotland: 0,
  Portugal: 0,
  Ireland: 0,
  Germany: 1,
  Spain: 1,
  Italy: 1,
  France: 1,
  Netherlands: 1,
  Belgium: 1,
  Austria: 1,
  Switzerland: 1,
  Denmark: 1,
  Norway: 1,
  Sweden: 1,
  Poland: 1,
  Greece: 2,
  Romania: 2,
  Finland: 2,
};

/**
 * A start on a country's own clocks as the United Kingdom's; `minutes` after local midnight. The time is unknown where
 * we do not know the clocks: the day is the local one then.
 */
export function ukStart(
  country: string,
  day: Day,
  minutes: number | null,
): { readonly day: Day; readonly minutes: number | null } {
  const hours = HOURS_BEFORE[country];
  if (minutes === null || hours === undefined) return { day, minutes: null };
  const instant: Instant = ukInstant(day, minutes) - hours * 3_600_000;
  return ukClock(instant);
}

/** "20:30" and "20.30" in minutes; null for no time. */
export function clockMinutes(text: string): number | null {
  const match = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/**
 * The league a file is of: what the operator says; else a part of its path like "de.1", as openfootball and footballcsv
 * name their files; else one of openfootball's English names. Null when nothing says.
 */
export function leagueOfFile({ name, league }: FeedHints): FeedLeague | null {
  if (league !== undefined) return namedLeague(league);
  const code = /(?:^|[\\/])([a-z]{2,3}\.\d)[^\\/]*$/.exec(name)?.[1];
  if (code !== undefined) return leagueByKey("file", code) ?? foreignLeague("file", code, code, null);
  const english =
    /(?:^|[\\/])(\d-(?:premierleague|championship|league1|league2|nationalleague)|facup|eflcup)\.txt/.exec(
      name,
    )?.[1];
  if (english === undefined) return null;
  return leagueByKey("file", `en.${english[0]}`) ?? cup(english);
}

function cup(name: string): FeedLeague {
  return foreignLeague("England", name, name === "facup" ? "FA Cup" : "EFL Cup", "England");
}

/** The start year of a season written "2019-20" or "2019/20" somewhere in a text; null when none is. */
export function seasonIn(text: string): number | null {
  const match = /(?:^|\D)((?:19|20)\d{2})[-/](\d{2})(?!\d)/.exec(text);
  return match && (Number(match[1]) + 1) % 100 === Number(match[2]) ? Number(match[1]) : null;
}
