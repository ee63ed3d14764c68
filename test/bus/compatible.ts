type Schema = Readonly<Record<string, unknown>>;

/**
 * What a document of the old schema could be refused for by the new one, or a reader of the old one would miss: fields
 * gone, fields newly required, types and values taken away. Empty when there are additions only.
 */
export function incompatibilities(before: Schema, now: Schema, path = ""): string[] {
  return [
    ...lostTypes(before, now, path),
    ...(
      [
        "const",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "multipleOf",
        "minItems",
        "minLength",
      ] as const
    )
      .filter((rule) => JSON.stringify(before[rule]) !== JSON.stringify(now[rule]))
      .map((rule) => `${path || "/"}: ${rule} changed`),
    ...list(before.enum)
      .filter((value) => !list(now.enum).includes(value))
      .map((value) => `${path}: value ${String(value)} is gone`),
    ...list(now.required)
      .filter((name) => !list(before.required).includes(name))
      .map((name) => `${path}/${String(name)}: is required now`),
    ...list(before.required)
      .filter((name) => !list(now.required).includes(name))
      .map((name) => `${path}/${String(name)}: is promised no more`),
    ...inner(before, now, path),
  ];
}

function lostTypes(before: Schema, now: Schema, path: string): string[] {
  const lost = list(before.type ?? []).filter((type) => !list(now.type ?? []).includes(type));
  return lost.map((type) => `${path || "/"}: type ${String(type)} is gone`);
}

function inner(before: Schema, now: Schema, path: string): string[] {
  const was = object(before.properties);
  const is = object(now.properties);
  const fields = Object.keys(was).flatMap((name) => {
    const kept = is[name];
    if (kept === undefined) return [`${path}/${name}: is gone`];
    return incompatibilities(object(was[name]), object(kept), `${path}/${name}`);
  });
  const items = before.items ? incompatibilities(object(before.items), object(now.items), `${path}[]`) : [];
  const branches = list(before.anyOf).flatMap((branch, i) =>
    incompatibilities(object(branch), object(list(now.anyOf)[i]), `${path}|${i}`),
  );
  return [...fields, ...items, ...branches];
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function object(value: unknown): Schema {
  return typeof value === "object" && value !== null ? (value as Schema) : {};
}
