import type { Envelope } from "./envelope.js";

type Plain = Readonly<Record<string, unknown>>;

/** What of a payload anybody may see: a field by its name, or the fields of each entry of a list. */
type Allowed = Readonly<Record<string, true | readonly string[]>>;

/**
 * Fields that may leave the house. What is not named here does not: a new field, a new type of event, and anything
 * about files, stakes, edges, bets or accounts stays inside until somebody writes it down here.
 */
export const PUBLIC_FIELDS: Readonly<Record<string, Allowed>> = {
  "fixture.moved": { from: ["date", "minutes"], to: ["date", "minutes"] },
  "result.stored": { homeGoals: true, awayGoals: true, halfTimeHome: true, halfTimeAway: true },
  "result.revised": { before: true, after: true },
  "prices.stored": {
    prices: ["source", "market", "line", "runner", "side", "moment", "price", "observedAt"],
  },
  "odds.compiled": {
    model: true,
    asOf: true,
    prices: ["market", "line", "runner", "probability", "fairPrice"],
  },
};

const PUBLIC_ENVELOPE = [
  "schema",
  "dedupeKey",
  "type",
  "league",
  "fixture",
  "modelVersion",
  "schemaVersion",
  "at",
] as const satisfies readonly (keyof Envelope)[];

export type PublicEvent = Pick<Envelope, (typeof PUBLIC_ENVELOPE)[number]> & { readonly payload: Plain };

/** What anybody may see of an event; null when nothing. */
export function publicEvent(event: Envelope): PublicEvent | null {
  const allowed = Object.hasOwn(PUBLIC_FIELDS, event.type) ? PUBLIC_FIELDS[event.type] : undefined;
  if (!allowed) return null;
  const { schema, dedupeKey, type, league, fixture, modelVersion, schemaVersion, at } = event;
  const envelope = { schema, dedupeKey, type, league, modelVersion, schemaVersion, at };
  const known = fixture === null ? null : publicFixture(fixture);
  return { ...envelope, fixture: known, payload: allowedOf(event.payload, allowed) };
}

function publicFixture({ season, date, home, away }: NonNullable<Envelope["fixture"]>): Envelope["fixture"] {
  return { season, date, home, away };
}

function allowedOf(payload: Plain, allowed: Allowed): Plain {
  const fields = Object.entries(allowed).filter(([name]) => Object.hasOwn(payload, name));
  return Object.fromEntries(
    fields.map(([name, inner]) => [
      name,
      inner === true ? scalar(payload[name]) : within(payload[name], inner),
    ]),
  );
}

function within(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => within(entry, fields));
  if (typeof value !== "object" || value === null) return null;
  const entry = value as Plain;
  return Object.fromEntries(
    fields.filter((name) => Object.hasOwn(entry, name)).map((name) => [name, scalar(entry[name])]),
  );
}

/** An allowed field is a plain value: what hides in an object was not allowed. */
function scalar(value: unknown): unknown {
  return typeof value === "object" ? null : value;
}
