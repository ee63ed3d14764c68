import { parseIsoDay } from "../../../core/day.js";
import { addRow, createDraft, finish, type ParsedFeed, type RowReading, refused, shown } from "./draft.js";
import { numberOf, textOf } from "./field.js";
import type { FeedHints } from "./hints.js";
import type { FeedRefusal } from "./refusal.js";
import { readTable, type TableRow } from "./table.js";

/** ClubElo's codes of the countries the house knows. Any other country is known by its code. */
const COUNTRIES: Readonly<Record<string, string>> = {
  AUT: "Austria",
  BEL: "Belgium",
  DEN: "Denmark",
  ENG: "England",
  ESP: "Spain",
  FIN: "Finland",
  FRA: "France",
  GER: "Germany",
  GRE: "Greece",
  IRL: "Ireland",
  ITA: "Italy",
  NED: "Netherlands",
  NOR: "Norway",
  POL: "Poland",
  POR: "Portugal",
  ROM: "Romania",
  RUS: "Russia",
  SCO: "Scotland",
  SUI: "Switzerland",
  SWE: "Sweden",
  TUR: "Turkey",
};

/**
 * A day of api.clubelo.com: Rank, Club, Country, Level, Elo, From, To. A rating stands from the day after a match to
 * the day of the next one, and so says what was known before it.
 */
export function parseClubelo(bytes: Uint8Array, _hints: FeedHints): ParsedFeed | FeedRefusal {
  const table = readTable(bytes, ["Club", "Country", "Elo", "From", "To"]);
  if (table.kind === "refused") return table;
  const draft = createDraft();
  table.each((row, line) =>
    addRow(
      draft,
      line,
      () => row?.raw() ?? "",
      () => (row === null ? { kind: "blank" } : readRow(row)),
    ),
  );
  return finish(draft);
}

function readRow(row: TableRow): RowReading {
  const [club, code] = [textOf(row.cell("Club")), textOf(row.cell("Country"))];
  if (club === null || code === null) return refused("team-missing", "Club", "a rating without a club");
  const value = numberOf(row.cell("Elo"));
  if (value === null || value <= 0)
    return refused("rating-not-a-number", "Elo", `no rating, was ${shown(row.cell("Elo"))}`);
  const [fromDay, untilDay] = [parseIsoDay(row.cell("From")), parseIsoDay(row.cell("To"))];
  if (fromDay === null || untilDay === null || untilDay < fromDay)
    return refused(
      "start-not-an-instant",
      "From",
      `no days, was ${shown(`${row.cell("From")} ${row.cell("To")}`)}`,
    );
  return { kind: "rating", rating: { country: COUNTRIES[code] ?? code, club, fromDay, untilDay, value } };
}
