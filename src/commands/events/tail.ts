import { setTimeout } from "node:timers/promises";
import type { App } from "../../app.js";
import { consume } from "../../bus/consume.js";
import { type Envelope, envelopeOf } from "../../bus/envelope.js";
import { EXIT, StatisticoError } from "../../core/errors.js";
import { present } from "../../report/present.js";
import type { Warehouse } from "../../warehouse/port.js";
import { EVENT_COLUMNS, eventRow } from "./event-row.js";

interface Options {
  readonly type?: readonly string[];
  readonly league?: readonly string[];
  readonly after?: number;
  readonly limit?: number;
  readonly follow?: boolean;
  readonly consumer?: string;
}

const LAST = 20;
const FOLLOW_MS = 500;
const BATCH = 1000;

export async function tail(app: App, options: Options): Promise<void> {
  refuseMixed(options);
  const warehouse = await app.warehouse(options.consumer === undefined ? "read" : "update");
  if (options.consumer !== undefined) return tailFor(app, warehouse, options.consumer, options);
  const after = options.after ?? null;
  const { limit = after === null ? LAST : undefined } = options;
  const events =
    after === null
      ? await lastEvents(warehouse, options, limit ?? LAST)
      : await eventsAfter(warehouse, after, options, limit);
  if (!options.follow) return show(app, events);
  print(app, events);
  await follow(app, events.at(-1)?.id ?? after ?? (await warehouse.lastEvent()), (cursor) =>
    printAfter(app, warehouse, cursor, options),
  );
}

function refuseMixed({ consumer, after, limit, follow }: Options): void {
  if (consumer === undefined) return;
  if (after !== undefined || limit !== undefined)
    throw new StatisticoError(
      "usage",
      "a reader goes on where it ended: --consumer takes neither --after nor --limit",
      `statistico events consumers --reset ${consumer} --to 0`,
    );
  if (follow === true && consumer === "")
    throw new StatisticoError("usage", "a reader needs a name", "--consumer relay");
}

/** Everything since the reader's cursor. It moves when the lines have left: who reads them may see some twice. */
async function tailFor(app: App, warehouse: Warehouse, name: string, options: Options): Promise<void> {
  const { type: types, league: leagues } = options;
  const round = async (signal?: AbortSignal): Promise<number> =>
    consume(warehouse, {
      name,
      types,
      leagues,
      signal,
      handle: async (events) => {
        print(app, events);
        await app.console.drain();
      },
    });
  const handled = await round();
  if (!options.follow) return app.console.say(`${handled} events for ${name}`);
  await follow(app, 0, async (cursor, signal) => {
    await round(signal);
    return cursor;
  });
}

async function eventsAfter(
  warehouse: Warehouse,
  after: number,
  { type: types, league: leagues }: Options,
  limit = Infinity,
): Promise<readonly Envelope[]> {
  const events: Envelope[] = [];
  for (let cursor = after; events.length < limit; ) {
    const batch = await warehouse.events({
      after: cursor,
      limit: Math.min(BATCH, limit - events.length),
      types,
      leagues,
    });
    events.push(...batch.map(envelopeOf));
    if (batch.length === 0) break;
    cursor = batch.at(-1)?.id ?? cursor;
  }
  return events;
}

/** The last so many, found by going back in steps that double. */
async function lastEvents(
  warehouse: Warehouse,
  options: Options,
  limit: number,
): Promise<readonly Envelope[]> {
  const last = await warehouse.lastEvent();
  for (let back = Math.max(limit, 1); ; back *= 8) {
    const after = Math.max(0, last - back);
    const events = await eventsAfter(warehouse, after, options);
    if (events.length >= limit || after === 0) return limit === 0 ? [] : events.slice(-limit);
  }
}

function show(app: App, events: readonly Envelope[]): void {
  const rows = app.options.jsonl ? events.map((event) => ({ ...event })) : events.map(eventRow);
  present(app, {
    schema: "statistico/events@1",
    document: { events },
    columns: events.length > 0 ? EVENT_COLUMNS : [],
    rows,
  });
  const last = events.at(-1);
  app.console.say(last ? `${events.length} events, the last is ${last.id}` : "no events");
}

/** Lines as they come: JSON for a program, words for a person. */
function print(app: App, events: readonly Envelope[]): void {
  const asJson = app.options.json || app.options.jsonl;
  for (const event of events) app.console.write(`${asJson ? JSON.stringify(event) : lineOf(event)}\n`);
}

function lineOf(event: Envelope): string {
  const { id, at, type, league, about, says } = eventRow(event);
  return [id, at, type, league, about, says].filter((part) => part !== "").join("  ");
}

async function printAfter(app: App, warehouse: Warehouse, cursor: number, options: Options): Promise<number> {
  const events = await eventsAfter(warehouse, cursor, options, BATCH);
  print(app, events);
  return events.at(-1)?.id ?? cursor;
}

/** `step` from a cursor to the next, twice a second, until a signal. */
async function follow(
  app: App,
  from: number,
  step: (cursor: number, signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const stop = new AbortController();
  const end = (signal: NodeJS.Signals): void => stop.abort(signal);
  process.on("SIGINT", end).on("SIGTERM", end);
  try {
    let cursor = from;
    while (!stop.signal.aborted) {
      cursor = await step(cursor, stop.signal);
      await app.console.drain();
      await setTimeout(FOLLOW_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
    process.exitCode = stop.signal.reason === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
  } finally {
    process.removeListener("SIGINT", end).removeListener("SIGTERM", end);
  }
}
