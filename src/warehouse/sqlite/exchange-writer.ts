import { invariant } from "../../core/assert.js";
import { repeated } from "../contract/accounting.js";
import type {
  ExchangeFile,
  ExchangeLink,
  ExchangeNovelty,
  ExchangeOutcome,
  ExchangeRecording,
  FileOutcome,
  WriteCounts,
} from "../port.js";
import type { Connection } from "./connection.js";
import { forgetContentHash } from "./content-hash.js";
import { recordEvent } from "./event.js";
import { finishRawFile, insertRawFile, storedOutcome } from "./file-outcome.js";
import { writeQuarantine } from "./quarantine.js";

/** Write what a file of exchange messages says, in one transaction. The same bytes again change nothing. */
export function writeExchangeFile(connection: Connection, file: ExchangeFile): ExchangeOutcome {
  const { raw, rows, used, blank, quarantined } = file;
  invariant(
    rows === used + file.repeated + blank + quarantined,
    `${raw.path}: ${rows} rows are not accounted for`,
  );
  return connection.write(() => {
    const known = storedOutcome(connection, raw.sha256, raw.reading);
    return known === null ? writeNewFile(connection, file) : { ...repeated(known), markets: [] };
  });
}

function writeNewFile(connection: Connection, file: ExchangeFile): ExchangeOutcome {
  const fileId = insertRawFile(connection, file.raw);
  const markets = file.recordings.map((recording) => ({
    marketId: recording.marketId,
    novelty: writeRecording(connection, fileId, recording),
  }));
  writeQuarantine(connection, fileId, file.raw, file.rejects);
  const outcome = outcomeOf(
    file,
    markets.map(({ novelty }) => novelty),
  );
  finishRawFile(connection, fileId, outcome);
  forgetContentHash(connection);
  announce(connection, file, outcome);
  return { ...outcome, markets };
}

function outcomeOf(file: ExchangeFile, novelties: readonly ExchangeNovelty[]): FileOutcome {
  const { rows, used, blank, quarantined, quarantinedCells, warnings } = file;
  const kind = novelties.includes("new") ? "new" : novelties.includes("different") ? "changed" : "same";
  const counts = { new: 0, changed: 0, same: file.repeated };
  counts[kind] += used;
  return {
    rows,
    ...counts,
    quarantined,
    blank,
    quarantinedCells,
    prices: 0,
    warnings,
    revisions: [],
    leagues: [],
    seasons: [],
  };
}

function writeRecording(
  connection: Connection,
  fileId: number,
  recording: ExchangeRecording,
): ExchangeNovelty {
  const { id: marketId, isNew } = marketRow(connection, recording);
  const known = connection
    .tuples<[number]>("SELECT id FROM exchange_recording WHERE market_id = ? AND digest = ?")
    .get(marketId, recording.digest);
  if (known) return "same";
  const id = insertRecording(connection, marketId, fileId, recording);
  const statement = connection.statement("INSERT INTO exchange_runner VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const [ordinal, runner] of recording.runners.entries()) {
    const { selectionId, handicap, name, status, startingPrice, lastTraded, bestBack, bestLay } = runner;
    statement.run(
      id,
      ordinal,
      selectionId,
      handicap,
      name,
      status,
      startingPrice,
      lastTraded,
      bestBack,
      bestLay,
    );
  }
  return isNew ? "new" : "different";
}

function marketRow(
  connection: Connection,
  { venue, marketId }: ExchangeRecording,
): { readonly id: number; readonly isNew: boolean } {
  const known = connection
    .tuples<[number]>("SELECT id FROM exchange_market WHERE venue = ? AND code = ?")
    .get(venue, marketId);
  if (known) return { id: known[0], isNew: false };
  const id = connection.insert("INSERT INTO exchange_market (venue, code) VALUES (?, ?)", venue, marketId);
  return { id, isNew: true };
}

function insertRecording(
  connection: Connection,
  marketId: number,
  fileId: number,
  recording: ExchangeRecording,
): number {
  const { runners: _, venue: __, marketId: ___, ...columns } = recording;
  return Number(
    connection
      .statement(
        `INSERT INTO exchange_recording (market_id, digest, file_id, updates, log_bytes, first_at, last_at, event_type,
           event, event_name, name, market_type, betting_type, status, kick_off, in_play_at, settled_at, base_rate,
           winners, closing, closing_at)
         VALUES (@market, @digest, @file, @updates, @logBytes, @firstAt, @lastAt, @eventTypeId, @eventId, @eventName,
           @name, @marketType, @bettingType, @status, @kickOff, @inPlayAt, @settledAt, @baseRate, @numberOfWinners,
           @closing, @closingAt)`,
      )
      .run({ ...columns, market: marketId, file: fileId }).lastInsertRowid,
  );
}

function announce(connection: Connection, { raw, recordings }: ExchangeFile, outcome: FileOutcome): void {
  const { rows, new: added, changed, same, quarantined, blank } = outcome;
  recordEvent(connection, {
    type: "file.ingested",
    key: raw.sha256,
    league: "",
    at: raw.receivedAt,
    payload: {
      path: raw.path,
      rows,
      new: added,
      changed,
      same,
      quarantined,
      blank,
      prices: 0,
      leagues: [],
      seasons: [],
      exchangeMarkets: recordings.length,
    },
  });
}

/** Say which fixtures exchange markets are. Derived: a link that differs replaces the one there was. */
export function writeExchangeLinks(connection: Connection, links: readonly ExchangeLink[]): WriteCounts {
  return connection.write(() => {
    const counts = { new: 0, changed: 0, same: 0 };
    for (const link of links) counts[writeLink(connection, link)] += 1;
    if (counts.new + counts.changed > 0) forgetContentHash(connection);
    return counts;
  });
}

function writeLink(connection: Connection, { venue, marketId, fixtureId, market, runners }: ExchangeLink) {
  const row = connection
    .tuples<[number]>("SELECT id FROM exchange_market WHERE venue = ? AND code = ?")
    .get(venue, marketId);
  invariant(row !== undefined, `no exchange market ${venue} ${marketId}`);
  const text = JSON.stringify(
    runners.map(({ selectionId, handicap, runner }) => [selectionId, handicap, runner]),
  );
  const known = connection
    .tuples<[number, string, string]>(
      "SELECT fixture_id, market, runners FROM exchange_link WHERE market_id = ?",
    )
    .get(row[0]);
  if (known && known[0] === fixtureId && known[1] === market && known[2] === text) return "same";
  connection
    .statement(
      "INSERT OR REPLACE INTO exchange_link (market_id, fixture_id, market, runners) VALUES (?, ?, ?, ?)",
    )
    .run(row[0], fixtureId, market, text);
  return known ? "changed" : "new";
}
