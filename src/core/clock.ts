/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Where the time comes from. Pure rooms take an `Instant`; only the edges hold a `Clock`. */
export interface Clock {
  now(): Instant;
}
