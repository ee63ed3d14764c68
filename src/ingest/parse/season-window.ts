import { type Day, dayOf, formatDay } from "../../core/day.js";
import { type Season, seasonOfDay } from "../../domain/season.js";

/** From its first day to its last, both included. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

/**
 * The pandemic moved one boundary: 2019/20 was played into August 2020 (the last round of Italy on the 2nd), and
 * 2020/21 began on 1 August in Scotland, later everywhere else.
 */
const LATE_SEASON = 2019;
const LATE_END = dayOf(2020, 8, 31);
const NEXT_START = dayOf(2020, 8, 1);
const LATE_BOUNDARY = dayOf(2020, 8, 3);

/** The season of a match in an autumn-to-spring league when nothing but its day is known. */
export function likelySeason(day: Day): Season {
  return day >= dayOf(LATE_SEASON + 1, 7, 1) && day < LATE_BOUNDARY ? LATE_SEASON : seasonOfDay(day);
}

/** When an autumn-to-spring league can play: July to June. */
export function springWindow(season: Season): Window {
  return {
    from: season === LATE_SEASON + 1 ? NEXT_START : dayOf(season, 7, 1),
    to: season === LATE_SEASON ? LATE_END : dayOf(season + 1, 6, 30),
  };
}

/**
 * When a league of the extra-leagues files can play. "2012/2013" is July to June with play-offs and pandemic on
 * either side; "2012" is the calendar year with a tail: Brazil ended 2020 in February, China 2021 in January.
 */
export function statedWindow(season: Season, isSplit: boolean): Window {
  return isSplit
    ? { from: dayOf(season, 6, 1), to: dayOf(season + 1, 8, 31) }
    : { from: dayOf(season, 1, 1), to: dayOf(season + 1, 3, 31) };
}

export function contains({ from, to }: Window, day: Day): boolean {
  return day >= from && day <= to;
}

/** The one of `seasons`, ascending, that `day` belongs to; null when it lies outside them all. */
export function seasonAmong(seasons: readonly Season[], day: Day): Season | null {
  const likely = likelySeason(day);
  if (seasons.includes(likely)) return likely;
  return seasons.find((season) => contains(springWindow(season), day)) ?? null;
}

/** "2000-07-01 to 2001-06-30". */
export function formatWindow({ from, to }: Window): string {
  return `${formatDay(from)} to ${formatDay(to)}`;
}

const FEW_ROWS = 20;
const FEW_SHARE = 0.1;

/**
 * The seasons that a division's rows form, ascending: the one with most rows, and every other with so many that it is
 * no slip of the pen (a file may hold several seasons end to end). Dates decide, not the file's name; `named` breaks a tie.
 */
export function seasonsFormed(rowsBySeason: ReadonlyMap<Season, number>, named: Season | null): Season[] {
  const all = [...rowsBySeason].sort(([a], [b]) => a - b);
  const total = all.reduce((sum, [, rows]) => sum + rows, 0);
  const most = Math.max(...all.map(([, rows]) => rows));
  const tied = all.filter(([, rows]) => rows === most).map(([season]) => season);
  const main = named !== null && tied.includes(named) ? named : tied[0];
  const isSizable = (rows: number): boolean => rows >= FEW_ROWS && rows >= total * FEW_SHARE;
  return all.filter(([season, rows]) => season === main || isSizable(rows)).map(([season]) => season);
}

/** The season in a path such as `mmz4281/1415/E0.csv.gz` or `2425-D1@2025-02-23`; null when it names none. */
export function seasonInName(name: string): Season | null {
  for (const [, first, second] of name.matchAll(/(?<!\d)(\d\d)(\d\d)(?!\d)/g)) {
    const start = Number(first);
    if (Number(second) === (start + 1) % 100) return start >= 70 ? 1900 + start : 2000 + start;
  }
  return null;
}

/** Season of "2012", "2012/2013" or "2012/13"; null for everything else. */
export function parseStatedSeason(text: string): { season: Season; isSplit: boolean } | null {
  const match = /^(\d{4})(?:\/(\d{4}|\d{2}))?$/.exec(text);
  if (!match) return null;
  const season = Number(match[1]);
  if (season < 1870 || season > 2100) return null;
  if (match[2] === undefined) return { season, isSplit: false };
  return Number(match[2]) % 100 === (season + 1) % 100 ? { season, isSplit: true } : null;
}
