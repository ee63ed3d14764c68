import type { EventRecord, Reject, WriteCounts } from "../port.js";
import type { Connection } from "./connection.js";
import { reviseExpectedGoals } from "./expected-goals.js";
import type { WriteScene } from "./write-scene.js";

/** Remember which fixture the source's event is: a source may come to use another id, or its id for another match. */
export function keepEvent({ connection, file }: WriteScene, event: string, fixtureId: number): void {
  connection
    .statement(
      `INSERT INTO provider_event VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET fixture_id = excluded.fixture_id WHERE fixture_id <> excluded.fixture_id`,
    )
    .run(file.raw.source, event, fixtureId);
}

/** Fixture ids by the source's event ids. */
export function readProviderEvents(connection: Connection, source: string): ReadonlyMap<string, number> {
  return new Map(
    connection
      .tuples<[string, number]>(
        "SELECT event, fixture_id FROM provider_event WHERE source = ? ORDER BY event",
      )
      .all(source),
  );
}

/** Write what a file says of events that it names by id alone; what is said of unknown ones joins `rejects`. */
export function writeEvents(scene: WriteScene, rejects: Reject[]): WriteCounts {
  const counts = { new: 0, changed: 0, same: 0 };
  for (const event of scene.file.events ?? []) {
    const fixtureId = fixtureOf(scene, event.eventId);
    if (fixtureId === null) rejects.push(unknownEvent(scene, event));
    else if (writeEvent(scene, fixtureId, event)) counts.changed++;
    else counts.same++;
  }
  return counts;
}

function writeEvent(scene: WriteScene, fixtureId: number, event: EventRecord): boolean {
  const expected = reviseExpectedGoals(scene, fixtureId, event);
  return scene.prices.appendChanged(fixtureId, event.quotes) > 0 || expected;
}

function fixtureOf({ connection, file }: WriteScene, event: string): number | null {
  const row = connection
    .tuples<[number]>("SELECT fixture_id FROM provider_event WHERE source = ? AND event = ?")
    .get(file.raw.source, event);
  return row?.[0] ?? null;
}

function unknownEvent({ file }: WriteScene, { line, eventId, quotes }: EventRecord): Reject {
  const text = `event ${eventId} of ${file.raw.source} is no known fixture: its ${quotes.length} prices wait for it`;
  return { line, column: "", rule: "event-unknown", text, raw: eventId, scope: "row" };
}
