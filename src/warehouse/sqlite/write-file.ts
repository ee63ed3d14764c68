import { compareText } from "../../domain/fixture.js";
import { assertAccounted, repeated } from "../contract/accounting.js";
import { mayCorrect } from "../contract/precedence.js";
import type { FileOutcome, FixtureRecord, IngestedFile, Reject, WriteCounts } from "../port.js";
import { writeClubRatings } from "./club-rating.js";
import type { Connection } from "./connection.js";
import { forgetContentHash } from "./content-hash.js";
import { describe } from "./describe.js";
import { recordEvent, rowEvents } from "./event.js";
import { reviseExpectedGoals } from "./expected-goals.js";
import { insertFacts, reviseFacts } from "./facts-writer.js";
import { finishRawFile, insertRawFile, storedOutcome } from "./file-outcome.js";
import type { StoredFixture } from "./fixture-index.js";
import { keyRecords, type MatchedRecord, matchRecords } from "./match-records.js";
import { priceWriter } from "./price-writer.js";
import { keepEvent, writeEvents } from "./provider-event.js";
import { writeQuarantine } from "./quarantine.js";
import { resolveClubs } from "./resolve-clubs.js";
import { insertResult, reviseResult } from "./result-writer.js";
import { insertFixture, reschedule } from "./schedule-writer.js";
import { arrivals, type WriteScene } from "./write-scene.js";

/**
 * Write what one file says, in one transaction: all of it or nothing.
 *
 * The same bytes under the same reading change nothing. Throws InvariantError when the file's rows do not add up.
 */
export function writeFile(connection: Connection, file: IngestedFile): FileOutcome {
  assertAccounted(file);
  return connection.write(() => {
    const known = storedOutcome(connection, file.raw.sha256, file.raw.reading);
    return known ? repeated(known) : writeNewFile(connection, file);
  });
}

function writeNewFile(connection: Connection, file: IngestedFile): FileOutcome {
  const competitions = describe(connection, file);
  const scene = openScene(connection, file);
  const rejects = [...file.rejects];
  const clubs = resolveClubs(connection, file, competitions, scene.warnings);
  const keyed = keyRecords(file, competitions, clubs, rejects);
  const matched = matchRecords(connection, keyed, file.raw.source, scene.warnings);
  const counts = [
    writeRecords(scene, matched),
    writeEvents(scene, rejects),
    writeClubRatings(scene, clubs, rejects),
  ].reduce(addCounts);
  const prices = finishPrices(scene);
  scene.events.finish();
  writeQuarantine(connection, scene.fileId, file.raw, rejects);
  const outcome = outcomeOf(scene, rejects, counts, prices);
  finishRawFile(connection, scene.fileId, outcome);
  forgetContentHash(connection);
  announce(scene, outcome);
  return outcome;
}

function openScene(connection: Connection, file: IngestedFile): WriteScene {
  const fileId = insertRawFile(connection, file.raw);
  const arrival = arrivals(connection);
  const outdated = (stored: number): boolean => file.raw.receivedAt < arrival(stored).receivedAt;
  const corrects = (stored: number): boolean => mayCorrect(file.raw.source, arrival(stored).source);
  const events = rowEvents(connection, fileId, file.raw.receivedAt);
  const prices = priceWriter(connection, fileId, events, outdated);
  return {
    connection,
    file,
    fileId,
    prices,
    events,
    outdated,
    mayCorrect: corrects,
    warnings: [...file.warnings],
    revisions: [],
  };
}

function writeRecords(scene: WriteScene, matched: readonly MatchedRecord[]): WriteCounts {
  const counts = { new: 0, changed: 0, same: 0 };
  for (const { record, key, stored } of matched) {
    const fixtureId = stored?.id ?? insertFixture(scene, key, record.minutes);
    if (record.eventId !== undefined) keepEvent(scene, record.eventId, fixtureId);
    if (stored === null) {
      writeNew(scene, fixtureId, record);
      counts.new++;
    } else if (writeKnown(scene, stored, record)) counts.changed++;
    else counts.same++;
  }
  return counts;
}

function addCounts(a: WriteCounts, b: WriteCounts): WriteCounts {
  return { new: a.new + b.new, changed: a.changed + b.changed, same: a.same + b.same };
}

function writeNew(scene: WriteScene, fixtureId: number, record: FixtureRecord): void {
  insertResult(scene, fixtureId, record);
  insertFacts(scene, fixtureId, record);
  reviseExpectedGoals(scene, fixtureId, record);
  scene.prices.append(fixtureId, record.quotes);
}

/** True when the record said anything that was not known. */
function writeKnown(scene: WriteScene, stored: StoredFixture, record: FixtureRecord): boolean {
  const moved = reschedule(scene, stored, record);
  const result = reviseResult(scene, stored.id, record);
  const facts = reviseFacts(scene, stored.id, record, result === "revised");
  const expected = reviseExpectedGoals(scene, stored.id, record);
  const prices = scene.prices.appendChanged(stored.id, record.quotes);
  return moved || result !== "none" || facts || expected || prices > 0;
}

function finishPrices({ prices, warnings }: WriteScene): number {
  const { written, repeated } = prices.finish();
  const text = `${repeated} prices repeat another of the same row: the first of each is kept`;
  if (repeated > 0) warnings.push({ rule: "price-repeated", line: 0, column: "", text });
  return written;
}

function outcomeOf(
  { file, warnings, revisions }: WriteScene,
  rejects: readonly Reject[],
  counts: WriteCounts,
  prices: number,
): FileOutcome {
  const quarantined = rejects.filter(({ scope }) => scope === "row").length;
  return {
    rows: file.rows,
    ...counts,
    quarantined,
    blank: file.blank,
    quarantinedCells: rejects.length - quarantined,
    prices,
    warnings,
    revisions,
    leagues: [...new Set(file.records.map(({ league }) => league))].sort(compareText),
    seasons: [...new Set(file.records.map(({ season }) => season))].sort((a, b) => a - b),
  };
}

function announce({ connection, file }: WriteScene, outcome: FileOutcome): void {
  const { rows, new: added, changed, same, quarantined, blank, prices, leagues, seasons } = outcome;
  recordEvent(connection, {
    type: "file.ingested",
    key: file.raw.sha256,
    league: leagues.length === 1 ? (leagues[0] ?? "") : "",
    at: file.raw.receivedAt,
    payload: {
      path: file.raw.path,
      rows,
      new: added,
      changed,
      same,
      quarantined,
      blank,
      prices,
      leagues,
      seasons,
    },
  });
}
