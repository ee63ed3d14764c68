/** Which lines of ticks there are: the last of each before an instant is then found without reading the others. */
export const tickLines = `
-- Derived from price: one row for each selection, source and side of a fixture that has ticks.
CREATE TABLE tick_line (
  fixture_id INTEGER NOT NULL,
  market_id INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  side INTEGER NOT NULL,
  runner_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (fixture_id, market_id, source_id, side, runner_id, line)
) STRICT, WITHOUT ROWID;
INSERT INTO tick_line
  SELECT DISTINCT fixture_id, market_id, source_id, side, runner_id, line FROM price WHERE moment = 2;
`;
