CREATE TABLE club_naming (
  country_id INTEGER NOT NULL PRIMARY KEY REFERENCES country (id),
  source TEXT NOT NULL
) STRICT;

CREATE TABLE club_rating (
  source TEXT NOT NULL,
  team_id INTEGER NOT NULL REFERENCES team (id),
  from_day INTEGER NOT NULL,
  until_day INTEGER NOT NULL,
  value REAL NOT NULL,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  PRIMARY KEY (source, team_id, from_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX club_rating_team ON club_rating (team_id);

CREATE TABLE competition (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  country_id INTEGER NOT NULL REFERENCES country (id),
  tier INTEGER
) STRICT;

CREATE TABLE compiled_odds (
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  model_id INTEGER NOT NULL REFERENCES model (id),
  market_id INTEGER NOT NULL REFERENCES market (id),
  line INTEGER NOT NULL,
  runner_id INTEGER NOT NULL REFERENCES runner (id),
  as_of INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  probability REAL NOT NULL,
  low REAL,
  high REAL,
  fair_price REAL NOT NULL,
  PRIMARY KEY (fixture_id, model_id, market_id, line, runner_id, as_of, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE consumer (
  name TEXT NOT NULL PRIMARY KEY,
  cursor INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE country (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  key TEXT NOT NULL,
  league TEXT NOT NULL,
  fixture_id INTEGER REFERENCES fixture (id),
  schema_version INTEGER NOT NULL,
  model_version TEXT NOT NULL,
  at INTEGER NOT NULL,
  payload TEXT NOT NULL
, file_id INTEGER REFERENCES raw_file (id)) STRICT;

CREATE TABLE exchange_link (
  market_id INTEGER NOT NULL PRIMARY KEY REFERENCES exchange_market (id),
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  market TEXT NOT NULL,
  runners TEXT NOT NULL
) STRICT;

CREATE INDEX exchange_link_fixture ON exchange_link (fixture_id);

CREATE TABLE exchange_market (
  id INTEGER PRIMARY KEY,
  venue TEXT NOT NULL,
  code TEXT NOT NULL,
  UNIQUE (venue, code)
) STRICT;

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

CREATE TABLE expected_goals (
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  source TEXT NOT NULL,
  revision INTEGER NOT NULL,
  home REAL NOT NULL CHECK (home >= 0),
  away REAL NOT NULL CHECK (away >= 0),
  home_shots INTEGER,
  away_shots INTEGER,
  known_at INTEGER NOT NULL,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  PRIMARY KEY (fixture_id, source, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE fixture (
  id INTEGER PRIMARY KEY,
  competition_id INTEGER NOT NULL,
  season INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes INTEGER,
  kick_off INTEGER NOT NULL,
  home_id INTEGER NOT NULL REFERENCES team (id),
  away_id INTEGER NOT NULL REFERENCES team (id),
  neutral INTEGER NOT NULL DEFAULT 0 CHECK (neutral IN (0, 1)),
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  UNIQUE (competition_id, day, home_id, away_id),
  FOREIGN KEY (competition_id, season) REFERENCES season (competition_id, start_year),
  CHECK (home_id <> away_id)
) STRICT;

CREATE INDEX fixture_away ON fixture (away_id);

CREATE INDEX fixture_day ON fixture (day);

CREATE INDEX fixture_home ON fixture (home_id);

CREATE INDEX fixture_season ON fixture (competition_id, season);

CREATE TABLE fixture_move (
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  ordinal INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes INTEGER,
  kick_off INTEGER NOT NULL,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  PRIMARY KEY (fixture_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE market (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE match_statistics (
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  revision INTEGER NOT NULL,
  home_shots INTEGER,
  home_shots_on_target INTEGER,
  home_fouls INTEGER,
  home_corners INTEGER,
  home_yellow_cards INTEGER,
  home_red_cards INTEGER,
  home_offsides INTEGER,
  home_woodwork INTEGER,
  home_booking_points INTEGER,
  away_shots INTEGER,
  away_shots_on_target INTEGER,
  away_fouls INTEGER,
  away_corners INTEGER,
  away_yellow_cards INTEGER,
  away_red_cards INTEGER,
  away_offsides INTEGER,
  away_woodwork INTEGER,
  away_booking_points INTEGER,
  referee TEXT,
  attendance INTEGER,
  known_at INTEGER NOT NULL,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  PRIMARY KEY (fixture_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  UNIQUE (name, version)
) STRICT;

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

CREATE TABLE price (
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  market_id INTEGER NOT NULL REFERENCES market (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  moment INTEGER NOT NULL CHECK (moment BETWEEN 0 AND 2),
  side INTEGER NOT NULL CHECK (side BETWEEN 0 AND 1),
  runner_id INTEGER NOT NULL REFERENCES runner (id),
  line INTEGER NOT NULL,
  observed_at INTEGER NOT NULL,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  price REAL NOT NULL CHECK (price > 1),
  size REAL,
  PRIMARY KEY (fixture_id, market_id, source_id, moment, side, runner_id, line, observed_at, file_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_event (
  source TEXT NOT NULL,
  event TEXT NOT NULL,
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  PRIMARY KEY (source, event)
) STRICT, WITHOUT ROWID;

CREATE INDEX provider_event_fixture ON provider_event (fixture_id);

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  line INTEGER NOT NULL,
  "column" TEXT NOT NULL,
  rule TEXT NOT NULL,
  text TEXT NOT NULL,
  raw TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('row', 'cell')),
  status TEXT NOT NULL CHECK (status IN ('open', 'dropped', 'resolved')),
  first_seen INTEGER NOT NULL
) STRICT;

CREATE INDEX quarantine_file ON quarantine (file_id);

CREATE TABLE rating (
  algorithm_id INTEGER NOT NULL REFERENCES rating_algorithm (id),
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  team_id INTEGER NOT NULL REFERENCES team (id),
  day INTEGER NOT NULL,
  attack_before REAL NOT NULL,
  defence_before REAL NOT NULL,
  attack_after REAL NOT NULL,
  defence_after REAL NOT NULL,
  PRIMARY KEY (algorithm_id, fixture_id, team_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rating_fixture ON rating (fixture_id);

CREATE INDEX rating_team ON rating (team_id);

CREATE TABLE rating_algorithm (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE raw_file (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,
  reading TEXT NOT NULL,
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  new INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  same INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  blank INTEGER NOT NULL,
  quarantined_cells INTEGER NOT NULL,
  prices INTEGER NOT NULL,
  detail TEXT NOT NULL,
  UNIQUE (sha256, reading),
  CHECK (rows = new + changed + same + quarantined + blank)
) STRICT;

CREATE TABLE request_count (
  source TEXT NOT NULL,
  window INTEGER NOT NULL,
  starts INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (source, window)
) STRICT, WITHOUT ROWID;

CREATE TABLE result (
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  revision INTEGER NOT NULL,
  home_goals INTEGER NOT NULL CHECK (home_goals >= 0),
  away_goals INTEGER NOT NULL CHECK (away_goals >= 0),
  half_time_home INTEGER,
  half_time_away INTEGER,
  known_at INTEGER NOT NULL,
  file_id INTEGER NOT NULL REFERENCES raw_file (id),
  PRIMARY KEY (fixture_id, revision),
  CHECK ((half_time_home IS NULL) = (half_time_away IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  name TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  version TEXT NOT NULL,
  data_hash TEXT NOT NULL,
  config_hash TEXT NOT NULL,
  seed INTEGER NOT NULL,
  document TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE runner (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE season (
  competition_id INTEGER NOT NULL REFERENCES competition (id),
  start_year INTEGER NOT NULL,
  PRIMARY KEY (competition_id, start_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('bookmaker', 'exchange', 'aggregate', 'model'))
) STRICT;

CREATE TABLE suspected_name (
  source TEXT NOT NULL,
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  team_id INTEGER NOT NULL REFERENCES team (id),
  score REAL NOT NULL,
  first_seen TEXT NOT NULL,
  PRIMARY KEY (source, country_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX suspected_name_team ON suspected_name (team_id);

CREATE TABLE team (
  id INTEGER PRIMARY KEY,
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  UNIQUE (country_id, name)
) STRICT;

CREATE TABLE team_alias (
  source TEXT NOT NULL,
  country_id INTEGER NOT NULL REFERENCES country (id),
  alias TEXT NOT NULL,
  team_id INTEGER NOT NULL REFERENCES team (id),
  origin TEXT NOT NULL CHECK (origin IN ('built-in', 'user')),
  PRIMARY KEY (source, country_id, alias)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_alias_team ON team_alias (team_id);

CREATE TABLE tick_line (
  fixture_id INTEGER NOT NULL,
  market_id INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  side INTEGER NOT NULL,
  runner_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (fixture_id, market_id, source_id, side, runner_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE unknown_name (
  source TEXT NOT NULL,
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  team_id INTEGER REFERENCES team (id),
  score REAL,
  first_seen TEXT NOT NULL,
  PRIMARY KEY (source, country_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX unknown_name_team ON unknown_name (team_id);

CREATE VIEW exchange_readable AS
SELECT m.venue, m.code AS market, r.event_name, r.market_type, r.name, r.status,
  strftime('%Y-%m-%dT%H:%M:%SZ', r.kick_off / 1000, 'unixepoch') AS kick_off, r.base_rate, r.closing,
  n.selection, n.handicap, n.name AS runner, n.status AS runner_status, n.starting_price, n.last_traded, n.best_back,
  n.best_lay, l.fixture_id, r.updates, r.digest
FROM exchange_market m
JOIN exchange_recording r ON r.market_id = m.id
JOIN exchange_runner n ON n.recording_id = r.id
LEFT JOIN exchange_link l ON l.market_id = m.id;

CREATE VIEW fixture_readable AS
SELECT f.id AS fixture_id, c.code AS league, f.season, date(f.day * 86400, 'unixepoch') AS date,
  strftime('%Y-%m-%dT%H:%M:%SZ', f.kick_off / 1000, 'unixepoch') AS kick_off, f.minutes IS NOT NULL AS kick_off_known,
  h.name AS home, a.name AS away
FROM fixture f
JOIN competition c ON c.id = f.competition_id
JOIN team h ON h.id = f.home_id
JOIN team a ON a.id = f.away_id;

CREATE VIEW price_readable AS
SELECT f.fixture_id, f.league, f.season, f.date, f.home, f.away, m.code AS market, n.code AS runner, p.line / 4.0 AS line,
  s.code AS source, CASE p.side WHEN 0 THEN 'BACK' ELSE 'LAY' END AS side,
  CASE p.moment WHEN 0 THEN 'early' WHEN 1 THEN 'close' ELSE 'tick' END AS moment, p.price, p.size,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.observed_at / 1000, 'unixepoch') AS observed_at, p.file_id
FROM price p
JOIN fixture_readable f ON f.fixture_id = p.fixture_id
JOIN market m ON m.id = p.market_id
JOIN runner n ON n.id = p.runner_id
JOIN source s ON s.id = p.source_id;

CREATE VIEW result_readable AS
SELECT f.fixture_id, f.league, f.season, f.date, f.home, f.away, r.home_goals, r.away_goals, r.half_time_home,
  r.half_time_away, r.revision, strftime('%Y-%m-%dT%H:%M:%SZ', r.known_at / 1000, 'unixepoch') AS known_at
FROM result r
JOIN fixture_readable f ON f.fixture_id = r.fixture_id
WHERE r.revision = (SELECT max(revision) FROM result WHERE fixture_id = r.fixture_id);
