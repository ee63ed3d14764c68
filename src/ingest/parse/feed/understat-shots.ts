import { type Day, parseIsoDay } from "../../../core/day.js";
import {
  addRow,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
} from "./draft.js";
import { expectedNumber, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedLeague } from "./league.js";
import type { FeedRefusal } from "./refusal.js";
import { readTable, type TableRow } from "./table.js";

/** The shots of one match so far. */
interface Tally {
  readonly first: TableRowFacts;
  home: number;
  away: number;
  homeShots: number;
  awayShots: number;
}

interface TableRowFacts {
  readonly line: number;
  readonly raw: string;
  readonly match: string;
  readonly day: Day;
  readonly home: string;
  readonly away: string;
  readonly goals: readonly [string, string];
}

/**
 * A season's shots, one a line, summed by match: a row of the outcome is a match, so the line of a record is that of
 * its first shot. Shots that cannot be read are rows of their own.
 *
 * Own goals are in the list with no expected goals of the side they count for: they are no shots of it. The date's time
 * is not UTC in these tables: only the day counts. Source: the tables of scraping-understat-dataset.
 */
export function parseUnderstatShots(bytes: Uint8Array, league: FeedLeague): ParsedFeed | FeedRefusal {
  const table = readTable(bytes, [
    "xG",
    "h_a",
    "match_id",
    "h_team",
    "a_team",
    "h_goals",
    "a_goals",
    "date",
    "result",
  ]);
  if (table.kind === "refused") return table;
  const draft = createDraft();
  const matches = new Map<string, Tally>();
  table.each((row) => {
    const fault = row && addShot(matches, row);
    if (row && fault)
      addRow(
        draft,
        row.line,
        () => row.raw(),
        () => fault,
      );
  });
  for (const tally of matches.values())
    addRow(
      draft,
      tally.first.line,
      () => tally.first.raw,
      () => readTally(draft, tally, league),
    );
  return finish(draft);
}

/** Add a shot to its match; why it cannot be, or null. */
function addShot(matches: Map<string, Tally>, row: TableRow): RowReading | null {
  const side = row.cell("h_a");
  const value = expectedNumber(row.cell("xG"));
  if (value === null || (side !== "h" && side !== "a"))
    return refused("line-not-understood", "xG", "no shot of a side");
  const match = whole(row.cell("match_id"));
  const tally = matches.get(match) ?? open(matches, row, match);
  if (tally === null) return refused("team-missing", "h_team", "a shot of no match");
  if (row.cell("result") === "OwnGoal") return null;
  if (side === "h") {
    tally.home += value;
    tally.homeShots++;
  } else {
    tally.away += value;
    tally.awayShots++;
  }
  return null;
}

function open(matches: Map<string, Tally>, row: TableRow, match: string): Tally | null {
  const [home, away] = [textOf(row.cell("h_team")), textOf(row.cell("a_team"))];
  const day = parseIsoDay(row.cell("date").slice(0, 10));
  if (match === "" || home === null || away === null || day === null) return null;
  const goals = [whole(row.cell("h_goals")), whole(row.cell("a_goals"))] as const;
  const first = { line: row.line, raw: row.raw(), match, day, home, away, goals };
  const tally = { first, home: 0, away: 0, homeShots: 0, awayShots: 0 };
  matches.set(match, tally);
  return tally;
}

/** Ids and goals went through a program that made them fractions: "9197.0". */
function whole(text: string): string {
  return text.replace(/\.0$/, "");
}

function readTally(draft: Draft, { first, ...expectedGoals }: Tally, league: FeedLeague): RowReading {
  const { match: eventId, day, home, away } = first;
  const goals = goalsOf(draft, "h_goals", first.goals);
  const kickOff = { day, minutes: null };
  return {
    kind: "fixture",
    fixture: fixtureOf(draft, { league, kickOff, home, away }, { eventId, goals, expectedGoals }),
  };
}
