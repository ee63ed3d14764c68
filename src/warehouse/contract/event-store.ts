import type { Instant } from "../../core/clock.js";
import type { Season } from "../../domain/season.js";

/** The outbox: what happened, written in the transaction that made it so, and who has read how far. */
export interface EventStore {
  /**
   * Events after an id, oldest first, at most `limit`. The payloads of prices and first results are read from the
   * rows they tell of, which are never changed.
   */
  events(query: EventQuery): Promise<readonly StoredEvent[]>;
  /** Id of the newest event; 0 without any. */
  lastEvent(): Promise<number>;
  consumers(): Promise<readonly Consumer[]>;
  /** Null for a name that has never committed. */
  consumer(name: string): Promise<Consumer | null>;
  /**
   * Say that a consumer has handled everything up to `cursor`. It never goes back by this: a slower process of the
   * same name changes nothing.
   */
  commitCursor(name: string, cursor: number): Promise<void>;
  /** Put a consumer's cursor anywhere, back as well; null forgets the consumer. */
  resetCursor(name: string, cursor: number | null): Promise<void>;
}

export interface EventQuery {
  readonly after: number;
  readonly limit: number;
  readonly types?: readonly string[] | undefined;
  readonly leagues?: readonly string[] | undefined;
}

export interface Consumer {
  readonly name: string;
  /** Id of the last event it has handled. */
  readonly cursor: number;
  readonly updatedAt: Instant;
}

export interface StoredEvent {
  readonly id: number;
  readonly type: string;
  /** What it is about: events of one key are in order. */
  readonly key: string;
  readonly league: string;
  readonly fixtureId: number | null;
  /** The match by what it is known as everywhere; null for an event that is about none. */
  readonly fixture: EventFixture | null;
  readonly schemaVersion: number;
  readonly modelVersion: string;
  readonly at: Instant;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface EventFixture {
  readonly season: Season;
  /** "2014-08-16". */
  readonly date: string;
  readonly home: string;
  readonly away: string;
}
