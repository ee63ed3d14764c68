import type { PriceSource, QuoteKind } from "../../../domain/price.js";
import type {
  ClubRatingRecord,
  EventRecord,
  FixtureRecord,
  LeagueDescription,
  Reject,
  Warning,
} from "../../../warehouse/port.js";
import type { FeedCellRule, FeedRowRule, FeedWarningRule } from "./rule.js";

/**
 * What a document of a feed says. rows = records + events + ratings + rejects of scope "row" + blank, exactly; a row is
 * an element of the feed's list, numbered from 1, or a line of a table.
 */
export interface ParsedFeed {
  readonly kind: "parsed";
  readonly leagues: readonly LeagueDescription[];
  readonly sources: readonly PriceSource[];
  readonly rows: number;
  readonly blank: number;
  readonly records: readonly FixtureRecord[];
  readonly events: readonly EventRecord[];
  readonly ratings: readonly ClubRatingRecord[];
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
}

/** What one row comes to. `blank`: it holds nothing that is kept, which is no fault of it. */
export type RowReading =
  | { readonly kind: "fixture"; readonly fixture: Omit<FixtureRecord, "line"> }
  | { readonly kind: "event"; readonly event: Omit<EventRecord, "line"> }
  | { readonly kind: "rating"; readonly rating: Omit<ClubRatingRecord, "line"> }
  | { readonly kind: "refused"; readonly rule: FeedRowRule; readonly path: string; readonly text: string }
  | { readonly kind: "blank" };

export const BLANK: RowReading = { kind: "blank" };

export function refused(rule: FeedRowRule, path: string, text: string): RowReading {
  return { kind: "refused", rule, path, text };
}

/** A document being read. Lists grow while its rows are. */
export interface Draft {
  readonly leagues: Map<string, LeagueDescription>;
  readonly sources: Map<string, PriceSource>;
  readonly kinds: Map<string, QuoteKind>;
  readonly records: FixtureRecord[];
  readonly events: EventRecord[];
  readonly ratings: ClubRatingRecord[];
  readonly rejects: Reject[];
  readonly warnings: Warning[];
  /** Markets left out, and how many prices of them. */
  readonly left: Map<string, number>;
  readonly seen: Set<string>;
  rows: number;
  blank: number;
  /** The row at hand and its text. */
  line: number;
  raw: () => string;
}

export function createDraft(): Draft {
  return {
    leagues: new Map(),
    sources: new Map(),
    kinds: new Map(),
    records: [],
    events: [],
    ratings: [],
    rejects: [],
    warnings: [],
    left: new Map(),
    seen: new Set(),
    rows: 0,
    blank: 0,
    line: 0,
    raw: () => "",
  };
}

/** Enter the row at `line`; exactly one of the counts grows. */
export function addRow(draft: Draft, line: number, raw: () => string, read: () => RowReading): void {
  draft.rows++;
  draft.line = line;
  draft.raw = raw;
  const row = read();
  if (row.kind === "blank") draft.blank++;
  else if (row.kind === "refused") reject(draft, row.path, row.rule, row.text, "row");
  else if (row.kind === "rating") draft.ratings.push({ line, ...row.rating });
  else if (row.kind === "event") draft.events.push({ line, ...row.event });
  else addFixture(draft, { line, ...row.fixture });
}

/** Read every element of a feed's list. What is no object, or would reach into its prototype, is refused. */
export function addItems(draft: Draft, items: readonly unknown[], read: (item: unknown) => RowReading): void {
  for (const [index, item] of items.entries())
    addRow(
      draft,
      index + 1,
      () => JSON.stringify(item) ?? "",
      () => {
        if (typeof item !== "object" || item === null || Array.isArray(item))
          return refused("item-not-an-object", "", `an element that is no object, was ${shown(item)}`);
        const key = prototypeKey(item, 8);
        if (key !== null) return refused("prototype-key", key, `a key that no feed has, was ${key}`);
        return read(item);
      },
    );
}

/** Set a part of the row at hand aside; the row is kept. */
export function setAside(draft: Draft, path: string, rule: FeedCellRule, text: string): void {
  reject(draft, path, rule, text, "cell");
}

const MOST_WARNINGS = 1000;

export function remark(draft: Draft, path: string, rule: FeedWarningRule, text: string): void {
  const { warnings, line } = draft;
  if (warnings.length < MOST_WARNINGS) warnings.push({ rule, line, column: path, text });
  else if (warnings.length === MOST_WARNINGS)
    warnings.push({ rule: "warnings-cut", line, column: "", text: `no warnings after ${MOST_WARNINGS}` });
}

/** Count a price of a market that is not kept. */
export function leaveOut(draft: Draft, market: string): void {
  draft.left.set(market, (draft.left.get(market) ?? 0) + 1);
}

export function finish(draft: Draft): ParsedFeed {
  const { leagues, sources, left, rows, blank, records, events, ratings, rejects, warnings } = draft;
  if (left.size > 0) {
    const prices = [...left.values()].reduce((sum, n) => sum + n, 0);
    const names = [...left.keys()].slice(0, 5).join(", ");
    draft.line = 0;
    remark(
      draft,
      "",
      "market-not-kept",
      `${prices} prices of ${left.size} markets that are not kept: ${names}`,
    );
  }
  return {
    kind: "parsed",
    leagues: [...leagues.values()],
    sources: [...sources.values()],
    rows,
    blank,
    records,
    events,
    ratings,
    rejects,
    warnings,
  };
}

/** A fixture that the document has named before is refused: which of the two is meant, nobody can tell. */
function addFixture(draft: Draft, record: FixtureRecord): void {
  const { eventId, league, day, home, away } = record;
  const key = eventId ?? `${league}\n${day}\n${home}\n${away}`;
  if (home === away) {
    reject(draft, "", "team-against-itself", `${home} plays itself`, "row");
  } else if (draft.seen.has(key)) {
    reject(draft, "", "duplicate-event", `${home} - ${away} stands in the document already`, "row");
  } else {
    draft.seen.add(key);
    draft.records.push(record);
  }
}

const LONGEST_RAW = 2000;

function reject(
  draft: Draft,
  column: string,
  rule: FeedRowRule | FeedCellRule,
  text: string,
  scope: "row" | "cell",
): void {
  draft.rejects.push({ line: draft.line, column, rule, text, raw: draft.raw().slice(0, LONGEST_RAW), scope });
}

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

function prototypeKey(value: unknown, depth: number): string | null {
  if (typeof value !== "object" || value === null || depth === 0) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = FORBIDDEN.has(key) ? key : prototypeKey(inner, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

/** A value as it can stand in a sentence. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const safe = text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
  return safe.length > 60 ? `"${safe.slice(0, 60)}..."` : `"${safe}"`;
}
