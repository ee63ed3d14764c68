import type { Instant } from "../core/clock.js";
import type { Day } from "../core/day.js";
import type { Fixture, MatchStatistics, PlayedMatch, Result, Team } from "../domain/fixture.js";
import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { Moment, PriceSnapshot, PriceSource, Quote, SourceCode } from "../domain/price.js";
import type { PricePoint } from "../domain/price-point.js";
import type { Season } from "../domain/season.js";
import type { EventStore } from "./contract/event-store.js";
import type {
  ExchangeLink,
  ExchangeMarket,
  ExchangeNovelty,
  ExchangeQuery,
  ExchangeRecording,
} from "./contract/exchange.js";
import type { PollStore } from "./contract/poll-store.js";

export type * from "./contract/event-store.js";
export type * from "./contract/exchange.js";
export type * from "./contract/poll-store.js";

/**
 * The odds warehouse as the other rooms see it: domain types in, domain types out, no SQL, no rows.
 *
 * Every method is a whole unit of work: a write is one transaction, a read is one consistent view. Methods are
 * asynchronous so that a server database can stand behind the same port; the SQLite adapter answers at once.
 * Reads that feed a decision take `asOf` and return only what was known then.
 */
export interface Warehouse extends PollStore, EventStore {
  // --- what goes in -------------------------------------------------------------------------------------------
  /**
   * Write what one file says, in one transaction: all of it or nothing. The same file again changes nothing. An older
   * file, by `receivedAt`, adds what is missing but corrects nothing. Throws InvariantError when its rows do not add up.
   */
  writeFile(file: IngestedFile): Promise<FileOutcome>;
  /**
   * What these very bytes under the same reading come to when an earlier ingest has them: nothing new or changed, every
   * used row the same, no prices; the warnings of then. Null when they are new.
   */
  fileOutcome(sha256: string, reading: string): Promise<FileOutcome | null>;
  rawFiles(): Promise<readonly RawFile[]>;
  /**
   * Write what a file of exchange messages says, in one transaction. A recording that is there already is not written
   * twice, whatever file it comes from; another one of a known market stands beside it.
   */
  writeExchangeFile(file: ExchangeFile): Promise<ExchangeOutcome>;
  /** Say which fixtures exchange markets are. Derived: a link that differs replaces the one there was. */
  writeExchangeLinks(links: readonly ExchangeLink[]): Promise<WriteCounts>;
  /**
   * Make a source's spelling mean a club. When the spelling is a club of its own, both become one, or it is renamed
   * when there is no club of the other name; an alias that equals its team says "a club of its own, ask no more".
   * Throws StatisticoError when the country has no clubs.
   */
  addAlias(alias: TeamAlias): Promise<AliasOutcome>;
  /** How many of the entries there are. */
  setQuarantineStatus(ids: readonly number[], status: QuarantineStatus): Promise<number>;
  /** Ratings are derived: writing them again replaces what differs. */
  writeRatings(ratings: readonly StoredRating[]): Promise<WriteCounts>;
  writeCompiledOdds(odds: readonly CompiledPrice[]): Promise<WriteCounts>;
  /** The run's new id. */
  writeRun(run: StoredRun): Promise<number>;
  /**
   * Count `cost` requests against every limit, or against none when one of them would be passed: then the instant at
   * which the fullest window ends is returned, else null. Shared by every process that uses this database.
   */
  spendRequests(spending: RequestSpending): Promise<Instant | null>;

  // --- what comes out -----------------------------------------------------------------------------------------
  /** Codes alone, in order: `leagues` counts, which takes a while. */
  leagueCodes(): Promise<readonly string[]>;
  leagues(): Promise<readonly LeagueSummary[]>;
  teams(query?: {
    readonly country?: string | undefined;
    readonly league?: string | undefined;
  }): Promise<readonly Team[]>;
  aliases(): Promise<readonly TeamAlias[]>;
  /** Names that wait for a person's word: unknown ones, and new clubs that look like a known one. */
  suspectedNames(): Promise<readonly SuspectedName[]>;
  /** Fixture ids by the source's own event ids. */
  providerEvents(source: string): Promise<ReadonlyMap<string, number>>;
  /** Latest revision known at `asOf`, in kick-off order and by source. */
  expectedGoals(
    query: FixtureQuery & { readonly asOf?: Instant | undefined; readonly source?: string | undefined },
  ): Promise<readonly ExpectedGoals[]>;
  /** What a source rated clubs on `day`; the latest there is when it is left out. By value, the highest first. */
  clubRatings(query: {
    readonly source: string;
    readonly country?: string | undefined;
    readonly day?: Day | undefined;
  }): Promise<readonly ClubRating[]>;
  fixtures(query: FixtureQuery): Promise<readonly Fixture[]>;
  /** Latest revision known at `asOf` of each result; of all results when `asOf` is left out. Kick-off order. */
  matches(query: FixtureQuery & { readonly asOf?: Instant | undefined }): Promise<readonly PlayedMatch[]>;
  /** Statistics by fixture id, latest revision known at `asOf`. */
  statistics(
    query: FixtureQuery & { readonly asOf?: Instant | undefined },
  ): Promise<ReadonlyMap<number, MatchStatistics>>;
  /** Every revision of results that were corrected. */
  revisions(query: FixtureQuery): Promise<readonly Result[]>;
  /** Days that fixtures were moved from, in kick-off order of the fixtures and in the order in which they were moved. */
  moves(query: FixtureQuery): Promise<readonly FixtureMove[]>;
  /** In kick-off order of the fixtures. `limit` counts prices. */
  prices(query: PriceQuery): Promise<readonly PriceSnapshot[]>;
  sources(): Promise<readonly PriceSource[]>;
  /** In the order of their planned start and their ids, each by its best recording. */
  exchangeMarkets(query: ExchangeQuery): Promise<readonly ExchangeMarket[]>;
  quarantine(query?: QuarantineQuery): Promise<readonly QuarantineEntry[]>;
  ratings(query: RatingQuery): Promise<readonly StoredRating[]>;
  compiledOdds(query: CompiledQuery): Promise<readonly CompiledPrice[]>;
  /** Runs, the latest first; `document` and `detail` are "" unless `whole`: they hold every bet of a run. */
  runs(query?: {
    readonly id?: number | undefined;
    readonly command?: string | undefined;
    readonly limit?: number | undefined;
    readonly whole?: boolean | undefined;
  }): Promise<readonly StoredRun[]>;
  /** One price a source, selection and side: the point of its line asked for. In the order of `prices`. */
  lines(query: LineQuery): Promise<readonly PriceSnapshot[]>;

  // --- its own health -----------------------------------------------------------------------------------------
  /**
   * sha256 over everything ingested, by natural keys: equal for equal content, whatever the order of surrogate ids and
   * the days on which files came in. Reads everything once after each change, then remembers.
   */
  contentHash(): Promise<string>;
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Problems found by the engine's own checks and ours; empty when sound. */
  check(): Promise<readonly string[]>;
  /** A consistent copy in `path`, verified after writing. Throws StatisticoError when `path` exists. */
  backup(path: string): Promise<void>;
  /** Read-only query of a person; at most `limit` rows. Throws StatisticoError when it is wrong or takes `timeoutMs`. */
  query(sql: string, options: { readonly limit: number; readonly timeoutMs: number }): Promise<QueryAnswer>;
  close(): Promise<void>;
}

/** Where a fixture stood until it was put off or brought forward. */
export interface FixtureMove {
  readonly fixtureId: number;
  readonly day: Day;
  readonly kickOff: Instant;
  /** When it was known to stand there no longer. */
  readonly knownAt: Instant;
}

/**
 * The right of this process to do one kind of work alone. It ends with `release`, or with the process, however that
 * ends. Keep the object for as long as the work lasts: a lock that nothing refers to may be released.
 */
export interface InstanceLock {
  release(): void;
}

/** A row or part of a row that could not be used, with all that is needed to find and judge it. */
export interface Reject {
  readonly line: number;
  /** Column name, or "" when the whole row is meant. */
  readonly column: string;
  readonly rule: string;
  readonly text: string;
  /** The row's raw text, cut at 2,000 characters. */
  readonly raw: string;
  /** `row`: the row gave nothing. `cell`: the row was kept without this cell or group of cells. */
  readonly scope: "row" | "cell";
}

export interface Warning {
  readonly rule: string;
  readonly line: number;
  readonly column: string;
  readonly text: string;
}

/** What a file says about one fixture. Names are the source's own, trimmed; the warehouse resolves them to clubs. */
export interface FixtureRecord {
  readonly line: number;
  readonly league: string;
  readonly season: Season;
  readonly day: Day;
  /** Minutes after United Kingdom midnight; null when the source gives no time. */
  readonly minutes: number | null;
  readonly home: string;
  readonly away: string;
  readonly goals: RecordedGoals | null;
  readonly statistics: MatchStatistics | null;
  readonly referee: string | null;
  readonly attendance: number | null;
  readonly quotes: readonly Quote[];
  /** The source's own id of the event: what it says of it later is then known to be about this fixture. */
  readonly eventId?: string | undefined;
  readonly expectedGoals?: RecordedExpectedGoals | undefined;
}

/** What a source says of an event that it names by its own id alone. */
export interface EventRecord {
  readonly line: number;
  readonly eventId: string;
  readonly quotes: readonly Quote[];
  readonly expectedGoals?: RecordedExpectedGoals | undefined;
}

/** Expected goals of both sides, and the shots they were counted from where the source says. */
export interface RecordedExpectedGoals {
  readonly home: number;
  readonly away: number;
  readonly homeShots: number | null;
  readonly awayShots: number | null;
}

/** A club's rating as somebody else publishes it. */
export interface ClubRatingRecord {
  readonly line: number;
  readonly country: string;
  readonly club: string;
  readonly fromDay: Day;
  /** The last day on which the value stands. */
  readonly untilDay: Day;
  readonly value: number;
}

export interface RecordedGoals {
  readonly homeGoals: number;
  readonly awayGoals: number;
  readonly halfTimeHome: number | null;
  readonly halfTimeAway: number | null;
}

/** A competition as a file or the catalogue describes it. */
export interface LeagueDescription {
  readonly code: string;
  readonly name: string;
  /** Clubs of one country share names across its leagues. */
  readonly country: string;
  /** 1 = top; null when unknown. */
  readonly tier: number | null;
}

export interface RawFile {
  readonly sha256: string;
  readonly source: string;
  /** Path or address it came from. */
  readonly path: string;
  readonly bytes: number;
  readonly receivedAt: Instant;
  /** Version of the parser and its options: other readings of the same bytes are done afresh. */
  readonly reading: string;
}

/** A parsed file on its way into the warehouse. rows = records + events + ratings + row rejects + blank, exactly. */
export interface IngestedFile {
  readonly raw: RawFile;
  readonly leagues: readonly LeagueDescription[];
  readonly sources: readonly PriceSource[];
  /** How the source's spellings map to clubs: applied before a name is looked up. */
  readonly aliases: readonly TeamAlias[];
  readonly rows: number;
  readonly blank: number;
  readonly records: readonly FixtureRecord[];
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
  readonly events?: readonly EventRecord[] | undefined;
  readonly ratings?: readonly ClubRatingRecord[] | undefined;
  /**
   * A name that no club bears becomes a club, as it does in any case in a country without clubs or whose clubs this
   * source names. Otherwise the rows that hold it wait: rule "team-unknown".
   */
  readonly newClubs?: boolean | undefined;
}

/** What a file came to. rows = new + changed + same + quarantined + blank. */
export interface FileOutcome {
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly quarantined: number;
  readonly blank: number;
  /** Cells set aside while their row was kept. */
  readonly quarantinedCells: number;
  /** Prices appended: those that were there already do not count. */
  readonly prices: number;
  readonly warnings: readonly Warning[];
  /** Results that this file corrected. */
  readonly revisions: readonly ResultRevision[];
  readonly leagues: readonly string[];
  readonly seasons: readonly Season[];
}

/** What one file of exchange messages says. rows = used + repeated + quarantined + blank, exactly. */
export interface ExchangeFile {
  readonly raw: RawFile;
  readonly rows: number;
  /** Lines that were read into a market. */
  readonly used: number;
  /** Lines that repeat lines of the same file. */
  readonly repeated: number;
  readonly quarantined: number;
  readonly blank: number;
  /** Parts of lines that were set aside while the rest was used. */
  readonly quarantinedCells: number;
  /** The first of what was set aside; the counts say how much there was. */
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
  readonly recordings: readonly ExchangeRecording[];
}

/** The lines of a file that brought a new market are new; of one that brought another recording only, changed. */
export interface ExchangeOutcome extends FileOutcome {
  readonly markets: readonly { readonly marketId: string; readonly novelty: ExchangeNovelty }[];
}

export interface ResultRevision {
  readonly line: number;
  readonly fixtureId: number;
  readonly home: string;
  readonly away: string;
  readonly before: string;
  readonly after: string;
}

export interface WriteCounts {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
}

export interface TeamAlias {
  /** "*": every source but the house's own, football-data. */
  readonly source: string;
  readonly country: string;
  readonly alias: string;
  readonly team: string;
  readonly origin: "built-in" | "user";
}

/** `merged`: both names were clubs of their own; their fixtures are one club's now. */
export type AliasOutcome =
  | { readonly kind: "added" | "same" }
  | { readonly kind: "merged"; readonly fixtures: number }
  | { readonly kind: "conflict"; readonly text: string };

export interface SuspectedName {
  readonly source: string;
  readonly country: string;
  readonly name: string;
  /** The known club most like it; null when none is like it. */
  readonly suggestion: string | null;
  /** 0 to 1; null without a suggestion. */
  readonly score: number | null;
  /** "path:line". */
  readonly firstSeen: string;
  /** True when the rows with this name wait in quarantine; false when it was taken as a new club. */
  readonly waits: boolean;
}

/** Expected goals of a fixture by one source's shot model. */
export interface ExpectedGoals extends RecordedExpectedGoals {
  readonly fixtureId: number;
  readonly source: string;
  readonly revision: number;
  readonly knownAt: Instant;
}

export interface ClubRating {
  readonly team: Team;
  readonly fromDay: Day;
  readonly untilDay: Day;
  readonly value: number;
}

export interface RequestSpending {
  readonly source: string;
  readonly at: Instant;
  readonly cost: number;
  readonly limits: readonly RequestLimit[];
}

/** At most `most` requests in every `windowMs`, counted from multiples of it since 1970. */
export interface RequestLimit {
  readonly windowMs: number;
  readonly most: number;
}

export interface LeagueSummary extends LeagueDescription {
  readonly seasons: readonly Season[];
  readonly fixtures: number;
  readonly results: number;
  readonly teams: number;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

export interface FixtureQuery {
  readonly ids?: readonly number[] | undefined;
  readonly leagues?: readonly string[] | undefined;
  readonly seasons?: readonly Season[] | undefined;
  /** Name of a club that plays, home or away. */
  readonly team?: string | undefined;
  readonly fromDay?: Day | undefined;
  readonly toDay?: Day | undefined;
  /** Only fixtures with, or without, a result. */
  readonly played?: boolean | undefined;
  readonly limit?: number | undefined;
}

export interface PriceQuery extends FixtureQuery {
  readonly markets?: readonly Market[] | undefined;
  readonly sources?: readonly SourceCode[] | undefined;
  readonly moments?: readonly Moment[] | undefined;
  /** Only prices observed at or before this instant. */
  readonly asOf?: Instant | undefined;
  /**
   * Every version of a price instead of the latest: that of the file which came in last. Early and closing prices are
   * one price wherever their fixture moved; each tick is a price of its own.
   */
  readonly everyVersion?: boolean | undefined;
}

export interface LineQuery extends FixtureQuery {
  readonly markets?: readonly Market[] | undefined;
  readonly sources?: readonly SourceCode[] | undefined;
  /** Chosen first; a range of prices is for the reader to apply after. */
  readonly point: PricePoint;
}

export type QuarantineStatus = "open" | "dropped" | "resolved";

export interface QuarantineQuery {
  readonly id?: number | undefined;
  readonly rule?: string | undefined;
  readonly path?: string | undefined;
  readonly status?: QuarantineStatus | undefined;
  readonly limit?: number | undefined;
}

export interface QuarantineEntry extends Reject {
  readonly id: number;
  readonly sha256: string;
  readonly path: string;
  readonly status: QuarantineStatus;
  readonly firstSeen: Instant;
}

export interface StoredRating {
  readonly algorithm: string;
  readonly fixtureId: number;
  readonly team: Team;
  readonly day: Day;
  readonly attackBefore: number;
  readonly defenceBefore: number;
  readonly attackAfter: number;
  readonly defenceAfter: number;
}

export interface RatingQuery {
  readonly algorithm: string;
  readonly league?: string | undefined;
  readonly team?: string | undefined;
  /** Only matches of the days before this one: what was known at its start. */
  readonly asOf?: Day | undefined;
}

export interface CompiledQuery extends FixtureQuery {
  readonly asOf?: Instant | undefined;
  /** What a model version said at every instant, instead of at the latest. */
  readonly everyInstant?: boolean | undefined;
}

/** A price of ours. Append-only; the latest `asOf` of a model version counts. */
export interface CompiledPrice {
  readonly fixtureId: number;
  readonly market: Market;
  readonly runner: Runner;
  readonly line: QuarterLine;
  readonly model: string;
  readonly modelVersion: string;
  readonly asOf: Instant;
  readonly probability: number;
  /** 95% interval of the probability; null when the model gives none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly fairPrice: number;
}

export interface StoredRun {
  readonly id?: number;
  readonly command: string;
  readonly name: string;
  readonly startedAt: Instant;
  readonly version: string;
  readonly dataHash: string;
  readonly configHash: string;
  readonly seed: number;
  /** The JSON document the command printed. */
  readonly document: string;
  /** Anything a report needs beyond the document, as JSON. */
  readonly detail: string;
}

export interface QueryAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
}
