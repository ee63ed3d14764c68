import type { Instant } from "../../../core/clock.js";
import { civilDay, type Day, parseIsoDay } from "../../../core/day.js";
import type { Market } from "../../../domain/market.js";
import type { Quote, Side } from "../../../domain/price.js";
import { bookOf } from "./book.js";
import {
  addItems,
  addRow,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
  shown,
} from "./draft.js";
import { at, epochOf, idOf, instantOf, numberOf, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { readJson } from "./json.js";
import { type FeedLeague, namedLeague } from "./league.js";
import { clockMinutes } from "./place.js";
import { addQuote, handicapLine, remarkInPlay } from "./quotes.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";
import { readTable } from "./table.js";

/** How dates are written. `instant`: ISO with a zone, UTC without one; `epoch`: seconds since 1970. */
export const DATE_FORMATS = ["yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "instant", "epoch"] as const;

/** A file of any layout, as the operator describes it: names of columns, or ways into an object like "home.name". */
export interface FeedMapping {
  readonly format: "csv" | "json";
  /** Where the list is in a JSON document; the document itself without it. */
  readonly items?: string | undefined;
  /** One league for the whole file, or the column that tells it. */
  readonly league:
    | string
    | { readonly column: string; readonly codes?: Readonly<Record<string, string>> | undefined };
  /** Of leagues the house has no description of. */
  readonly country?: string | undefined;
  readonly date: string;
  readonly dateFormat: (typeof DATE_FORMATS)[number];
  /** Kick-off on United Kingdom clocks, for dates that carry none. */
  readonly time?: string | undefined;
  readonly home: string;
  readonly away: string;
  readonly homeGoals?: string | undefined;
  readonly awayGoals?: string | undefined;
  readonly halfTimeHome?: string | undefined;
  readonly halfTimeAway?: string | undefined;
  readonly event?: string | undefined;
  readonly prices?: readonly MappedPrice[] | undefined;
}

export interface MappedPrice {
  readonly column: string;
  readonly source: string;
  readonly market: Market;
  readonly runner: string;
  readonly side?: Side | undefined;
  /** Goals on the home side, or of the total. */
  readonly line?: number | undefined;
  readonly size?: string | undefined;
  /** Column with the instant of the price; when the file came in without it. */
  readonly observed?: string | undefined;
}

/** Read a file the way a mapping says. */
export function parseMapped(
  bytes: Uint8Array,
  hints: FeedHints,
  mapping: FeedMapping,
): ParsedFeed | FeedRefusal {
  return mapping.format === "csv" ? parseCsv(bytes, hints, mapping) : parseList(bytes, hints, mapping);
}

/** A cell of a row by the name the mapping has for it. */
type Look = (name: string) => unknown;

function parseCsv(bytes: Uint8Array, hints: FeedHints, mapping: FeedMapping): ParsedFeed | FeedRefusal {
  const table = readTable(bytes, [mapping.date, mapping.home, mapping.away]);
  if (table.kind === "refused") return table;
  const draft = createDraft();
  table.each((row, line) =>
    addRow(
      draft,
      line,
      () => row?.raw() ?? "",
      () => (row === null ? { kind: "blank" } : readRow(draft, row.cell, hints, mapping)),
    ),
  );
  return finish(draft);
}

function parseList(bytes: Uint8Array, hints: FeedHints, mapping: FeedMapping): ParsedFeed | FeedRefusal {
  const json = readJson(bytes);
  if (json.kind === "refused") return json;
  const list = mapping.items === undefined ? json.value : at(json.value, ...mapping.items.split("."));
  if (!Array.isArray(list))
    return refuseFeed(
      "feed-not-this",
      `no list ${mapping.items === undefined ? "" : `under ${mapping.items}`}`.trim(),
    );
  const draft = createDraft();
  addItems(draft, list, (item) => readRow(draft, (name) => at(item, ...name.split(".")), hints, mapping));
  return finish(draft);
}

function readRow(draft: Draft, look: Look, hints: FeedHints, mapping: FeedMapping): RowReading {
  const [home, away] = [textOf(look(mapping.home)), textOf(look(mapping.away))];
  if (home === null || away === null) return refused("team-missing", mapping.home, "a row without two teams");
  const kickOff = startOf(look, mapping);
  if (kickOff === null)
    return refused(
      "start-not-an-instant",
      mapping.date,
      `no ${mapping.dateFormat}, was ${shown(look(mapping.date))}`,
    );
  const league = leagueOf(look, mapping.league, mapping.country ?? null);
  if (league === null) return refused("league-not-named", "league", "a row without a league");
  const quotes = quotesOf(draft, look, hints.receivedAt, mapping.prices ?? []);
  remarkInPlay(draft, quotes, typeof kickOff === "number" ? kickOff : null);
  const eventId = mapping.event === undefined ? undefined : (idOf(look(mapping.event)) ?? undefined);
  const goals = goalsOf(
    draft,
    mapping.homeGoals ?? "goals",
    [known(look, mapping.homeGoals), known(look, mapping.awayGoals)],
    [known(look, mapping.halfTimeHome), known(look, mapping.halfTimeAway)],
  );
  return {
    kind: "fixture",
    fixture: fixtureOf(draft, { league, kickOff, home, away }, { eventId, goals, quotes }),
  };
}

/** An empty cell is unknown, not a wrong number. */
function known(look: Look, name: string | undefined): unknown {
  const value = name === undefined ? null : look(name);
  return value === "" || value === "NA" ? null : value;
}

type Start = Instant | { readonly day: Day; readonly minutes: number | null };

function startOf(look: Look, { date, dateFormat, time }: FeedMapping): Start | null {
  const told = look(date);
  if (dateFormat === "instant") return instantOf(told);
  if (dateFormat === "epoch") return epochOf(told);
  const day = dayOfText(textOf(told) ?? "", dateFormat);
  return day === null
    ? null
    : { day, minutes: time === undefined ? null : clockMinutes(String(look(time) ?? "")) };
}

function dayOfText(text: string, format: "yyyy-mm-dd" | "dd/mm/yyyy" | "mm/dd/yyyy"): Day | null {
  if (format === "yyyy-mm-dd") return parseIsoDay(text);
  const [first, second, year] =
    /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)?.slice(1).map(Number) ?? [];
  if (first === undefined || second === undefined || year === undefined) return null;
  return format === "dd/mm/yyyy" ? civilDay(year, second, first) : civilDay(year, first, second);
}

function leagueOf(look: Look, told: FeedMapping["league"], country: string | null): FeedLeague | null {
  if (typeof told === "string") return namedLeague(told, country);
  const text = idOf(look(told.column));
  if (text === null) return null;
  const code = told.codes && Object.hasOwn(told.codes, text) ? told.codes[text] : text;
  return namedLeague(code ?? text, country);
}

function quotesOf(draft: Draft, look: Look, receivedAt: Instant, prices: readonly MappedPrice[]): Quote[] {
  const quotes: Quote[] = [];
  for (const { column, source, market, runner, side, line, size, observed } of prices) {
    const price = known(look, column);
    if (price === null || price === undefined) continue;
    addQuote(draft, quotes, {
      book: { ...bookOf(source), code: source },
      market,
      runner,
      ...(side ? { side } : {}),
      line: handicapLine(line ?? 0) ?? 0,
      price,
      size: size === undefined ? null : numberOf(look(size)),
      observedAt: (observed === undefined ? null : instantOf(look(observed))) ?? receivedAt,
      path: column,
    });
  }
  return quotes;
}
