/** Paths of a JSON value with the types found there: "result[].status string". Lists are one path for all their items. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

export function shapeOf(...values: readonly unknown[]): Shape {
  const shape = new Map<string, Set<string>>();
  for (const value of values) walk(value, "", shape);
  return shape;
}

function walk(value: unknown, path: string, shape: Map<string, Set<string>>): void {
  const type = Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
  shape.set(path, (shape.get(path) ?? new Set()).add(type));
  if (Array.isArray(value)) for (const item of value) walk(item, `${path}[]`, shape);
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value))
      walk(inner, path === "" ? key : `${path}.${key}`, shape);
}

/** What `ours` has that no sample has: keys, or other types at a key. */
export function foreignTo(samples: Shape, ours: Shape): string[] {
  return [...ours].flatMap(([path, types]) =>
    [...types].filter((type) => samples.get(path)?.has(type) !== true).map((type) => `${path} ${type}`),
  );
}

/** Paths that each sample has and `ours` has not, below a list that ours fills. */
export function missingFrom(samples: readonly Shape[], ours: Shape): string[] {
  const [first, ...rest] = samples;
  return [...(first?.keys() ?? [])].filter(
    (path) => rest.every((shape) => shape.has(path)) && !ours.has(path) && ours.has(parent(path)),
  );
}

function parent(path: string): string {
  return path.endsWith("[]") ? path.slice(0, -2) : path.replace(/\.?[^.]*$/, "");
}
