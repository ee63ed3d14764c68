import { describe, expect, it } from "vitest";
import type { Envelope } from "../../src/bus/envelope.js";
import { EVENT_TYPES } from "../../src/bus/event-type.js";
import { PUBLIC_FIELDS, publicEvent } from "../../src/bus/public-event.js";

const EVENT: Envelope = {
  schema: "statistico/event-prices-stored@1",
  id: 4,
  dedupeKey: "00000000000000000000000000000004",
  type: "prices.stored",
  key: "7",
  league: "E0",
  fixtureId: 7,
  fixture: { season: 2014, date: "2014-08-19", home: "Arsenal", away: "Burnley" },
  modelVersion: "",
  schemaVersion: 1,
  at: "2014-08-18T06:00:00Z",
  payload: {},
};

describe("a public event", () => {
  it("has the fields that are listed and no other, however deep", () => {
    const price = { source: "B365", market: "MATCH_ODDS", price: 2.1, size: 40, stake: 10, account: "me" };
    const told = publicEvent({ ...EVENT, payload: { file: "a", edge: 0.1, prices: [price] } });
    expect(told).toEqual({
      schema: EVENT.schema,
      dedupeKey: EVENT.dedupeKey,
      type: EVENT.type,
      league: "E0",
      fixture: EVENT.fixture,
      modelVersion: "",
      schemaVersion: 1,
      at: EVENT.at,
      payload: { prices: [{ source: "B365", market: "MATCH_ODDS", price: 2.1 }] },
    });
  });

  it("lets nothing hide in an allowed field", () => {
    const payload = {
      model: { stake: 10 },
      asOf: "x",
      prices: [{ runner: ["secret"], market: "A" }, "secret"],
    };
    expect(publicEvent({ ...EVENT, type: "odds.compiled", payload })?.payload).toEqual({
      model: null,
      asOf: "x",
      prices: [{ runner: null, market: "A" }, null],
    });
  });

  it("is none of a type that is not listed: files, clubs, bets, and what nobody has thought of", () => {
    for (const type of ["file.ingested", "team.merged", "bet.placed", "constructor", "__proto__"])
      expect(publicEvent({ ...EVENT, type })).toBeNull();
  });

  it("is listed only for types that exist, and never with a word that is ours alone", () => {
    expect(Object.keys(PUBLIC_FIELDS).filter((type) => !EVENT_TYPES.some((known) => known === type))).toEqual(
      [],
    );
    const words = JSON.stringify(PUBLIC_FIELDS);
    expect(words).not.toMatch(/stake|edge|account|bank|path|file|liability|profit|size/);
  });
});
