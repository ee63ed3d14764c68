/** Polls of prices with their budget, and the outbox's readers. */
export const checker = `
-- What is known of each request of a source that was ever sent. failures: since the last success, the one under way
-- included, so that a process that dies leaves a failure behind.
CREATE TABLE poll_request (
  source TEXT NOT NULL,
  request TEXT NOT NULL,
  last_poll INTEGER NOT NULL,
  last_success INTEGER,
  failures INTEGER NOT NULL,
  detail TEXT NOT NULL,
  not_before INTEGER,
  PRIMARY KEY (source, request)
) STRICT, WITHOUT ROWID;

-- Every request sent, for budgets and for people. outcome: NULL while it is under way, or when its process died.
CREATE TABLE poll (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  request TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('stored', 'unchanged', 'failed')),
  prices INTEGER NOT NULL DEFAULT 0,
  detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX poll_source ON poll (source, at);

-- Who reads the outbox, and the last event each has handled.
CREATE TABLE consumer (
  name TEXT NOT NULL PRIMARY KEY,
  cursor INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Prices and first results are not told again in the payload: they are the rows of this file.
ALTER TABLE event ADD COLUMN file_id INTEGER REFERENCES raw_file (id);
`;
