/** An APINGException of an operation: thrown by what answers, turned into a reply where replies are written. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly code: string,
    readonly details = "",
  ) {
    super(code);
  }
}

export type Params = Readonly<Record<string, unknown>>;

/** A list of texts that may be left out; anything else is the caller's mistake. */
export function textsOf(params: Params, field: string): readonly string[] | null {
  const value = params[field];
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string" && typeof one !== "number"))
    throw new ApiError("INVALID_INPUT_DATA", field);
  return value.length === 0 ? null : value.map(String);
}

export function countOf(params: Params, field: string, absent: number): number {
  const value = params[field] ?? absent;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
    throw new ApiError("INVALID_INPUT_DATA", field);
  return value;
}

export function recordOf(params: Params, field: string): Params {
  const value = params[field] ?? {};
  if (typeof value !== "object" || Array.isArray(value)) throw new ApiError("INVALID_INPUT_DATA", field);
  return value as Params;
}

/** An instant of a time range's end; `absent` where it is open. */
export function timeOf(range: Params, field: string, absent: number): number {
  const value = range[field];
  if (value === undefined || value === null) return absent;
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new ApiError("INVALID_INPUT_DATA", field);
  return at;
}
