import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../../app.js";
import type { Envelope } from "../../bus/envelope.js";
import { PAGE_EVENTS, pageName, pageOf, readPage } from "../../bus/page.js";
import { PUBLIC_FIELDS, publicEvent } from "../../bus/public-event.js";
import { StatisticoError } from "../../core/errors.js";
import { writeWhole } from "../../files/write-whole.js";
import { type Column, present } from "../../report/present.js";

interface Options {
  readonly public?: boolean;
  readonly out?: string;
  readonly consumer: string;
  readonly all?: boolean;
  readonly type?: readonly string[];
  readonly league?: readonly string[];
}

const COLUMNS: readonly Column[] = [
  { key: "file", title: "file", keepsEnd: true },
  { key: "events", title: "events", align: "right" },
];

/**
 * Write the pages that hold events the reader has not seen. A page is written whole, so that a run that was cut short
 * and repeated leaves the same files.
 */
export async function exportEvents(app: App, options: Options): Promise<void> {
  const { out, consumer, all } = options;
  if (!out) throw new StatisticoError("usage", "where to? name a folder", "--out feed");
  const warehouse = await app.warehouse("update");
  const seen = all ? 0 : ((await warehouse.consumer(consumer))?.cursor ?? 0);
  const last = await warehouse.lastEvent();
  mkdirSync(out, { recursive: true });
  const progress = app.console.progress("export", pageOf(last) + 1);
  const rows: { file: string; events: number }[] = [];
  for (let page = pageOf(seen + 1); seen < last && page <= pageOf(last); page++) {
    progress.update(page, pageName(page));
    await progress.shown;
    const events = told(
      await readPage(warehouse, page, { types: typesOf(options), leagues: options.league }),
      options,
    );
    const file = join(out, pageName(page));
    if (events.length > 0) writeWhole(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    rows.push({ file, events: events.length });
    await warehouse.commitCursor(consumer, Math.min(last, (page + 1) * PAGE_EVENTS));
  }
  progress.stop();
  present(app, {
    schema: "statistico/event-export@1",
    document: { public: options.public === true, files: rows },
    columns: rows.length > 0 ? COLUMNS : [],
    rows,
  });
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  app.console.say(
    rows.length === 0
      ? "nothing new to export"
      : `${events} events in ${rows.length} ${rows.length === 1 ? "file" : "files"} in ${out}`,
  );
}

/** Types nobody may see are not even read. */
function typesOf(options: Options): readonly string[] | undefined {
  if (!options.public) return options.type;
  const types = Object.keys(PUBLIC_FIELDS);
  return options.type ? types.filter((type) => options.type?.includes(type)) : types;
}

function told(events: readonly Envelope[], options: Options): readonly object[] {
  return options.public ? events.flatMap((event) => publicEvent(event) ?? []) : events;
}
