import { createHash } from "node:crypto";
import { formatInstant } from "../core/day.js";
import type { EventFixture, StoredEvent } from "../warehouse/port.js";
import { schemaName } from "./event-type.js";

/** An event as it leaves the house: `schemas/` has a JSON Schema for each type. */
export interface Envelope {
  readonly schema: string;
  /** Its place in this database's outbox: rising, with gaps where a reader asks for some types only. */
  readonly id: number;
  /** Equal for the same event told again, and for no other: a handler that remembers it acts once. */
  readonly dedupeKey: string;
  readonly type: string;
  /** Events of one key come in the order in which they happened. */
  readonly key: string;
  /** "" when it is about none, or about several. */
  readonly league: string;
  readonly fixtureId: number | null;
  readonly fixture: EventFixture | null;
  /** "" unless a model had a part in it. */
  readonly modelVersion: string;
  readonly schemaVersion: number;
  /** When it became known, UTC. */
  readonly at: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export function envelopeOf(event: StoredEvent): Envelope {
  const { id, type, key, league, fixtureId, fixture, modelVersion, schemaVersion, at, payload } = event;
  return {
    schema: schemaName(type, schemaVersion),
    id,
    dedupeKey: dedupeKeyOf(event),
    type,
    key,
    league,
    fixtureId,
    fixture,
    modelVersion,
    schemaVersion,
    at: formatInstant(at),
    payload,
  };
}

/**
 * 32 hexadecimal digits of a sha256 over what the event says, without its id and without names and dates of the
 * fixture, which may change later. Prices and results are told once a file and fixture, so those two name them.
 */
function dedupeKeyOf({ type, key, fixtureId, modelVersion, at, payload }: StoredEvent): string {
  const told = typeof payload.file === "string" ? payload.file : payload;
  const words = JSON.stringify([type, key, fixtureId, modelVersion, at, told]);
  return createHash("sha256").update(words).digest("hex").slice(0, 32);
}
