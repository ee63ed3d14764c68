import { z } from "zod";
import type { EventType } from "./event-type.js";
import { schemaName } from "./event-type.js";

/** Within a major version fields are only added, so that every object may have more than is written here. */
const loose = z.looseObject;

const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const goals = z.int().min(0);
const probability = z.number().min(0).max(1);
/** Goals: -0.75 is a handicap of three quarters on the home side; 0 where a market has no line. */
const line = z.number().multipleOf(0.25);

const start = loose({ date, minutes: z.int().nullable() });

const quotedPrice = loose({
  source: z.string().min(1),
  market: z.string().min(1),
  line,
  runner: z.string().min(1),
  side: z.enum(["BACK", "LAY"]),
  moment: z.enum(["early", "close", "tick"]),
  price: z.number().gt(1),
  size: z.number().nullable(),
  observedAt: instant,
});

const compiledPrice = loose({
  market: z.string().min(1),
  line,
  runner: z.string().min(1),
  probability,
  low: probability.nullable(),
  high: probability.nullable(),
  fairPrice: z.number().nullable(),
});

const PAYLOADS = {
  "file.ingested": loose({
    path: z.string(),
    rows: count,
    new: count,
    changed: count,
    same: count,
    quarantined: count,
    blank: count,
    prices: count,
    leagues: z.array(z.string()),
    seasons: z.array(z.int()),
  }),
  "fixture.moved": loose({ from: start, to: start, home: z.string(), away: z.string() }),
  "odds.compiled": loose({ model: z.string().min(1), asOf: instant, prices: z.array(compiledPrice).min(1) }),
  "prices.stored": loose({ file: sha256, prices: z.array(quotedPrice) }),
  "result.revised": loose({ home: z.string(), away: z.string(), before: z.string(), after: z.string() }),
  "result.stored": loose({
    file: sha256,
    homeGoals: goals,
    awayGoals: goals,
    halfTimeHome: goals.nullable(),
    halfTimeAway: goals.nullable(),
    knownAt: instant,
  }),
  "team.merged": loose({ from: z.string(), into: z.string(), fixtures: count }),
} as const satisfies Readonly<Record<EventType, z.ZodType>>;

const VERSION = 1;

/** The schema of a type's envelope. */
export function eventSchema(type: EventType) {
  return loose({
    schema: z.literal(schemaName(type, VERSION)),
    id: z.int().min(1),
    dedupeKey: z.string().regex(/^[0-9a-f]{32}$/),
    type: z.literal(type),
    key: z.string(),
    league: z.string(),
    fixtureId: z.int().min(1).nullable(),
    fixture: loose({ season: z.int(), date, home: z.string(), away: z.string() }).nullable(),
    modelVersion: z.string(),
    schemaVersion: z.literal(VERSION),
    at: instant,
    payload: PAYLOADS[type],
  });
}

/** The JSON Schema (draft 2020-12) of a type, as `schemas/` has it. */
export function jsonSchema(type: EventType): Readonly<Record<string, unknown>> {
  const id = schemaName(type, VERSION);
  return { $id: id, title: type, ...z.toJSONSchema(eventSchema(type)) };
}

/** What is wrong with a document that should be an event of a type, "path: problem"; empty when nothing is. */
export function eventProblems(type: EventType, document: unknown): readonly string[] {
  const checked = eventSchema(type).safeParse(document);
  if (checked.success) return [];
  return checked.error.issues.map(({ path, message }) => `${path.join(".") || "the event"}: ${message}`);
}
