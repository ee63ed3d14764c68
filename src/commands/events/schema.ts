import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../../app.js";
import { EVENT_TYPES, type EventType, schemaName } from "../../bus/event-type.js";
import { writeWhole } from "../../files/write-whole.js";
import { present } from "../../report/present.js";

export async function schema(
  app: App,
  type: EventType | undefined,
  { out }: { readonly out?: string },
): Promise<void> {
  const { jsonSchema } = await import("../../bus/event-schema.js");
  const types = type === undefined ? EVENT_TYPES : [type];
  const schemas = types.map((one) => ({ type: one, schema: schemaName(one, 1), document: jsonSchema(one) }));
  if (out) {
    mkdirSync(out, { recursive: true });
    for (const one of schemas) writeWhole(join(out, schemaFile(one.type)), schemaText(one.document));
    app.console.say(`${schemas.length} schemas in ${out}`);
    return;
  }
  const [only] = schemas;
  present(app, {
    schema: "statistico/event-schemas@1",
    document: { schemas },
    columns: [
      { key: "type", title: "type" },
      { key: "schema", title: "schema" },
    ],
    rows: schemas.map(({ type: name, schema: id }) => ({ type: name, schema: id })),
    ...(type !== undefined && only ? { text: () => schemaText(only.document) } : {}),
  });
}

/** The file of a type in `schemas/`. */
function schemaFile(type: string): string {
  return `event-${type.replaceAll(".", "-")}@1.json`;
}

function schemaText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
