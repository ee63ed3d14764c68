import { parseIsoDay } from "../../../core/day.js";
import {
  addRow,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
  setAside,
  shown,
} from "./draft.js";
import { countOf, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { type FeedLeague, foreignLeague, houseLeague } from "./league.js";
import type { FeedRefusal } from "./refusal.js";
import { readTable, type TableRow } from "./table.js";

/**
 * Tables of engsoccerdata: Date, Season, home, visitor, hgoal, vgoal and either a tier (1 to 5 of England) or the
 * rounds of the FA Cup. NA is unknown; a cup score after extra time is not one of 90 minutes and set aside.
 *
 * Source: the R package engsoccerdata.
 */
export function parseEngsoccerdata(bytes: Uint8Array, _hints: FeedHints): ParsedFeed | FeedRefusal {
  const table = readTable(bytes, ["Date", "Season", "home", "visitor", "hgoal", "vgoal"]);
  if (table.kind === "refused") return table;
  const draft = createDraft();
  const isCup = !table.columns.includes("tier");
  table.each((row, line) =>
    addRow(
      draft,
      line,
      () => row?.raw() ?? "",
      () => (row === null ? { kind: "blank" } : readRow(draft, row, isCup)),
    ),
  );
  return finish(draft);
}

const CUP = foreignLeague("England", "facup", "FA Cup", "England");

function leagueOf(row: TableRow, isCup: boolean): FeedLeague | null {
  if (isCup) return CUP;
  const tier = row.cell("tier");
  const code = /^[1-4]$/.test(tier) ? `E${Number(tier) - 1}` : tier === "5" ? "EC" : "";
  return houseLeague(code);
}

function readRow(draft: Draft, row: TableRow, isCup: boolean): RowReading {
  const day = parseIsoDay(row.cell("Date"));
  if (day === null) return refused("start-not-an-instant", "Date", `no date, was ${shown(row.cell("Date"))}`);
  const [home, away] = [textOf(row.cell("home")), textOf(row.cell("visitor"))];
  if (home === null || away === null) return refused("team-missing", "home", "a match without two teams");
  const league = leagueOf(row, isCup);
  if (league === null)
    return refused("league-not-named", "tier", `no tier of England, was ${shown(row.cell("tier"))}`);
  const season = countOf(row.cell("Season"));
  const late = /^(?:yes|aet)$/i.test(row.cell("aet"));
  if (late) setAside(draft, "aet", "score-after-extra-time", "the score after 90 minutes is not told");
  const known = (name: string): unknown => (row.cell(name) === "NA" ? null : row.cell(name));
  const goals = late ? null : goalsOf(draft, "hgoal", [known("hgoal"), known("vgoal")]);
  const attendance = countOf(row.cell("attendance").replaceAll(",", ""));
  const kickOff = { day, minutes: null };
  return {
    kind: "fixture",
    fixture: fixtureOf(draft, { league, kickOff, season, home, away }, { goals, attendance }),
  };
}
