import { civilDay, type Day } from "../../core/day.js";
import type { Runner } from "../../domain/market.js";
import type { Quote, QuoteKind, Side } from "../../domain/price.js";
import { kickOffInstant } from "../../domain/slot.js";
import type { RecordedGoals } from "../../warehouse/port.js";
import {
  addRow,
  BLANK,
  createDraft,
  type Draft,
  finish,
  type ParsedFeed,
  type RowReading,
  refused,
  remark,
  setAside,
  shown,
} from "../parse/feed/draft.js";
import { numberOf, textOf } from "../parse/feed/field.js";
import { fixtureOf, goalsOf } from "../parse/feed/fixture.js";
import type { FeedHints } from "../parse/feed/hints.js";
import type { FeedLeague } from "../parse/feed/league.js";
import type { FeedRefusal } from "../parse/feed/refusal.js";
import { readTable, type TableRow } from "../parse/feed/table.js";
import { EXCHANGE } from "./recorded-prices.js";

const NEEDED = [
  "EVENT_DATE",
  "PATH",
  "MARKET_ID",
  "RUNNER_NAME",
  "RUNNER_STATUS",
  "HOME_TEAM",
  "AWAY_TEAM",
  "HOME_SCORE",
  "AWAY_SCORE",
  "BEST_BACK_KICK_OFF",
  "BEST_LAY_KICK_OFF",
];

/**
 * Spellings within the A-League files of 2020/21 to 2023/24, some of them cut short, to the one each club has most
 * often. Each pair was checked: the two never play each other.
 */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["Brisbane", "Brisbane Roar"],
  ["Central Coast (W)", "Central Coast Mariners (W)"],
  ["Wellington (W)", "Wellington Phoenix (W)"],
  ["Western Sydney (W)", "Western Sydney Wanderers (W)"],
  ["Western sydney (W)", "Western Sydney Wanderers (W)"],
  ["Western Sydney Wander (W)", "Western Sydney Wanderers (W)"],
]);

const MEN: FeedLeague = {
  description: { code: "AUS", name: "A-League Men", country: "Australia", tier: 1 },
  byYear: false,
};
const WOMEN: FeedLeague = {
  description: { code: "AUSW", name: "A-League Women", country: "Australia", tier: 1 },
  byYear: false,
};

/**
 * A season of A-League match odds as Betfair's Australian hub gives it: a row a runner, with the best prices to back and
 * to lay at kick-off, who won and the score.
 *
 * The prices are closing prices of the exchange. A market's first row brings its fixture, the others bring theirs to
 * it, by the market's id. Dates carry no time. A score that does not agree with who won is set aside: nobody can tell
 * which of them is right. Prices at half time are in play and not kept.
 * Source: betfair-datascientists.github.io, "A-League" data listing.
 */
export function parseHubCsv(bytes: Uint8Array, _hints: FeedHints): ParsedFeed | FeedRefusal {
  const table = readTable(bytes, NEEDED);
  if (table.kind === "refused") return table;
  const rows: { readonly row: HubRow | null; readonly line: number }[] = [];
  table.each((row, line) => rows.push({ row: row && copied(row), line }));
  const markets = new Map<string, HubRow[]>();
  for (const { row } of rows) if (row !== null) push(markets, row.cell("MARKET_ID"), row);
  const draft = createDraft();
  for (const { row, line } of rows)
    addRow(
      draft,
      line,
      () => row?.raw() ?? "",
      () => (row === null ? BLANK : readRow(draft, row, markets.get(row.cell("MARKET_ID")) ?? [])),
    );
  return finish(draft);
}

/** A row to be kept: a table's own is gone with its line. */
type HubRow = Pick<TableRow, "cell" | "raw">;

function copied(row: TableRow): HubRow {
  const cells = new Map(NEEDED.map((name) => [name, row.cell(name)]));
  const raw = row.raw();
  return { cell: (name) => cells.get(name) ?? "", raw: () => raw };
}

function push(markets: Map<string, HubRow[]>, id: string, row: HubRow): void {
  const known = markets.get(id);
  if (known === undefined) markets.set(id, [row]);
  else known.push(row);
}

function readRow(draft: Draft, row: HubRow, market: readonly HubRow[]): RowReading {
  const eventId = textOf(row.cell("MARKET_ID"));
  if (eventId === null) return refused("event-without-id", "MARKET_ID", "a runner of no market");
  const day = dayOf(row.cell("EVENT_DATE"));
  if (day === null)
    return refused("start-not-an-instant", "EVENT_DATE", `no date, was ${shown(row.cell("EVENT_DATE"))}`);
  const [home, away] = ["HOME_TEAM", "AWAY_TEAM"].map((name) => clubOf(row, name));
  if (home === null || away === null)
    return refused("team-missing", "HOME_TEAM", "a match without two teams");
  const runner = runnerOf(row);
  if (runner === null)
    return refused(
      "team-missing",
      "RUNNER_NAME",
      `neither side nor the draw, was ${shown(row.cell("RUNNER_NAME"))}`,
    );
  const quotes = quotesOf(draft, row, runner, day);
  if (market[0] !== row) return { kind: "event", event: { eventId, quotes } };
  const league = isWomens(row) ? WOMEN : MEN;
  const goals = agreedGoals(draft, market);
  const told = { league, kickOff: { day, minutes: null }, home, away };
  return { kind: "fixture", fixture: fixtureOf(draft, told, { goals, quotes, eventId }) };
}

/** "2020-12-28 00:00:00.000 +0000", "2023-10-20T00:00:00.000Z" and "7/10/2022", the day first. */
function dayOf(text: string): Day | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]|$)/.exec(text);
  if (iso) return civilDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const short = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return short ? civilDay(Number(short[3]), Number(short[2]), Number(short[1])) : null;
}

function isWomens(row: HubRow): boolean {
  return /\bW-League|\bWomen/.test(row.cell("PATH"));
}

/** A women's side carries "(W)", which some cells lack and others cut short. */
function clubOf(row: HubRow, column: string): string | null {
  const told = textOf(row.cell(column));
  if (told === null) return null;
  const name = isWomens(row) ? `${told.replace(/\s*(\((W\)?)?)?$/, "")} (W)` : told;
  return SPELLINGS.get(name) ?? name;
}

/** The side a runner is: by its name, or by the only side whose name holds all words of a shorter one. */
function runnerOf(row: HubRow): Runner | null {
  const name = row.cell("RUNNER_NAME");
  if (/^(the )?draw$/i.test(name)) return "DRAW";
  const [club, home, away] = ["RUNNER_NAME", "HOME_TEAM", "AWAY_TEAM"].map((column) => clubOf(row, column));
  if (club === null || home === null || away === null) return null;
  const [isHome, isAway] = [home, away].map((side) => side === club || holds(side, club));
  if (isHome === isAway) return null;
  return isHome ? "HOME" : "AWAY";
}

function holds(side: string, name: string): boolean {
  const words = side.toLowerCase().split(" ");
  return name
    .toLowerCase()
    .split(" ")
    .every((word) => words.includes(word));
}

/** The score, where every runner of the market won or lost as it says. */
function agreedGoals(draft: Draft, market: readonly HubRow[]): RecordedGoals | null {
  const [first] = market;
  const score = ["HOME_SCORE", "AWAY_SCORE"].map((name) => first?.cell(name) || null);
  const goals = goalsOf(draft, "HOME_SCORE", [score[0], score[1]]);
  if (goals === null) return null;
  const won =
    goals.homeGoals > goals.awayGoals ? "HOME" : goals.homeGoals < goals.awayGoals ? "AWAY" : "DRAW";
  const winners = market.filter((row) => row.cell("RUNNER_STATUS") === "WINNER").map(runnerOf);
  if (winners.length === 1 && winners[0] === won) return goals;
  const text = `${score.join("-")} does not agree with the winner, was ${winners.join(", ") || "nobody"}`;
  setAside(draft, "HOME_SCORE", "score-not-a-count", text);
  return null;
}

const HIGHEST = 1000;

/** The best prices to back and to lay; a back above its lay is remarked: a moment no book ever had. */
function quotesOf(draft: Draft, row: HubRow, runner: Runner, day: Day): Quote[] {
  const back = priceOf(draft, row, "BEST_BACK_KICK_OFF");
  const lay = priceOf(draft, row, "BEST_LAY_KICK_OFF");
  if (back !== null && lay !== null && back >= lay)
    remark(
      draft,
      "BEST_BACK_KICK_OFF",
      "crossed",
      `back ${back} is not below lay ${lay}: two moments, no arbitrage`,
    );
  draft.sources.set(EXCHANGE.code, EXCHANGE);
  const observedAt = kickOffInstant(day, null);
  const quote = (side: Side, price: number | null): Quote[] =>
    price === null ? [] : [{ kind: kindOf(draft, runner, side), line: 0, price, size: null, observedAt }];
  return [...quote("BACK", back), ...quote("LAY", lay)];
}

function priceOf(draft: Draft, row: HubRow, column: string): number | null {
  const text = row.cell(column);
  if (text === "") return null;
  const price = numberOf(text);
  if (price !== null && price > 1 && price <= HIGHEST) return price;
  const rule = price === null ? "price-not-numeric" : price > 1 ? "price-above-1001" : "price-not-above-one";
  setAside(draft, column, rule, `no price of the exchange, was ${shown(text)}`);
  return null;
}

/** Equal kinds are one object. */
function kindOf({ kinds }: Draft, runner: Runner, side: Side): QuoteKind {
  const key = `${EXCHANGE.code} ${runner} ${side} close`;
  const kind = kinds.get(key) ?? {
    source: EXCHANGE.code,
    market: "MATCH_ODDS",
    runner,
    side,
    moment: "close",
  };
  kinds.set(key, kind);
  return kind;
}
