import type { App } from "../../app.js";
import { formatInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { type Column, present } from "../../report/present.js";
import type { Warehouse } from "../../warehouse/port.js";

interface Options {
  readonly reset?: string;
  readonly to?: number;
  readonly forget?: string;
}

const COLUMNS: readonly Column[] = [
  { key: "name", title: "reader" },
  { key: "cursor", title: "has read", align: "right" },
  { key: "behind", title: "behind", align: "right" },
  { key: "updatedAt", title: "last moved (UTC)" },
];

export async function consumers(app: App, options: Options): Promise<void> {
  const { reset, forget, to = 0 } = options;
  const changes = reset !== undefined || forget !== undefined;
  const warehouse = await app.warehouse(changes ? "update" : "read");
  if (reset !== undefined) await warehouse.resetCursor(reset, to);
  if (forget !== undefined) await dismiss(warehouse, forget);
  const last = await warehouse.lastEvent();
  const rows = (await warehouse.consumers()).map(({ name, cursor, updatedAt }) => ({
    name,
    cursor,
    behind: Math.max(0, last - cursor),
    updatedAt: formatInstant(updatedAt),
  }));
  present(app, {
    schema: "statistico/event-consumers@1",
    document: { lastEvent: last, consumers: rows },
    columns: rows.length > 0 ? COLUMNS : [],
    rows,
  });
  if (reset !== undefined) app.console.say(`${reset} begins again after event ${to}`);
  if (forget !== undefined) app.console.say(`${forget} is forgotten`);
  app.console.say(`${rows.length} readers, ${last} events`);
}

async function dismiss(warehouse: Warehouse, name: string): Promise<void> {
  if ((await warehouse.consumer(name)) === null)
    throw new StatisticoError("data", `no reader of that name, was ${name}`, "statistico events consumers");
  await warehouse.resetCursor(name, null);
}
