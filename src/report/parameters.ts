/** A setting of a strategy: where it stands in the file, and its value in words. */
export interface Parameter {
  readonly path: string;
  readonly value: string;
}

// What the heading of a page says already.
const SHOWN_ELSEWHERE = ["name", "description"];

/** Every setting of a strategy's document, in its order: "entry.edge.min" and "0.03". Lists of words are one value. */
export function parametersOf(strategy: Readonly<Record<string, unknown>>): Parameter[] {
  return Object.entries(strategy)
    .filter(([key]) => !SHOWN_ELSEWHERE.includes(key))
    .flatMap(([key, value]) => flatten(key, value));
}

function flatten(path: string, value: unknown): Parameter[] {
  if (Array.isArray(value)) return listed(path, value);
  if (!isRecord(value)) return [{ path, value: String(value ?? "none") }];
  const entries = Object.entries(value);
  if (entries.length === 0) return [{ path, value: "none" }];
  return entries.flatMap(([key, inner]) => flatten(`${path}.${key}`, inner));
}

function listed(path: string, values: readonly unknown[]): Parameter[] {
  if (values.length === 0) return [{ path, value: "none" }];
  if (values.every((value) => typeof value !== "object"))
    return [{ path, value: values.map(String).join(", ") }];
  return values.flatMap((value, i) => flatten(`${path}.${i + 1}`, value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
