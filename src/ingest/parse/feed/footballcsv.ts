import {
  addRow,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
  shown,
} from "./draft.js";
import { textOf, wordyDay } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import type { FeedLeague } from "./league.js";
import { leagueOfFile, seasonIn } from "./place.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";
import { readTable, type TableRow } from "./table.js";

/**
 * A season file of footballcsv, in the public domain: Date, Team 1, FT, HT, Team 2, the date like "Fri Aug 24 2018".
 *
 * Path or operator tell the league ("2018-19/de.1.csv"). Source: github.com/footballcsv/cache.footballdata.
 */
export function parseFootballcsv(bytes: Uint8Array, hints: FeedHints): ParsedFeed | FeedRefusal {
  const table = readTable(bytes, ["Date", "Team 1", "FT", "Team 2"]);
  if (table.kind === "refused") return table;
  const league = leagueOfFile(hints);
  if (league === null)
    return refuseFeed(
      "league-missing",
      "neither the file nor its path says what league it is of",
      "statistico ingest footballcsv --from FILE --as D1",
    );
  const draft = createDraft();
  const season = seasonIn(hints.name);
  table.each((row, line) =>
    addRow(
      draft,
      line,
      () => row?.raw() ?? "",
      () => (row === null ? { kind: "blank" } : readRow(draft, row, league, season)),
    ),
  );
  return finish(draft);
}

function readRow(draft: Draft, row: TableRow, league: FeedLeague, season: number | null): RowReading {
  const day = wordyDay(row.cell("Date"));
  if (day === null) return refused("start-not-an-instant", "Date", `no date, was ${shown(row.cell("Date"))}`);
  const [home, away] = [textOf(row.cell("Team 1")), textOf(row.cell("Team 2"))];
  if (home === null || away === null) return refused("team-missing", "Team 1", "a match without two teams");
  const goals = goalsOf(draft, "FT", pairOf(row.cell("FT")), pairOf(row.cell("HT")));
  const kickOff = { day, minutes: null };
  return { kind: "fixture", fixture: fixtureOf(draft, { league, kickOff, season, home, away }, { goals }) };
}

/** "2-1" as two texts; nulls for an empty cell, the cell itself twice for what is no score. */
export function pairOf(text: string): [unknown, unknown] {
  if (text === "" || text === "NA" || text === "?") return [null, null];
  const [home, away] = /^(\d{1,2})\s*[-:]\s*(\d{1,2})$/.exec(text)?.slice(1) ?? [text, text];
  return [home, away];
}
