import { initial } from "./migrations/0001-initial.js";
import { sources } from "./migrations/0002-sources.js";
import { exchange } from "./migrations/0003-exchange.js";
import { checker } from "./migrations/0004-checker.js";
import { tickLines } from "./migrations/0005-tick-lines.js";

/** One step of the schema, forward only. A released step is never edited: what it got wrong, the next one mends. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** In order, versions 1, 2, 3, ... */
export const migrations: readonly Migration[] = [
  { version: 1, sql: initial },
  { version: 2, sql: sources },
  { version: 3, sql: exchange },
  { version: 4, sql: checker },
  { version: 5, sql: tickLines },
];

/** The schema this code reads and writes. */
export const schemaVersion = migrations.length;
