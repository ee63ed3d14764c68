import type { Instant } from "../core/clock.js";
import { StatisticoError } from "../core/errors.js";
import type { PriceSource } from "../domain/price.js";
import type {
  ClubRatingRecord,
  EventRecord,
  FixtureRecord,
  LeagueDescription,
  RawFile,
  Reject,
  Warning,
} from "../warehouse/port.js";
import { type FeedMapping, parseMapped } from "./parse/feed/mapping.js";
import { parseFootballData } from "./parse/football-data.js";
import { feedByName } from "./sources/feeds.js";

/** What a reader makes of a file. rows = records + events + ratings + rejects of scope "row" + blank, exactly. */
export interface ReadFile {
  readonly kind: "parsed";
  readonly leagues: readonly LeagueDescription[];
  readonly sources: readonly PriceSource[];
  readonly rows: number;
  readonly blank: number;
  readonly records: readonly FixtureRecord[];
  readonly events?: readonly EventRecord[];
  readonly ratings?: readonly ClubRatingRecord[];
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
}

/** Why nothing of a file can be used. */
export interface UnreadFile {
  readonly kind: "refused";
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly hint: string;
}

/** How the files of a source are read. */
export interface Reader {
  readonly source: string;
  /** Name and version: raised when the same bytes are read differently. */
  readonly version: string;
  /** A mapping in so many words, kept with what it read; "" for a reader that needs none. */
  readonly mapping: string;
  readonly parse: (bytes: Uint8Array, hints: ReadHints) => ReadFile | UnreadFile;
}

export interface ReadHints {
  readonly name: string;
  readonly receivedAt: Instant;
  readonly league?: string | undefined;
}

export const SOURCE = "football-data";

export const FOOTBALL_DATA: Reader = {
  source: SOURCE,
  version: "football-data@1",
  mapping: "",
  parse: parseFootballData,
};

/** The reader of a source by its name; null for a source nobody knows. */
export function readerOf(source: string): Reader | null {
  if (source === SOURCE) return FOOTBALL_DATA;
  const feed = feedByName(source);
  return feed ? { source, version: feed.reader, mapping: "", parse: feed.parse } : null;
}

/** The reader of a source that the operator describes. */
export function mappedReader(source: string, mapping: FeedMapping): Reader {
  const words = encodeURIComponent(JSON.stringify(mapping));
  return {
    source,
    version: "mapped@1",
    mapping: words,
    parse: (bytes, hints) => parseMapped(bytes, hints, mapping),
  };
}

/** The reader that read an archived file; null when this version has none of its source. */
export function readerOfFile({ source, reading }: RawFile): Reader | null {
  const words = /(?:^| )map=(\S+)/.exec(reading)?.[1];
  if (words === undefined) return readerOf(source);
  const mapping: FeedMapping = JSON.parse(decodeURIComponent(words));
  return mappedReader(source, mapping);
}

/** A refusal as the operator's problem; a source that does not accept the key is a matter of authentication. */
export function refusalError(path: string, { rule, line, column, text, hint }: UnreadFile): StatisticoError {
  const place = line > 0 ? `:${line}${column ? ` column ${column}` : ""}` : "";
  const denied =
    rule === "source-error" && /\b(?:api.?key|token|credential|unauthori[sz]ed|forbidden)\b/i.test(text);
  return new StatisticoError(denied ? "authentication" : "data", `${path}${place} ${text}`, hint);
}
