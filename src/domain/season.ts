import type { Day } from "../core/day.js";
import { dateOf } from "../core/day.js";

/** A season by its start year: 2014 is 2014/15. */
export type Season = number;

/** "2014/15". */
export function formatSeason(season: Season): string {
  return `${season}/${String((season + 1) % 100).padStart(2, "0")}`;
}

/** The season an autumn-to-spring league plays on a day: July starts a new one. */
export function seasonOfDay(day: Day): Season {
  const { year, month } = dateOf(day);
  return month >= 7 ? year : year - 1;
}

/** Seasons named by `2014`, `2014,2016`, `2014..2024` or a mixture, ascending; null when the text is none of these. */
export function parseSeasons(text: string): Season[] | null {
  const seasons = new Set<Season>();
  for (const part of text.split(",")) {
    const match = /^(\d{4})(?:\.\.(\d{4}))?$/.exec(part.trim());
    if (!match) return null;
    const from = Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[2]);
    if (to < from || to - from > 200) return null;
    for (let season = from; season <= to; season++) seasons.add(season);
  }
  return [...seasons].sort((a, b) => a - b);
}
