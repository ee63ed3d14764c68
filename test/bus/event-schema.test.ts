import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { envelopeOf } from "../../src/bus/envelope.js";
import { eventProblems, jsonSchema } from "../../src/bus/event-schema.js";
import { EVENT_TYPES, type EventType } from "../../src/bus/event-type.js";
import type { Warehouse } from "../../src/warehouse/port.js";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { alias, file, goals, quote, RECEIVED, record } from "../support/records.js";
import { scratchFolder } from "../support/scratch.js";
import { incompatibilities } from "./compatible.js";

const scratch = scratchFolder();

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Record<string, unknown>;
}

function fileOf(type: string): string {
  return `event-${type.replaceAll(".", "-")}@1.json`;
}

const released = readFileSync(new URL("released/events.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((text) => JSON.parse(text) as { readonly type: EventType; readonly payload: Record<string, unknown> });

describe("the schema of a type of event", () => {
  it.each(EVENT_TYPES)("%s is written out in schemas/: statistico events schema --out schemas", (type) => {
    expect(readJson(`../../schemas/${fileOf(type)}`)).toEqual(jsonSchema(type));
  });

  it.each(EVENT_TYPES)("%s takes documents of the first release and only adds to it", (type) => {
    const documents = released.filter((document) => document.type === type);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) expect(eventProblems(type, document)).toEqual([]);
    expect(incompatibilities(readJson(`released/${fileOf(type)}`), jsonSchema(type))).toEqual([]);
  });

  it("takes fields it does not know and refuses a field of another kind or none", () => {
    const [document] = released.filter(({ type }) => type === "result.stored");
    const { homeGoals, ...rest } = document?.payload ?? {};
    expect(homeGoals).toBe(2);
    const check = (payload: object) => eventProblems("result.stored", { ...document, payload });
    expect(check({ ...rest, homeGoals, referee: "unknown" })).toEqual([]);
    expect(check(rest)).toHaveLength(1);
    expect(check({ ...rest, homeGoals: "2" })[0]).toMatch(/^payload\.homeGoals: /);
    expect(check({ ...rest, homeGoals: -1 })).toHaveLength(1);
    expect(eventProblems("result.stored", null)).toHaveLength(1);
  });
});

describe("the test of compatibility", () => {
  const before = jsonSchema("result.stored");
  const changed = (change: (payload: Record<string, Record<string, unknown>>) => void) => {
    const copy = JSON.parse(JSON.stringify(before)) as Record<
      string,
      Record<string, Record<string, unknown>>
    >;
    change(copy.properties?.payload as Record<string, Record<string, unknown>>);
    return incompatibilities(before, copy);
  };

  it("finds what breaks readers or old documents, and not what is added", () => {
    expect(
      changed(({ properties }) => void Object.assign(properties ?? {}, { referee: { type: "string" } })),
    ).toEqual([]);
    expect(changed(({ properties }) => void delete properties?.homeGoals)).toEqual([
      "/payload/homeGoals: is gone",
    ]);
    expect(
      changed(({ properties }) => void Object.assign(properties ?? {}, { file: { type: "integer" } })),
    ).toContain("/payload/file: type string is gone");
    expect(changed((payload) => void Object.assign(payload, { required: ["file", "referee"] }))).toContain(
      "/payload/referee: is required now",
    );
  });
});

describe("events as they are told", () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = openSqlite(scratch("events.db"), { mode: "write", clock: { now: () => RECEIVED } });
    const handicap = quote(1.9, { market: "ASIAN_HANDICAP" }, { line: -3, size: 10.5 });
    await warehouse.writeFile(
      file([record({ quotes: [quote(2.1), handicap] }), record({ away: "Chelsee", goals: null })]),
    );
    const later = { raw: { receivedAt: RECEIVED + 1 } };
    const moved = record({ away: "Chelsee", day: record().day + 3, goals: null });
    await warehouse.writeFile(file([record({ goals: goals(0, 2) }), moved], later));
    await warehouse.addAlias(alias("Chelsee", "Chelsea"));
    const price = { fixtureId: 1, market: "MATCH_ODDS", runner: "HOME", line: 0, asOf: RECEIVED } as const;
    const ours = { model: "poisson", modelVersion: "poisson@1", probability: 0, low: null, high: null };
    await warehouse.writeCompiledOdds([{ ...price, ...ours, fairPrice: Infinity }]);
  });

  afterAll(() => warehouse.close());

  it("are of every type here, and each is what its schema says", async () => {
    const events = (await warehouse.events({ after: 0, limit: 100 })).map(envelopeOf);
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([...EVENT_TYPES]);
    const wrong = events.flatMap((event) => {
      const document: unknown = JSON.parse(JSON.stringify(event));
      return eventProblems(event.type as EventType, document).map((problem) => [event.type, problem]);
    });
    expect(wrong).toEqual([]);
  });

  it("have a key of their own that is the same when they are told again", async () => {
    const keys = async () =>
      (await warehouse.events({ after: 0, limit: 100 })).map((event) => envelopeOf(event).dedupeKey);
    const first = await keys();
    expect(new Set(first).size).toBe(first.length);
    await warehouse.addAlias(alias("Burnley", "Burnley FC"));
    expect((await keys()).slice(0, first.length)).toEqual(first);
  });
});
