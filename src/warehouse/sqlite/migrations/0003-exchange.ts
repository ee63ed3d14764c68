/** Recorded exchange markets. What happened in them, update for update, lies in logs beside the database. */
export const exchange = `
CREATE TABLE exchange_market (
  id INTEGER PRIMARY KEY,
  venue TEXT NOT NULL,
  code TEXT NOT NULL,
  UNIQUE (venue, code)
) STRICT;

-- Append-only. digest: of everything the market did, and the name of its log.
CREATE TABLE exchange_recording (
  id INTEGER PRIMARY KEY,
  market_id INTEGER NOT NULL REFERENCES exchange_market (id),
  digest TEXT NOT NULL,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  updates INTEGER NOT NULL,
  log_bytes INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  event TEXT NOT NULL,
  event_name TEXT,
  name TEXT,
  market_type TEXT NOT NULL,
  betting_type TEXT NOT NULL,
  status TEXT NOT NULL,
  kick_off INTEGER,
  in_play_at INTEGER,
  settled_at INTEGER,
  base_rate REAL,
  winners INTEGER NOT NULL,
  closing TEXT NOT NULL,
  closing_at INTEGER,
  UNIQUE (market_id, digest)
) STRICT;
CREATE INDEX exchange_recording_file ON exchange_recording (file_id);

-- Prices: the last before the off.
CREATE TABLE exchange_runner (
  recording_id INTEGER NOT NULL REFERENCES exchange_recording (id),
  ordinal INTEGER NOT NULL,
  selection INTEGER NOT NULL,
  handicap REAL NOT NULL,
  name TEXT,
  status TEXT NOT NULL,
  starting_price REAL,
  last_traded REAL,
  best_back REAL,
  best_lay REAL,
  PRIMARY KEY (recording_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Derived: linking again replaces it. runners: JSON, [selection, handicap, runner] each.
CREATE TABLE exchange_link (
  market_id INTEGER NOT NULL PRIMARY KEY REFERENCES exchange_market (id),
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  market TEXT NOT NULL,
  runners TEXT NOT NULL
) STRICT;
CREATE INDEX exchange_link_fixture ON exchange_link (fixture_id);

CREATE VIEW exchange_readable AS
SELECT m.venue, m.code AS market, r.event_name, r.market_type, r.name, r.status,
  strftime('%Y-%m-%dT%H:%M:%SZ', r.kick_off / 1000, 'unixepoch') AS kick_off, r.base_rate, r.closing,
  n.selection, n.handicap, n.name AS runner, n.status AS runner_status, n.starting_price, n.last_traded, n.best_back,
  n.best_lay, l.fixture_id, r.updates, r.digest
FROM exchange_market m
JOIN exchange_recording r ON r.market_id = m.id
JOIN exchange_runner n ON n.recording_id = r.id
LEFT JOIN exchange_link l ON l.market_id = m.id;
`;
