/**
 * What several sources of one league need: who names a country's clubs, names that wait for a person, the sources' own
 * event ids, expected goals and club ratings by source, and the requests made in a window of time.
 */
export const sources = `
-- The source that names the clubs of a country: the first that brought any.
CREATE TABLE club_naming (
  country_id INTEGER NOT NULL PRIMARY KEY REFERENCES country (id),
  source TEXT NOT NULL
) STRICT;
INSERT INTO club_naming SELECT DISTINCT country_id, 'football-data' FROM team;

-- Names no known club bears: the rows that hold them wait in quarantine.
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

CREATE TABLE provider_event (
  source TEXT NOT NULL,
  event TEXT NOT NULL,
  fixture_id INTEGER NOT NULL REFERENCES fixture (id),
  PRIMARY KEY (source, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_event_fixture ON provider_event (fixture_id);

-- By source, because each has a shot model of its own. A changed figure is a further revision.
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

-- Ratings that somebody else publishes; until_day is the last day on which the value stood.
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

-- Requests made to a source since the start of a window; window: its length in milliseconds.
CREATE TABLE request_count (
  source TEXT NOT NULL,
  window INTEGER NOT NULL,
  starts INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (source, window)
) STRICT, WITHOUT ROWID;
`;
