/** "STLG": a ledger is not a warehouse, and neither opens as the other. */
export const LEDGER_APPLICATION_ID = 0x53544c47;
export const LEDGER_VERSION = 1;

/**
 * One table of entries and one row that holds the last one's hash: without it, entries cut off at the end would not
 * be missed. Triggers keep a slip of ours from changing what is written; the hashes tell of everybody else's.
 */
export const LEDGER_SCHEMA: readonly string[] = [
  `CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT,
  body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT`,
  `CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT`,
  "CREATE UNIQUE INDEX intent_once ON entry (key) WHERE kind = 'intent'",
  "CREATE INDEX entry_kind ON entry (kind, seq) WHERE key IS NULL",
  `CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END`,
  `CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END`,
];
