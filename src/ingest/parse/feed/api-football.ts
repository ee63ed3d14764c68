import type { Instant } from "../../../core/clock.js";
import type { Quote } from "../../../domain/price.js";
import type { RecordedGoals } from "../../../warehouse/port.js";
import { bookOf } from "./book.js";
import {
  addItems,
  createDraft,
  type Draft,
  finish,
  leaveOut,
  type ParsedFeed,
  type RowReading,
  refused,
  remark,
  setAside,
  shown,
} from "./draft.js";
import { at, countOf, epochOf, idOf, instantOf, listAt, numberOf, textOf } from "./field.js";
import { fixtureOf, goalsOf } from "./fixture.js";
import type { FeedHints } from "./hints.js";
import { readJson } from "./json.js";
import { type FeedLeague, foreignLeague, leagueByKey, leagueByName } from "./league.js";
import { addQuote, handicapLine, totalMarket } from "./quotes.js";
import { type FeedRefusal, refuseFeed } from "./refusal.js";

/**
 * What API-Football answers to /fixtures and /odds, version 3, and version 2 as it was saved: there the list lies under
 * `api`, names are flat, and half-time scores are texts.
 *
 * Only the score after 90 minutes counts: `score.fulltime`. Odds name their fixture by id alone: they find it once the
 * fixtures have come in. Source: api-football.com/documentation-v3.
 */
export function parseApiFootball(bytes: Uint8Array, hints: FeedHints): ParsedFeed | FeedRefusal {
  const json = readJson(bytes);
  if (json.kind === "refused") return json;
  const errors = Object.values(at(json.value, "errors") ?? {});
  if (errors.length > 0)
    return refuseFeed("source-error", `the source says ${shown(errors[0])}`, "look at the key and the plan");
  const [items, version] = itemsOf(json.value);
  if (items === null) return refuseFeed("feed-not-this", "no answer of API-Football about fixtures or odds");
  const draft = createDraft();
  addItems(draft, items, (item) =>
    at(item, "bookmakers") === undefined
      ? readFixture(draft, version === 2 ? modern(item) : item, version)
      : readOdds(draft, item, hints),
  );
  const pages = countOf(at(json.value, "paging", "total")) ?? 1;
  if (pages > 1) remark(draft, "paging", "incomplete-pages", `one page of ${pages}`);
  return finish(draft);
}

/** The list of an answer about fixtures or odds and the version it is of. */
function itemsOf(value: unknown): readonly [readonly unknown[] | null, 2 | 3] {
  const old = at(value, "api", "fixtures") ?? at(value, "api", "odds");
  if (Array.isArray(old)) return [old, 2];
  const get = textOf(at(value, "get")) ?? "";
  const about = get === "" || /^(?:fixtures|odds)/.test(get);
  const list = at(value, "response");
  return [about && Array.isArray(list) ? list : null, 3];
}

/** A fixture of version 2 in the shape of version 3. */
function modern(item: unknown): unknown {
  const pair = (text: unknown): { home?: string; away?: string } => {
    const [home, away] = /^(\d+)\s*-\s*(\d+)$/.exec(textOf(text) ?? "")?.slice(1) ?? [];
    return { home, away };
  };
  return {
    fixture: {
      id: at(item, "fixture_id"),
      date: at(item, "event_date"),
      timestamp: at(item, "event_timestamp"),
      referee: at(item, "referee"),
      status: { short: at(item, "statusShort") },
    },
    league: { ...Object(at(item, "league")), id: at(item, "league_id") },
    teams: {
      home: { name: at(item, "homeTeam", "team_name") },
      away: { name: at(item, "awayTeam", "team_name") },
    },
    goals: { home: at(item, "goalsHomeTeam"), away: at(item, "goalsAwayTeam") },
    score: { halftime: pair(at(item, "score", "halftime")), fulltime: pair(at(item, "score", "fulltime")) },
  };
}

const FINISHED = new Set(["FT", "AET", "PEN", "AWD", "WO"]);
const CALLED_OFF = new Set(["PST", "CANC", "ABD", "SUSP", "INT", "TBD"]);

function readFixture(draft: Draft, item: unknown, version: 2 | 3): RowReading {
  const eventId = idOf(at(item, "fixture", "id"));
  if (eventId === null) return refused("event-without-id", "fixture.id", "a fixture without an id");
  const [home, away] = [textOf(at(item, "teams", "home", "name")), textOf(at(item, "teams", "away", "name"))];
  if (home === null || away === null) return refused("team-missing", "teams", "a fixture without two teams");
  const date = at(item, "fixture", "date");
  const kickOff = epochOf(at(item, "fixture", "timestamp")) ?? instantOf(date);
  if (kickOff === null)
    return refused("start-not-an-instant", "fixture.date", `no instant, was ${shown(date)}`);
  const league = leagueOf(item, version);
  if (league === null) return refused("league-not-named", "league", "a fixture without a league");
  const status = textOf(at(item, "fixture", "status", "short")) ?? "";
  if (CALLED_OFF.has(status)) remark(draft, "fixture.status", "postponed", `${home} - ${away} is ${status}`);
  if (status === "AWD" || status === "WO") remark(draft, "fixture.status", "awarded", `${home} - ${away}`);
  const season = countOf(at(item, "league", "season"));
  const goals = FINISHED.has(status) ? scoreOf(draft, item, status) : null;
  return {
    kind: "fixture",
    fixture: fixtureOf(draft, { league, kickOff, season, home, away }, { eventId, goals }),
  };
}

function leagueOf(item: unknown, version: 2 | 3): FeedLeague | null {
  const key = idOf(at(item, "league", "id"));
  const name = textOf(at(item, "league", "name"));
  const country = textOf(at(item, "league", "country"));
  if (key === null) return null;
  const known = version === 3 ? leagueByKey("api-football", key) : null;
  const named = country !== null && name !== null ? leagueByName(country, name) : null;
  return (
    known ??
    named ??
    foreignLeague(version === 3 ? "api-football" : "api-football-v2", key, name ?? key, country)
  );
}

function scoreOf(draft: Draft, item: unknown, status: string): RecordedGoals | null {
  const pair = (...keys: string[]): [unknown, unknown] => [
    at(item, ...keys, "home"),
    at(item, ...keys, "away"),
  ];
  const after90 = pair("score", "fulltime");
  const known = after90.some((goals) => goals !== null && goals !== undefined);
  if (!known && (status === "AET" || status === "PEN")) {
    setAside(draft, "goals", "score-after-extra-time", "the score after 90 minutes is not told");
    return null;
  }
  return goalsOf(draft, "score", known ? after90 : pair("goals"), pair("score", "halftime"));
}

function readOdds(draft: Draft, item: unknown, { receivedAt }: FeedHints): RowReading {
  const eventId = idOf(at(item, "fixture", "id") ?? at(item, "fixture", "fixture_id"));
  if (eventId === null) return refused("event-without-id", "fixture.id", "odds without a fixture's id");
  const observedAt = instantOf(at(item, "update")) ?? epochOf(at(item, "fixture", "updateAt")) ?? receivedAt;
  const quotes: Quote[] = [];
  for (const [index, book] of listAt(item, "bookmakers").entries())
    readBook(draft, quotes, book, observedAt, `bookmakers[${index}]`);
  return { kind: "event", event: { eventId, quotes } };
}

function readBook(draft: Draft, quotes: Quote[], told: unknown, observedAt: Instant, path: string): void {
  const name = textOf(at(told, "name") ?? at(told, "bookmaker_name"));
  if (name === null) return;
  const book = bookOf(name);
  for (const [index, bet] of listAt(told, "bets").entries()) {
    const label = textOf(at(bet, "name") ?? at(bet, "label_name")) ?? "";
    for (const [order, value] of listAt(bet, "values").entries()) {
      const here = `${path}.bets[${index}].values[${order}]`;
      const runner = textOf(at(value, "value")) ?? idOf(at(value, "value")) ?? "";
      const priced = priceKind(label, runner);
      if (priced === "left") leaveOut(draft, label);
      else if (priced === null)
        setAside(draft, here, "runner-unknown", `no runner of ${label}, was ${shown(runner)}`);
      else addQuote(draft, quotes, { ...priced, book, price: at(value, "odd"), observedAt, path: here });
    }
  }
}

type Priced = Pick<Parameters<typeof addQuote>[2], "market" | "runner" | "line">;

const DOUBLE_CHANCE: Readonly<Record<string, string>> = {
  "HOME/DRAW": "HOME_OR_DRAW",
  "DRAW/AWAY": "DRAW_OR_AWAY",
  "HOME/AWAY": "HOME_OR_AWAY",
};

/** What a value is a price of; "left" for a bet that is not kept, null for a value it cannot have. */
function priceKind(bet: string, told: string): Priced | "left" | null {
  const runner = told.toUpperCase();
  const among = (runners: readonly string[], priced: Priced): Priced | null =>
    runners.includes(runner) ? priced : null;
  switch (bet) {
    case "Match Winner":
      return among(["HOME", "DRAW", "AWAY"], { market: "MATCH_ODDS", runner });
    case "Home/Away":
      return among(["HOME", "AWAY"], { market: "DRAW_NO_BET", runner });
    case "Both Teams Score":
      return among(["YES", "NO"], { market: "BOTH_TEAMS_TO_SCORE", runner });
    case "Double Chance": {
      const pair = DOUBLE_CHANCE[runner];
      return pair === undefined ? null : { market: "DOUBLE_CHANCE", runner: pair };
    }
    case "Goals Over/Under":
      return lined(runner, ["OVER", "UNDER"], totalMarket);
    case "Asian Handicap":
      return lined(runner, ["HOME", "AWAY"], (goals, side) => {
        const line = handicapLine(side === "AWAY" ? -goals : goals);
        return line === null ? null : { market: "ASIAN_HANDICAP", line };
      });
    default:
      return "left";
  }
}

/** "OVER 2.5" and "HOME -0.5". */
function lined(
  told: string,
  runners: readonly string[],
  marketOf: (goals: number, runner: string) => Omit<Priced, "runner"> | null,
): Priced | null {
  const [runner = "", line = ""] = told.split(" ");
  const goals = numberOf(line.replace(/^\+/, ""));
  const market = goals === null || !runners.includes(runner) ? null : marketOf(goals, runner);
  return market && { ...market, runner };
}
